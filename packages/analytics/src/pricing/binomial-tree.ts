import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type OptionMarket, signOf } from './option-contract.ts';

/** How a step of the tree goes up and down. */
export type TreeKind =
  | 'cox-ross-rubinstein'
  | 'cox-ross-rubinstein-quantlib'
  | 'jarrow-rudd'
  | 'leisen-reimer';

/** A payment that leaves the underlying before expiry. */
export interface CashDividend {
  /** From now, above 0. */
  readonly years: number;
  /** In the unit of the spot, at least 0. */
  readonly amount: number;
}

export interface TreeOption extends OptionMarket {
  readonly exercise: 'european' | 'american';
  readonly tree: TreeKind;
  /** At least 3; Leisen and Reimer's takes the next odd number. */
  readonly steps: number;
  /** Known payments; those after expiry do not count. */
  readonly dividends?: readonly CashDividend[];
}

export interface TreeValue {
  readonly price: number;
  /** From the nodes of the first step. */
  readonly delta: number;
  /** From the nodes of the second step. */
  readonly gamma: number;
  /** By the pricing equation, θ = rV − (r − q) S Δ − ½ σ² S² Γ, a year. */
  readonly theta: number;
  /** Steps that were taken. */
  readonly steps: number;
}

interface Step {
  readonly up: number;
  readonly down: number;
  /** Chance of going up, under the pricing measure. */
  readonly chance: number;
}

/** Peizer and Pratt's second inversion of the binomial distribution. */
function peizerPratt(z: number, steps: number): number {
  const share = z / (steps + 1 / 3 + 0.1 / (steps + 1));
  const half = 0.5 * Math.sqrt(-Math.expm1(-share * share * (steps + 1 / 6)));
  return 0.5 + Math.sign(z) * half;
}

function stepOf(market: TreeOption, spot: number, steps: number): Step {
  const { strike, years, rate, dividendYield, volatility } = market;
  const dt = years / steps;
  const growth = Math.exp((rate - dividendYield) * dt);
  const jump = volatility * Math.sqrt(dt);
  const drift = (rate - dividendYield - (volatility * volatility) / 2) * dt;
  switch (market.tree) {
    case 'jarrow-rudd':
      return { up: Math.exp(drift + jump), down: Math.exp(drift - jump), chance: 0.5 };
    case 'leisen-reimer': {
      const deviation = volatility * Math.sqrt(years);
      const d1 =
        (Math.log(spot / strike) + (rate - dividendYield) * years) / deviation + deviation / 2;
      const chance = peizerPratt(d1 - deviation, steps);
      const up = (growth * peizerPratt(d1, steps)) / chance;
      return { up, down: (growth - chance * up) / (1 - chance), chance };
    }
    default: {
      const up = Math.exp(jump);
      const down = 1 / up;
      const chance =
        market.tree === 'cox-ross-rubinstein'
          ? (growth - down) / (up - down)
          : 0.5 + (0.5 * drift) / jump;
      return { up, down, chance };
    }
  }
}

/**
 * Price of a European or American option on a recombining binomial tree.
 *
 * A step multiplies the spot by u with chance p and by d else; values are discounted back, and
 * an American one is at every node at least what exercise gives.
 * - `cox-ross-rubinstein`: u = e^(σ√Δt), d = 1 ÷ u, p = (e^((r−q)Δt) − d) ÷ (u − d).
 * - `cox-ross-rubinstein-quantlib`: the same u and d, p = ½ + ½ (r − q − σ² ÷ 2) √Δt ÷ σ, as
 *   QuantLib has it, which misses the forward by terms of Δt².
 * - `jarrow-rudd`: p = ½, u and d = e^((r−q−σ²÷2)Δt ± σ√Δt).
 * - `leisen-reimer`: odd steps, centred on the strike; error falls as 1 ÷ steps² for Europeans.
 *
 * Cash dividends are escrowed: the tree is that of the spot less their present value, and exercise
 * gives the spot with those yet to come.
 *
 * @returns refused where a chance leaves (0, 1) — take more steps — or the dividends are worth more
 *   than the spot.
 *
 * Cost: steps² ÷ 2 multiply-adds, one column of memory. Source: Cox, Ross and Rubinstein, "Option
 * pricing: a simplified approach" (1979); Jarrow and Rudd, Option Pricing (1983); Leisen and Reimer,
 * "Binomial models for option valuation" (1996).
 */
export function binomialTree(option: TreeOption): Result<TreeValue> {
  const { strike, years, rate, dividendYield, volatility } = option;
  if (!(years > 0 && volatility > 0 && option.steps >= 3)) {
    return refuse({
      code: 'option.tree',
      detail: `A tree needs time, volatility and at least 3 steps, not ${years} years, ${volatility} and ${option.steps}.`,
    });
  }
  const steps =
    option.tree === 'leisen-reimer' && option.steps % 2 === 0 ? option.steps + 1 : option.steps;
  const dt = years / steps;
  const escrow = escrowed(option, steps);
  const spot = option.spot - escrow[0];
  if (!(spot > 0)) {
    return refuse({
      code: 'option.dividends',
      detail: `The dividends are worth as much today as the spot of ${option.spot}, or more.`,
    });
  }
  const step = stepOf(option, spot, steps);
  if (!(step.chance > 0 && step.chance < 1 && step.down > 0)) {
    return refuse({
      code: 'option.steps',
      detail: `${steps} steps at a volatility of ${volatility} leave no chance between 0 and 1; take more.`,
    });
  }
  const values = new Float64Array(steps + 1);
  for (let j = 0, at = spot * step.down ** steps; j <= steps; j++, at *= step.up / step.down) {
    values[j] = Math.max(0, signOf(option.kind) * (at - strike));
  }
  const discount = Math.exp(-rate * dt);
  for (let i = steps - 1; i >= 2; i--) rollBack(values, i, option, step, escrow[i], spot, discount);
  const second = values.slice(0, 3);
  rollBack(values, 1, option, step, escrow[1], spot, discount);
  const { delta, gamma } = greeksAt(second, values, spot, step);
  rollBack(values, 0, option, step, escrow[0], spot, discount);
  const [price] = values;
  const theta =
    rate * price -
    (rate - dividendYield) * spot * delta -
    0.5 * volatility * volatility * spot * spot * gamma;
  if (![price, delta, gamma, theta].every(Number.isFinite)) {
    return refuse({
      code: 'option.extreme',
      detail: `A volatility of ${volatility} over ${years} years is beyond what a tree can hold; take less of either.`,
    });
  }
  return ok({ price, delta, gamma, theta, steps });
}

/** Values at step i from those at step i + 1, in place. */
function rollBack(
  values: Float64Array,
  i: number,
  { kind, strike, exercise }: TreeOption,
  { up, down, chance }: Step,
  escrow: number,
  spot: number,
  discount: number,
): void {
  const rise = discount * chance;
  const fall = discount * (1 - chance);
  if (exercise === 'european') {
    for (let j = 0; j <= i; j++) values[j] = fall * values[j] + rise * values[j + 1];
    return;
  }
  const sign = signOf(kind);
  const ratio = up / down;
  const rest = escrow - strike;
  let at = spot * down ** i;
  for (let j = 0; j <= i; j++) {
    values[j] = Math.max(fall * values[j] + rise * values[j + 1], sign * (at + rest));
    at *= ratio;
  }
}

function greeksAt(
  second: Float64Array,
  first: Float64Array,
  spot: number,
  { up, down }: Step,
): { readonly delta: number; readonly gamma: number } {
  const delta = (first[1] - first[0]) / (spot * (up - down));
  const high = (second[2] - second[1]) / (spot * up * (up - down));
  const low = (second[1] - second[0]) / (spot * down * (up - down));
  return { delta, gamma: (high - low) / ((spot * (up * up - down * down)) / 2) };
}

/** Present value, at each step, of the dividends yet to come before expiry: shape [steps + 1]. */
function escrowed({ dividends = [], years, rate }: TreeOption, steps: number): Float64Array {
  const dt = years / steps;
  return Float64Array.from({ length: steps + 1 }, (_, i) => {
    let sum = 0;
    for (const { years: at, amount } of dividends) {
      if (at > i * dt && at <= years) sum += amount * Math.exp(-rate * (at - i * dt));
    }
    return sum;
  });
}
