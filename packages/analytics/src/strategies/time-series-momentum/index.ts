import type { InstrumentView } from '../../strategy/strategy-context.ts';
import { allocationStrategy } from '../../strategy-kit/allocation-strategy.ts';
import { priceHistory } from '../../strategy-kit/price-history.ts';
import { tradable } from '../../strategy-kit/tradable.ts';
import {
  trailingParameters,
  trailingReturns,
  trailingWarmUp,
  wrongTrailing,
} from '../../strategy-kit/trailing-return.ts';
import { annualVolatility } from '../../strategy-kit/volatility.ts';

export default allocationStrategy({
  id: 'time-series-momentum',
  group: 'momentum',
  title: 'With the trend of the last year',
  summary:
    'Holds what rose over the last year, the last month left out, and goes flat or short in what fell, each by itself: trends of a year have gone on for some months in almost every market. Loses where trends break off, as in spring 2009.',
  source: 'Moskowitz, Ooi, Pedersen, Time Series Momentum, Journal of Financial Economics, 2012',
  params: {
    ...trailingParameters(21),
    short: {
      kind: 'flag',
      title: 'Sell short what fell',
      help: 'Needs an account with margin.',
      default: false,
    },
    volatility: {
      kind: 'number',
      title: 'Volatility aimed at in each instrument',
      help: 'Weights are 1 ÷ number where it is left out; 0.4 in the source.',
      above: 0,
      max: 2,
      unit: 'a year',
      optional: true,
    },
    window: {
      kind: 'integer',
      title: 'Returns that volatility is measured of',
      min: 10,
      max: 2000,
      unit: 'bars',
      default: 60,
    },
    most: {
      kind: 'number',
      title: 'Largest share of one instrument, of its equal share',
      above: 0,
      max: 20,
      default: 1,
    },
  },
  check: wrongTrailing,
  warmUp: trailingWarmUp,
  prepare: (context) => ({ past: trailingReturns(context), history: priceHistory(context) }),
  weights({ instruments, params }, { past, history }) {
    const { short, volatility, window, most } = params;
    const known = tradable(instruments).filter((view) => Number.isFinite(past(view)));
    if (known.length === 0) return 'wait';
    const weights = new Map<InstrumentView, number>();
    for (const view of known) {
      const side = Math.sign(past(view));
      if (side === 0 || (side < 0 && !short)) continue;
      const scale =
        volatility === undefined
          ? 1
          : Math.min(most, volatility / annualVolatility(history, view, window));
      if (Number.isFinite(scale)) weights.set(view, (side * scale) / known.length);
    }
    return weights;
  },
});
