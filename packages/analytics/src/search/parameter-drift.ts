import type { AxisValue } from './axis.ts';
import type { ParameterSpace } from './parameter-space.ts';
import type { ChosenWindow } from './walk-forward.ts';

/** How a parameter moved from window to window. */
export interface DriftOfParameter {
  readonly name: string;
  /** Chosen value a window; null where nothing was chosen. */
  readonly values: readonly (AxisValue | null)[];
  readonly distinct: number;
  /** Share of the changes of window at which it changed; null with fewer than two choices. */
  readonly changed: number | null;
  /** Mean size of the step from choice to choice as a share of the range; null for categories. */
  readonly meanStep: number | null;
}

/** Of each searched parameter, over the windows that chose something. */
export function parameterDrift(
  space: ParameterSpace,
  windows: readonly ChosenWindow[],
): readonly DriftOfParameter[] {
  const points = windows.flatMap(({ picked }) => (picked ? [picked.trial.point] : []));
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
      values: windows.map(({ picked }) => (picked ? valueAt(picked.trial.point[i]) : null)),
      distinct: new Set(coordinates).size,
      changed: steps > 0 ? changes / steps : null,
      meanStep: steps > 0 && kind === 'ordered' ? moved / steps : null,
    };
  });
}
