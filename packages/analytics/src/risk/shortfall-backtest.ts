import { ok, type Result, refuse } from '@plimsoll/kernel';

export interface ShortfallTest {
  /** Z₁: about 0 if losses beyond VaR are as large as CVaR said, below 0 if larger; null without any. */
  readonly z1: number | null;
  /** Z₂: also about how many there are; about 0 if right, below 0 if risk was understated. */
  readonly z2: number;
  readonly exceptions: number;
}

/**
 * The tests of Acerbi and Székely, with I_t = 1 where r_t < −VaR_t:
 *
 *   Z₁ = mean over exceptions of r_t ÷ CVaR_t + 1      Z₂ = Σ I_t r_t ÷ (n α CVaR_t) + 1
 *
 * Z₂ below −0.70 rejects at 5 %, below −1.8 at 0.01 %, whatever the distribution is like.
 *
 * @param returns Shape [n]; `valueAtRisk`, `cvar`: forecasts made before each, shape [n], CVaR > 0.
 * @param tail α.
 *
 * **Source:** C. Acerbi, B. Székely, Backtesting expected shortfall, 2014.
 */
export function acerbiSzekely(
  returns: Float64Array,
  { valueAtRisk, cvar }: { readonly valueAtRisk: Float64Array; readonly cvar: Float64Array },
  tail: number,
): Result<ShortfallTest> {
  const n = returns.length;
  const wrong = cvar.findIndex((each) => !(each > 0));
  if (n === 0 || valueAtRisk.length !== n || cvar.length !== n || wrong >= 0) {
    return refuse({
      code: 'risk.backtest',
      detail:
        wrong >= 0
          ? `The CVaR of day ${wrong + 1} is ${cvar[wrong]}; the test needs every CVaR above 0.`
          : `${n} returns cannot be tested against ${valueAtRisk.length} VaR and ${cvar.length} CVaR forecasts.`,
    });
  }
  let exceptions = 0;
  let sum = 0;
  for (let t = 0; t < n; t++) {
    if (returns[t] >= -valueAtRisk[t]) continue;
    exceptions += 1;
    sum += returns[t] / cvar[t];
  }
  return ok({
    z1: exceptions === 0 ? null : sum / exceptions + 1,
    z2: sum / (n * tail) + 1,
    exceptions,
  });
}
