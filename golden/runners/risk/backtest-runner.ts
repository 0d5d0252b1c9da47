import {
  type BacktestResult,
  backtest,
  christoffersen,
  conditionalCoverage,
  kupiec,
  riskMethods,
  rollingForecasts,
  trafficLight,
} from '@plimsoll/analytics/risk';
import { timesVector } from '@plimsoll/quant/linear-algebra';
import { expectedOf, type Facts, factsOf, inputOf, toleranceOf } from '../../case-facts.ts';
import { type Check, near, same } from '../../check.ts';
import { caseName, type GoldenCase } from '../../golden-case.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { asMatrix, levelFrom, returnsOf, weightsOf } from './case-input.ts';

interface Tested extends BacktestResult {
  readonly days: number;
  readonly dates: readonly string[];
}

/** The share of exceptions: the case's own, that in its name (`hist95`), or that of the case it builds on. */
function tailShare(golden: GoldenCase, input: Facts): number {
  const own = factsOf(golden['input'])['alpha'];
  if (own !== undefined) return Number(own);
  const named = /(9\d+)$/.exec(caseName(golden))?.[1];
  if (named !== undefined) return 1 - levelFrom(named);
  return Number(input['alpha'] ?? 0.05);
}

function methodOf(golden: GoldenCase, input: Facts) {
  const text = `${caseName(golden)} ${String(input['method'] ?? '')}`;
  const id = /ewma|riskmetrics/i.test(text)
    ? 'ewma-normal'
    : /normal|gauss|parametric/i.test(text)
      ? 'normal'
      : 'historical';
  return riskMethods.find((method) => method.id === id);
}

/** Day-by-day forecasts of the portfolio of a case, held against what came. */
function testedOf(golden: GoldenCase, surroundings: Surroundings): Tested {
  const input = inputOf(golden, surroundings);
  const columns = returnsOf(input, surroundings);
  const portfolio = timesVector(asMatrix(columns), weightsOf(input, columns.names));
  const method = methodOf(golden, input);
  const said = /previous (\d+)/.exec(String(input['rule'] ?? ''))?.[1];
  const window = Number(input['lookback'] ?? input['window'] ?? said ?? 250);
  const level = 1 - tailShare(golden, input);
  if (!method) throw new Error('no such method');
  const forecasts = rollingForecasts(portfolio, method, level, {
    window,
    method: { tailMean: 'at-or-beyond' },
  });
  if (!forecasts.ok) throw new Error(forecasts.fault.detail);
  const result = backtest(forecasts.value, level);
  if (!result.ok) throw new Error(result.fault.detail);
  const { hits } = result.value;
  const days = columns.days.slice(window);
  return { ...result.value, days: hits.length, dates: days.filter((_, t) => hits[t] === 1) };
}

type Answers = Readonly<Record<string, number | string | null | undefined>>;

function answersOf(tested: Tested): Answers {
  const { independence, light, shortfall, untilFirst } = tested;
  return {
    n: tested.days,
    exceptions: tested.exceptions,
    first_exception_index: tested.firstException,
    exception_rate: tested.exceptions / tested.days,
    kupiec_lr: tested.coverage.statistic,
    kupiec_p: tested.coverage.p,
    christoffersen_ind_lr: independence.statistic,
    christoffersen_ind_p: independence.p,
    cc_lr_sum: tested.conditional.statistic,
    cc_p: tested.conditional.p,
    ...independence.transitions,
    pi01: independence.afterNone,
    pi11: independence.afterOne,
    tuff_lr: untilFirst?.statistic ?? null,
    tuff_p: untilFirst?.p ?? null,
    binomial_cdf_basel: light.probability,
    basel_zone: light.zone,
    basel_multiplier: light.multiplier,
    Z1: shortfall?.z1 ?? null,
    Z2: shortfall?.z2 ?? null,
  };
}

/** Counts alone, where a case gives no returns. */
function counted(input: Facts): Answers {
  const n = Number(input['n']);
  const exceptions = Number(input['exceptions'] ?? input['x']);
  const tail = Number(input['alpha'] ?? input['p'] ?? 0.05);
  const coverage = kupiec(exceptions, n, tail);
  const light = trafficLight(exceptions, n, tail);
  if (!coverage.ok || !light.ok) return {};
  return {
    n,
    exceptions,
    exception_rate: exceptions / n,
    kupiec_lr: coverage.value.statistic,
    kupiec_p: coverage.value.p,
    binomial_cdf_basel: light.value.probability,
    basel_zone: light.value.zone,
    basel_multiplier: light.value.multiplier,
  };
}

/** A row of hits, where a case gives that. */
function fromHits(input: Facts): Answers {
  const hits = Uint8Array.from(input['hits'] as readonly (number | boolean)[], Number);
  const counts = counted({ ...input, n: hits.length, exceptions: hits.filter(Boolean).length });
  const independence = christoffersen(hits);
  if (!independence.ok) return counts;
  const { statistic, p, transitions, afterNone, afterOne } = independence.value;
  const conditional = conditionalCoverage(
    { statistic: Number(counts['kupiec_lr']), p: Number(counts['kupiec_p']) },
    independence.value,
  );
  return {
    ...counts,
    christoffersen_ind_lr: statistic,
    christoffersen_ind_p: p,
    cc_lr_sum: conditional.statistic,
    cc_p: conditional.p,
    ...transitions,
    pi01: afterNone,
    pi11: afterOne,
  };
}

function answersFor(
  golden: GoldenCase,
  surroundings: Surroundings,
): { answers: Answers; dates: readonly string[] } {
  const input = inputOf(golden, surroundings);
  if (Array.isArray(input['hits'])) return { answers: fromHits(input), dates: [] };
  if (input['file'] === undefined) return { answers: counted(input), dates: [] };
  const tested = testedOf(golden, surroundings);
  return { answers: answersOf(tested), dates: tested.dates };
}

/** Backtests of VaR and CVaR. */
export const backtestRunner: Runner = {
  category: 'var_backtest',
  handles: ({ category }) => category === 'var_backtest' || category === 'es_backtest',
  run: (golden, surroundings): Outcome => {
    const { answers, dates } = answersFor(golden, surroundings);
    const within = toleranceOf(golden);
    const listed: string[] = [];
    const checkOf = (name: string, wanted: unknown): Check[] => {
      // A long list of dates may be cut off where the case was written.
      if (Array.isArray(wanted)) return [same(name, dates.slice(0, wanted.length), wanted)];
      if (typeof wanted === 'object' && wanted !== null) {
        return Object.entries(wanted).flatMap(([key, each]) => checkOf(key, each));
      }
      if (!(name in answers)) {
        listed.push(`${name}, no figure of that name`);
        return [];
      }
      const found = answers[name] ?? null;
      if (typeof wanted !== 'number') return [same(name, found, wanted)];
      const size = Math.max(1, Math.abs(wanted));
      return [near(name, typeof found === 'number' ? found : null, wanted, within * size)];
    };
    const checks = Object.entries(expectedOf(golden)).flatMap(([name, wanted]) =>
      checkOf(name, wanted),
    );
    return { checks, listed };
  },
};
