import { ok, refuse } from '@plimsoll/kernel';
import { cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { fractionalDifference, fractionalWeights } from '../../learning/fractional-difference.ts';

const source =
  'Jonathan Hosking, Fractional differencing, 1981; Marcos López de Prado, Advances in Financial Machine Learning, 2018, §5';

export default defineAnalysis({
  id: 'fractional-difference',
  group: 'forecasting',
  title: 'Fractional difference',
  summary: 'A series made steady by as little differencing as asked for, so that it keeps memory.',
  input: {
    series: { kind: 'series', of: 'levels', title: 'Series' },
    order: { kind: 'number', min: 0, max: 2, default: 0.4, title: 'Order of the difference' },
    threshold: {
      kind: 'number',
      above: 0,
      max: 0.5,
      default: 1e-3,
      title: 'Smallest weight that counts',
    },
    logarithms: { kind: 'flag', default: false, title: 'Take logarithms first' },
  },
  compute({ series, order, threshold, logarithms }) {
    const { days = [], values, name = 'series' } = series;
    const places = values.flatMap((value, i) => (value === null ? [] : [i]));
    const known = Float64Array.from(places, (i) => values[i] as number);
    if (logarithms && known.some((value) => !(value > 0))) {
      return refuse({
        code: 'series.value',
        detail: `${name} has values that are not above 0, so there are no logarithms.`,
      });
    }
    const found = fractionalDifference(logarithms ? known.map(Math.log) : known, order, threshold);
    if (!found.ok) return found;
    const { values: steady, weights, window } = found.value;
    const at = places.slice(window - 1).map((i) => days[i] ?? i + 1);
    const missing = values.length - known.length;
    return ok({
      title: `Fractional difference of ${name}`,
      sample: {
        from: days[places[0] ?? 0] ?? null,
        to: days[places.at(-1) ?? 0] ?? null,
        n: known.length,
        missing,
      },
      conventions: [
        `(1 − B)^${order} by a fixed window of ${window}, up to the first weight below ${threshold}.`,
      ],
      figures: [
        figure('window', 'Window', window, {
          unit: 'periods',
          formula: 'weights of at least the threshold',
          source,
        }),
        figure('left-out', 'Weight left out', 1 - weightShare(weights, order), {
          unit: 'fraction',
          formula: '1 − Σ |w| in the window ÷ Σ |w| over ten times as many',
          source,
        }),
        figure('last', 'Last value', steady.at(-1) ?? null, {
          formula: 'Σ wₖ xₜ₋ₖ, wₖ = −wₖ₋₁ (d − k + 1) ÷ k',
          source,
        }),
      ],
      tables: [
        {
          id: 'weights',
          title: 'Weights',
          columns: [
            { id: 'lag', title: 'Lag', unit: 'periods' },
            { id: 'weight', title: 'Weight', unit: 'number' },
          ],
          rows: Array.from(weights.subarray(0, 50), (weight, k) => [k, weight]),
        },
      ],
      charts: [
        {
          id: 'series',
          title: 'Fractional difference',
          kind: 'line',
          x: at,
          lines: [{ name, values: cells(steady) }],
          unit: 'number',
        },
      ],
      notes: missing > 0 ? [`${missing} values are missing; the window steps over them.`] : [],
    });
  },
});

/** Share of all weight, over ten times the window, that the window holds. */
function weightShare(weights: Float64Array, order: number): number {
  const size = (values: Float64Array): number =>
    values.reduce((sum, weight) => sum + Math.abs(weight), 0);
  return size(weights) / size(fractionalWeights(order, weights.length * 10));
}
