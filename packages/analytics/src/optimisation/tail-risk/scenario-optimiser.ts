import { ok, present } from '@plimsoll/kernel';
import { defineOptimiser, type Optimiser } from '../define-optimiser.ts';
import { minScenarioRisk } from './min-scenario-risk.ts';
import { linearParts } from './region-model.ts';
import type { LinearMeasure } from './scenario-program.ts';

/** The share of scenarios that makes the tail; one parameter for all optimisers that have one. */
export const tailParameter = {
  tail: {
    kind: 'number',
    title: 'Tail probability',
    help: 'The share of the worst periods that counts: 0.05 for 95 %.',
    above: 0,
    below: 1,
    default: 0.05,
  },
} as const;

/** What differs between the optimisers that minimise a risk of scenarios by a linear program. */
interface Described {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly formula: string;
  readonly source: string;
  readonly measure: LinearMeasure;
}

const none = {} as const;

/** An optimiser that minimises a measure of scenarios over all limits that a linear program can keep. */
export function scenarioOptimiser({ measure, ...described }: Described): Optimiser {
  const hasTail = measure === 'cvar' || measure === 'cdar';
  return defineOptimiser({
    ...described,
    parameters: hasTail ? tailParameter : none,
    needs: ['scenarios', 'solver'],
    keeps: linearParts,
    reckons: [],
    allocate(request, values, { solveLinear }) {
      const scenarios = present(request.scenarios, 'scenarios');
      const tail = 'tail' in values ? Number(values.tail) : 0.05;
      const found = minScenarioRisk(measure, scenarios, request.region, tail, solveLinear);
      if (!found.ok) return found;
      const { weights, risk, active } = found.value;
      const notes = [`The risk is of one of the ${scenarios.rows} scenarios, each as likely.`];
      if (measure.endsWith('drawdown') || measure === 'cdar') {
        notes.push(
          'Drawdowns are of cumulative sums of returns, not compounded, from the start on.',
        );
      }
      return ok({
        weights,
        objective: risk,
        active,
        status: 'optimal',
        iterations: 0,
        figures: [],
        notes,
      });
    },
  });
}
