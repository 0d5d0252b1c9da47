import { ok, refuse } from '@plimsoll/kernel';
import { fitGarch, garchFilter } from '@plimsoll/quant/time-series';
import { historicalTail } from './historical.ts';
import type { RollingMethod } from './risk-method.ts';

/**
 * Filtered historical VaR and CVaR of each day by GARCH: parameters are fitted anew every so many
 * days, but the volatility of each day follows from all returns of its window, to the day before.
 *
 * **Source:** G. Barone-Adesi, K. Giannopoulos, L. Vosper, VaR without correlations, 1999.
 */
export const rollingGarch: RollingMethod = (returns, level, { window, every, method }) => {
  const model = { asymmetric: method.asymmetric ?? false };
  const days = returns.length - window;
  const valueAtRisk = new Float64Array(days);
  const cvar = new Float64Array(days);
  let fit = fitGarch(returns.subarray(0, window), model);
  for (let day = 0; day < days; day++) {
    const known = returns.subarray(day, day + window);
    if (day > 0 && day % every === 0) fit = fitGarch(known, model);
    if (fit.why !== undefined) {
      return refuse({
        code: 'risk.no-garch',
        detail: `No GARCH model could be fitted to the ${window} returns before return ${day + window + 1}: ${fit.why}.`,
      });
    }
    const { mean } = fit.parameters;
    const { standardised, next } = garchFilter(known, fit.parameters);
    const volatility = Math.sqrt(next);
    const tail = historicalTail(
      standardised.map((shock) => mean + volatility * shock),
      level,
    );
    if (!tail.ok) return tail;
    valueAtRisk[day] = tail.value.valueAtRisk;
    cvar[day] = tail.value.cvar;
  }
  return ok({ valueAtRisk, cvar });
};
