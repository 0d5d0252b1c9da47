import { invariant, seededRandom } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import type { MarketModel } from '../../backtest/market-model.ts';
import { readFeatureDefinition } from '../../learning/feature-definition.ts';
import { fitModel } from '../../learning/fit-model.ts';
import logistic from '../../models/logistic-elastic-net/index.ts';

/** A model that takes what fell for likely to rise. */
export function smallModel(): MarketModel {
  const features = readFeatureDefinition({
    features: [
      { name: 'move', of: { kind: 'return', bars: 3 } },
      { name: 'unrest', of: { kind: 'volatility', bars: 8 } },
    ],
  });
  const random = seededRandom(1);
  const x = matrix(400, 2);
  const y = new Float64Array(400);
  for (let i = 0; i < 400; i++) {
    x.data[2 * i] = 0.03 * random.normal();
    x.data[2 * i + 1] = 0.01 + 0.01 * random.next();
    y[i] = (x.data[2 * i] as number) + 0.02 * random.normal() < 0 ? 1 : 0;
  }
  const times = y.map((_, i) => i);
  const rows = { x, y, weights: new Float64Array(400).fill(1), times, ends: times };
  const fitted = fitModel(logistic, {}, rows, { task: 'classification', random });
  invariant(features.ok && fitted.ok, 'a small model');
  return {
    name: 'small@1',
    tries: 1,
    learnt: null,
    predictions: {
      kind: 'computed',
      features: features.value,
      fitted: fitted.value,
      adjust: 'splits',
    },
  };
}
