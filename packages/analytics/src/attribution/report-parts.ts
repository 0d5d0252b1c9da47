import type { Figure, ReportTable } from '../analysis/report.ts';
import type { BrinsonEffects } from './brinson.ts';

export const total = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
};

const sources = {
  'brinson-fachler':
    'Gary Brinson, Nimrod Fachler, Measuring non-US equity portfolio performance, 1985',
  'brinson-hood-beebower':
    'Gary Brinson, Randolph Hood, Gilbert Beebower, Determinants of portfolio performance, 1986',
} as const;

/** Effects by group and in total. Shape [groups] each. */
export type Effects = Pick<BrinsonEffects, 'allocation' | 'selection' | 'interaction'>;

/** The returns of both sides, what lies between, and the three effects. */
export function effectFigures(
  whole: { readonly portfolioReturn: number; readonly benchmarkReturn: number },
  effects: Effects,
  method: keyof typeof sources,
): Figure[] {
  const source = sources[method];
  const each = (id: string, title: string, value: number, formula: string): Figure => ({
    id,
    title,
    value,
    unit: 'fraction',
    formula,
    source,
  });
  const hurdle = method === 'brinson-fachler' ? '(b_i − B)' : 'b_i';
  return [
    each('portfolio-return', 'Return of the portfolio', whole.portfolioReturn, 'R = Σ w_i r_i'),
    each('benchmark-return', 'Return of the benchmark', whole.benchmarkReturn, 'B = Σ v_i b_i'),
    each(
      'active-return',
      'Active return',
      whole.portfolioReturn - whole.benchmarkReturn,
      'R − B = allocation + selection + interaction',
    ),
    each('allocation', 'Allocation', total(effects.allocation), `Σ (w_i − v_i) ${hurdle}`),
    each('selection', 'Selection', total(effects.selection), 'Σ v_i (r_i − b_i)'),
    each('interaction', 'Interaction', total(effects.interaction), 'Σ (w_i − v_i)(r_i − b_i)'),
  ];
}

/** Effects by group. */
export function effectTable(
  groups: readonly string[],
  { allocation, selection, interaction }: Effects,
  id = 'effects',
): ReportTable {
  return {
    id,
    title: 'Effects',
    columns: [
      { id: 'group', title: 'Group' },
      { id: 'allocation', title: 'Allocation', unit: 'fraction' },
      { id: 'selection', title: 'Selection', unit: 'fraction' },
      { id: 'interaction', title: 'Interaction', unit: 'fraction' },
      { id: 'total', title: 'Together', unit: 'fraction' },
    ],
    rows: groups.map((group, i) => [
      group,
      allocation[i],
      selection[i],
      interaction[i],
      allocation[i] + selection[i] + interaction[i],
    ]),
  };
}

/** The three effects as stacked bars by group. */
export const effectChart = (groups: readonly string[], effects: Effects) => ({
  id: 'effects',
  title: 'Effects',
  kind: 'bars' as const,
  x: groups,
  lines: (['allocation', 'selection', 'interaction'] as const).map((name) => ({
    name,
    values: [...effects[name]],
  })),
  unit: 'fraction' as const,
});

/** All names of several tables by name, in the order in which they first come. */
export const namesOf = (
  ...tables: readonly (Readonly<Record<string, unknown>> | undefined)[]
): string[] => [...new Set(tables.flatMap((table) => Object.keys(table ?? {})))];
