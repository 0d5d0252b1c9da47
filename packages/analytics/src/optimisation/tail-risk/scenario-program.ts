import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import type { Entry, LinearModel } from './linear-model.ts';

/** Measures of scenarios that a linear program can minimise. */
export type LinearMeasure =
  | 'mean-absolute-deviation'
  | 'cvar'
  | 'worst'
  | 'max-drawdown'
  | 'average-drawdown'
  | 'cdar';

/**
 * Adds the risk of a portfolio over scenarios as the objective to minimise; the weights are variables
 * 0 … n − 1 of the model. With xₜ = rₜ·w:
 *
 *   mean-absolute-deviation   (2 ÷ T) Σ uₜ,         uₜ ≥ (r̄ − rₜ)·w, uₜ ≥ 0 (deviations cancel out)
 *   cvar                      a + Σ uₜ ÷ (α T),     uₜ ≥ −xₜ − a, uₜ ≥ 0
 *   worst                     a,                    a ≥ −xₜ
 *   drawdowns                 dₜ ≥ dₜ₋₁ − xₜ, dₜ ≥ 0, d₀ = 0;   max: dₜ ≤ a;   mean: Σ dₜ ÷ T;
 *                             cdar: a + Σ uₜ ÷ (α T), uₜ ≥ dₜ − a
 *
 * A drawdown is carried from period to period, so that each row has the returns of one period only.
 *
 * @param periods Periods that get a row, for `cvar` and `worst`; all if not given. Those left out
 *   count as if they lost no more than a.
 * @returns The number of the variable a; −1 where there is none.
 */
export function addScenarioRisk(
  model: LinearModel,
  measure: LinearMeasure,
  scenarios: Matrix,
  tail: number,
  periods: Iterable<number> = Array(scenarios.rows).keys(),
): number {
  const T = scenarios.rows;
  const free = { lower: Number.NEGATIVE_INFINITY };
  switch (measure) {
    case 'mean-absolute-deviation': {
      const means = columnMeans(scenarios);
      for (let t = 0; t < T; t++) {
        model.row([...returnsOf(scenarios, t, means), [model.variable({ cost: 2 / T }), 1]], 0);
      }
      return -1;
    }
    case 'worst': {
      const a = model.variable({ ...free, cost: 1 });
      for (const t of periods) model.row([...returnsOf(scenarios, t), [a, 1]], 0);
      return a;
    }
    case 'cvar': {
      const a = model.variable({ ...free, cost: 1 });
      for (const t of periods) {
        const u = model.variable({ cost: 1 / (tail * T) });
        model.row([...returnsOf(scenarios, t), [a, 1], [u, 1]], 0);
      }
      return a;
    }
    case 'average-drawdown': {
      addDrawdowns(model, scenarios, 1 / T);
      return -1;
    }
    case 'max-drawdown': {
      const a = model.variable({ cost: 1 });
      for (const d of addDrawdowns(model, scenarios, 0))
        model.row(
          [
            [a, 1],
            [d, -1],
          ],
          0,
        );
      return a;
    }
    case 'cdar': {
      const a = model.variable({ ...free, cost: 1 });
      for (const d of addDrawdowns(model, scenarios, 0)) {
        const u = model.variable({ cost: 1 / (tail * T) });
        model.row(
          [
            [a, 1],
            [u, 1],
            [d, -1],
          ],
          0,
        );
      }
      return a;
    }
  }
}

function addDrawdowns(model: LinearModel, scenarios: Matrix, cost: number): number[] {
  const depths: number[] = [];
  for (let t = 0; t < scenarios.rows; t++) {
    const d = model.variable({ cost });
    const before: Entry[] = t === 0 ? [] : [[depths[t - 1], -1]];
    model.row([...returnsOf(scenarios, t), [d, 1], ...before], 0);
    depths.push(d);
  }
  return depths;
}

/** rₜ·w, less a constant return of each where one is given. */
function returnsOf({ columns, data }: Matrix, t: number, less?: Float64Array): Entry[] {
  const entries: Entry[] = [];
  for (let i = 0; i < columns; i++) {
    const value = data[t * columns + i] - (less ? less[i] : 0);
    if (value !== 0) entries.push([i, value]);
  }
  return entries;
}
