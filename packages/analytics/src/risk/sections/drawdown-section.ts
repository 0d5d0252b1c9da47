import type { Day } from '@plimsoll/kernel';
import { along, cell } from '../../analysis/cells.ts';
import type { Figure } from '../../analysis/report.ts';
import { maxDrawdown } from '../../performance/drawdown.ts';
import type { Track } from '../book.ts';
import { type Section, section } from './section.ts';

/** The deepest fall of today's weights over the past, the fall they stand in, and the worst period. */
export function drawdownSection({ returns, days, sample }: Track): Section {
  const growth = new Float64Array(returns.length);
  let level = 1;
  let worst = 0;
  for (let t = 0; t < returns.length; t++) {
    level *= 1 + returns[t];
    growth[t] = level - 1;
    if (returns[t] < returns[worst]) worst = t;
  }
  const falls = new Float64Array(returns.length);
  const deepest = maxDrawdown(growth, falls);
  const at = (place: number): Day | string =>
    place < 0 ? (sample.from ?? 'the start') : (days[place] ?? `period ${place + 1}`);
  const source = 'M. Magdon-Ismail, A. Atiya, Maximum drawdown, 2004';
  const figures: Figure[] = [
    {
      id: 'max-drawdown',
      title: 'Deepest fall',
      value: deepest ? deepest.depth : 0,
      unit: 'fraction',
      formula: 'max over t of 1 − V(t) ÷ max over s ≤ t of V(s)',
      source,
      ...(deepest
        ? {
            note: `From ${at(deepest.peak)} to ${at(deepest.trough)}, ${
              deepest.recovered === null
                ? 'not made good since'
                : `made good on ${at(deepest.recovered)}`
            }.`,
          }
        : {}),
    },
    {
      id: 'drawdown',
      title: 'Fall from the last high',
      value: cell(falls.at(-1)),
      unit: 'fraction',
      formula: '1 − V(T) ÷ max over s of V(s)',
      source,
    },
    {
      id: 'worst-period',
      title: 'Worst period',
      value: cell(returns[worst]),
      unit: 'fraction',
      formula: 'min over t of r(t)',
      source: 'H. Markowitz, Portfolio selection, 1952',
      note: `On ${at(worst)}.`,
    },
  ];
  return section({
    figures,
    charts: [
      {
        id: 'drawdown',
        title: 'Fall from the last high',
        kind: 'area',
        x: along(days, returns.length),
        lines: [{ name: 'portfolio', values: Array.from(falls, (each) => cell(-each)) }],
        unit: 'fraction',
      },
    ],
  });
}
