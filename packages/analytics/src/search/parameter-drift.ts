import type { AxisValue } from './axis.ts';
import type { ParameterSpace } from './parameter-space.ts';
import type { Picked } from './plateau.ts';

/** How a parameter moved from one choice to the next. */
export interface DriftOfParameter {
  readonly name: string;
  /** Value of each choice; null where nothing was chosen. */
  readonly values: readonly (AxisValue | null)[];
  readonly distinct: number;
  /** Share of the steps at which it changed; null with fewer than two choices. */
  readonly changed: number | null;
  /** Mean size of the step from choice to choice as a share of the range; null for categories. */
  readonly meanStep: number | null;
}

/** Of each searched parameter, over choices in the order of time; null where nothing was chosen. */
export function driftOf(
  space: ParameterSpace,
  choices: readonly (Picked | null)[],
): readonly DriftOfParameter[] {
  const points = choices.flatMap((choice) => (choice ? [choice.trial.point] : []));
  const steps = points.length - 1;
  return space.axes.map(({ name, kind, share, valueAt }, i) => {
    const coordinates = points.map((point) => point[i]);
    let changes = 0;
    let moved = 0;
    for (let k = 1; k < coordinates.length; k++) {
      if (coordinates[k] !== coordinates[k - 1]) changes += 1;
      moved += Math.abs(share(coordinates[k]) - share(coordinates[k - 1]));
    }
    return {
      name,
      values: choices.map((choice) => (choice ? valueAt(choice.trial.point[i]) : null)),
      distinct: new Set(coordinates).size,
      changed: steps > 0 ? changes / steps : null,
      meanStep: steps > 0 && kind === 'ordered' ? moved / steps : null,
    };
  });
}
