import {
  fractionalDifference,
  fractionalWeights,
  readXgboostModel,
} from '@plimsoll/analytics/learning';
import { explainTrees, predictionOf, treeMargin } from '@plimsoll/quant/trees';
import {
  expectedOf,
  type Facts,
  factsOf,
  numberOf,
  numbersOf,
  textOf,
  toleranceOf,
} from '../../case-facts.ts';
import { agrees, type Check, listAgrees, same } from '../../check.ts';
import { select } from '../../golden-data.ts';
import type { Runner, Surroundings } from '../../runner.ts';
import { classification } from './classification.ts';
import { elasticNets } from './elastic-net.ts';
import { overfitting } from './overfitting.ts';
import type { Run } from './run.ts';
import { crossValidation } from './validation.ts';

/** A column of a file over a range of days, logarithms where the case asks for them. */
function seriesOf(input: Facts, { data }: Surroundings): Float64Array | undefined {
  const given = numbersOf(input['series'] ?? input['values'] ?? input['x']);
  if (given.length > 0) return Float64Array.from(given);
  const file = textOf(input, 'file');
  if (file === undefined) return undefined;
  const column = textOf(input, 'column', 'asset', 'ticker');
  const range = input['range'] as readonly [string, string] | undefined;
  const { values } = select(data.columns(file), {
    ...(column === undefined ? {} : { names: [column] }),
    ...(range === undefined ? {} : { range }),
  });
  return input['log'] === true || /log/i.test(textOf(input, 'transform', 'of') ?? '')
    ? values.map(Math.log)
    : values;
}

const fractional: Run = (golden, surroundings, tolerance) => {
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
  const order = numberOf(input, 'd', 'order') ?? 0.4;
  const wanted = numbersOf(expected['weights']);
  const checks: Check[] = [
    ...listAgrees('weight', fractionalWeights(order, wanted.length), wanted, tolerance),
  ];
  const series = seriesOf(input, surroundings);
  const threshold = numberOf(input, 'threshold', 'thres', 'tau');
  if (series && threshold !== undefined) {
    const found = fractionalDifference(series, order, threshold);
    if (!found.ok) return { checks, listed: [found.fault.detail] };
    const { values, window } = found.value;
    const size = numberOf(expected, 'window', 'n_weights', 'width');
    if (size !== undefined) checks.push(same('window', window, size));
    const all = numbersOf(expected['values'] ?? expected['series']);
    checks.push(...listAgrees('value', values, all, tolerance));
    const first = numberOf(expected, 'first');
    if (first !== undefined) checks.push(agrees('first', values[0], first, tolerance));
    const last = numberOf(expected, 'last');
    if (last !== undefined) checks.push(agrees('last', values.at(-1), last, tolerance));
  }
  return { checks, listed: [] };
};

const treeExplanation: Run = (golden, { data }, tolerance) => {
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
  const file = (textOf(input, 'model_file', 'model') ?? '').split(' ')[0] ?? '';
  const read = readXgboostModel(JSON.parse(data.text(file)));
  if (!read.ok) return { checks: [], listed: [read.fault.detail] };
  const model = read.value;
  const rows = Array.isArray(input['rows']) ? input['rows'].map(numbersOf) : [];
  const checks = rows.flatMap((row, i) => {
    const { contributions, bias } = explainTrees(model, row);
    const margin = treeMargin(model, row);
    const at = (name: string): unknown => (expected[name] as readonly unknown[] | undefined)?.[i];
    const one = (name: string, found: number): Check[] =>
      at(name) === undefined ? [] : [agrees(`row ${i + 1} ${name}`, found, at(name), tolerance)];
    return [
      ...listAgrees(`row ${i + 1} shap`, contributions, numbersOf(at('shap')), tolerance),
      ...one('bias', bias),
      ...one('margin', margin),
      ...one('prediction', predictionOf(model, margin)),
      ...one('probability', predictionOf(model, margin)),
    ];
  });
  return { checks, listed: [] };
};

const runs: Readonly<Record<string, Run>> = {
  ml: classification,
  cv: crossValidation,
  fracdiff: fractional,
  pbo: overfitting,
  ml_shap: treeExplanation,
  elastic_net: elasticNets,
};

export const runners: readonly Runner[] = Object.entries(runs).map(([name, run]) => ({
  category: name,
  handles: ({ category }) => category === name,
  run: (golden, surroundings) => run(golden, surroundings, toleranceOf(golden)),
}));
