import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import type { Axis, AxisValue } from './axis.ts';
import type { ParameterSpace } from './parameter-space.ts';
import type { TriedTrial } from './run-search.ts';

/** How much the objective hangs on one parameter, as plain data. */
export interface Sensitivity {
  readonly name: string;
  /**
   * Share of the variance of the objective that the parameter alone explains, ε²: 0 where it says
   * nothing, below it by chance, 1 where it says all.
   */
  readonly explained: Estimate;
  /** Highest mean less lowest mean over its values. */
  readonly spread: Estimate;
  /** Mean objective a value, or a part of the range. */
  readonly levels: readonly {
    readonly value: AxisValue;
    readonly mean: number;
    readonly n: number;
  }[];
}

/** The most groups that values are gathered in. */
const mostGroups = 12;

interface Group {
  readonly value: AxisValue;
  readonly values: readonly number[];
}

function groupsOf(axis: Axis, at: number, trials: readonly TriedTrial[]): readonly Group[] {
  const grouped = axis.levels > mostGroups && axis.kind === 'ordered';
  const count = grouped ? mostGroups : axis.levels;
  const found = Array.from({ length: count }, (): number[] => []);
  for (const { point, value } of trials) {
    const coordinate = point[at];
    const group = grouped
      ? Math.min(count - 1, Math.floor(axis.share(coordinate) * count))
      : coordinate;
    if (value !== null) found[group].push(value);
  }
  return found.flatMap((values, group) =>
    values.length === 0
      ? []
      : [
          {
            value: axis.valueAt(grouped ? axis.nearest((group + 0.5) / count) : group),
            values,
          },
        ],
  );
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** ε² = (between − (k − 1) × within ÷ (n − k)) ÷ total. Source: T. L. Kelley (1935), epsilon squared. */
function explainedBy(groups: readonly Group[], all: readonly number[]): Estimate {
  const [n, k] = [all.length, groups.length];
  if (k < 2) return unknown('only one of its values was tried');
  if (n <= k) return unknown(`needs more than ${k} trials with a value, has ${n}`);
  const centre = meanOf(all);
  const total = all.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const between = groups.reduce(
    (sum, { values }) => sum + values.length * (meanOf(values) - centre) ** 2,
    0,
  );
  const within = (total - between) / (n - k);
  return estimate((between - (k - 1) * within) / total, 'the objective does not vary');
}

/**
 * How much the objective hangs on each searched parameter, the others being what they were. Values of an
 * ordered parameter with more than twelve are gathered in twelve equal parts of its range.
 */
export function sensitivities(
  { axes }: ParameterSpace,
  trials: readonly TriedTrial[],
): readonly Sensitivity[] {
  const all = trials.flatMap(({ value }) => (value === null ? [] : [value]));
  return axes.map((axis, at) => {
    const groups = groupsOf(axis, at, trials);
    const means = groups.map(({ values }) => meanOf(values));
    return {
      name: axis.name,
      explained: explainedBy(groups, all),
      spread: estimate(Math.max(...means) - Math.min(...means), 'no trial has a value'),
      levels: groups.map(({ value, values }, i) => ({ value, mean: means[i], n: values.length })),
    };
  });
}
