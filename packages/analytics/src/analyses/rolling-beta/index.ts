import { ok, refuse } from '@plimsoll/kernel';
import { columnOf, matrix } from '@plimsoll/quant/linear-algebra';
import { rollingSlopes } from '@plimsoll/quant/statistics';
import { cell } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { panelObservations } from '../../analysis/observations.ts';
import { sampleOf } from '../../analysis/sample-of.ts';

/** Betas of many series at once. */
export default defineAnalysis({
  id: 'rolling-beta',
  group: 'statistics',
  title: 'Rolling betas of many series',
  summary: 'Beta to one of its columns of every column of a panel, for every window.',
  input: {
    panel: { kind: 'panel', of: 'prices', title: 'Prices or returns' },
    benchmark: { kind: 'text', title: 'Column that is the benchmark' },
    window: { kind: 'integer', title: 'Window', unit: 'periods', min: 2, default: 60 },
  },
  compute: ({ panel, benchmark, window }) => {
    const read = panelObservations(panel, 'prices');
    if (!read.ok) return read;
    const { names, returns, n, days } = read.value;
    const place = names.indexOf(benchmark);
    if (place < 0) {
      return refuse({
        code: 'rolling.benchmark',
        detail: `The panel has no column ${benchmark}; it has ${names.join(', ')}.`,
      });
    }
    if (window > n) {
      return refuse({
        code: 'rolling.window',
        detail: `A window of ${window} does not fit into ${n} returns; take a shorter one.`,
      });
    }
    const width = names.length;
    const x = columnOf(matrix(n, width, returns), place);
    const slopes = rollingSlopes(returns, width, x, window);
    const ends = Array.from({ length: n - window + 1 }, (_, i) =>
      days.length > 0 ? days[i + window - 1] : i + window,
    );
    const others = names.flatMap((name, j) => (j === place ? [] : [{ name, j }]));
    const at = (i: number, j: number): number | null => cell(slopes[i * width + j]);
    const last = ends.length - 1;
    return ok({
      title: `Betas to ${benchmark}, ${window} periods`,
      sample: sampleOf(read.value),
      conventions: ['Simple returns; each window is named for its last period.'],
      figures: others.map(({ name, j }) => {
        const value = at(last, j);
        return {
          id: name,
          title: `Beta of ${name} in the last window`,
          value,
          ...(value === null ? { why: `${benchmark} does not vary in the window` } : {}),
          unit: 'ratio',
          formula: 'Σ (b − b̄)(r − r̄) ÷ Σ (b − b̄)² over the window',
          source:
            'W. F. Sharpe, Capital asset prices: a theory of market equilibrium under conditions of risk, 1964',
        };
      }),
      tables: [],
      charts: [
        {
          id: 'beta',
          title: `Betas to ${benchmark}`,
          kind: 'line',
          x: ends,
          lines: others.map(({ name, j }) => ({ name, values: ends.map((_, i) => at(i, j)) })),
          unit: 'ratio',
        },
      ],
      notes: [],
    });
  },
});
