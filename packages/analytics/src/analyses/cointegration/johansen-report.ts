import type { Johansen } from '@plimsoll/quant/time-series';
import { cells } from '../../analysis/cells.ts';
import { figure } from '../../analysis/figure.ts';
import type { Report } from '../../analysis/report.ts';

const johansenSource =
  'Søren Johansen, Estimation and hypothesis testing of cointegration vectors, 1991; critical values of MacKinnon, Haug and Michelis, 1999';

/** What the canonical correlations say: how many relations, and which. */
export function johansenReport(
  found: Johansen,
  names: readonly string[],
): Pick<Report, 'title' | 'figures' | 'tables' | 'charts'> {
  const k = names.length;
  return {
    title: `Cointegration of ${names.join(', ')}`,
    figures: [
      figure('rank', 'Relations found at 5 %', found.rank, {
        unit: 'count',
        formula: 'first r at which the trace is not above its critical value',
        source: johansenSource,
      }),
      ...found.steps.map(({ rank, trace }) =>
        figure(`trace-${rank}`, `Trace, at most ${rank} relations`, trace, {
          formula: '−n Σ_{i>r} ln(1 − λᵢ)',
          source: johansenSource,
        }),
      ),
      ...found.steps.map(({ rank, largest }) =>
        figure(`largest-${rank}`, `Largest eigenvalue, ${rank} relations`, largest, {
          formula: '−n ln(1 − λᵣ₊₁)',
          source: johansenSource,
        }),
      ),
    ],
    tables: [
      {
        id: 'critical',
        title: 'Tests and critical values',
        columns: [
          { id: 'rank', title: 'Relations at most', unit: 'count' },
          { id: 'trace', title: 'Trace', unit: 'number' },
          { id: 'trace-ten', title: '10 %', unit: 'number' },
          { id: 'trace-five', title: '5 %', unit: 'number' },
          { id: 'trace-one', title: '1 %', unit: 'number' },
          { id: 'largest', title: 'Largest', unit: 'number' },
          { id: 'largest-ten', title: '10 %', unit: 'number' },
          { id: 'largest-five', title: '5 %', unit: 'number' },
          { id: 'largest-one', title: '1 %', unit: 'number' },
        ],
        rows: found.steps.map((step) => [
          step.rank,
          step.trace,
          ...step.traceCritical,
          step.largest,
          ...step.largestCritical,
        ]),
      },
      {
        id: 'relations',
        title: 'Relations, from the most stationary on',
        columns: [
          { id: 'name', title: 'Series' },
          ...names.map((_, j) => ({
            id: `r${j + 1}`,
            title: `Relation ${j + 1}`,
            unit: 'number' as const,
          })),
        ],
        rows: names.map((name, i) => [
          name,
          ...cells(found.vectors.data.subarray(i * k, (i + 1) * k)),
        ]),
      },
    ],
    charts: [],
  };
}
