import { type Fault, type Refused, type Result, refuse } from '@plimsoll/kernel';
import { cell } from '../../analysis/cells.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import { entropicValueAtRisk } from '../entropic.ts';
import { historicalTail } from '../historical.ts';
import { overlappingReturns, scaledBySquareRoot, whyNotSquareRoot } from '../horizon.ts';
import type { MethodOptions, RiskMethod } from '../risk-method.ts';
import { riskMethods } from '../risk-methods.ts';
import { spectralRisk } from '../spectral.ts';
import type { TailRisk } from '../tail-risk.ts';
import { fitDetails } from './fit-figures.ts';
import { percent, type Section, section } from './section.ts';

/** For which levels and horizons losses are told, and how a longer horizon follows. */
export interface TailRequest {
  readonly levels: readonly number[];
  /** In periods of the returns. */
  readonly horizons: readonly number[];
  readonly scaling: 'square-root' | 'overlapping' | 'simulated';
  readonly options: MethodOptions;
}

/** Refuses levels and horizons that mean nothing. */
export function whyNoRequest(
  levels: readonly number[],
  horizons: readonly number[],
): Refused<Fault> | undefined {
  const level = levels.find((each) => !(each >= 0.5 && each < 1));
  if (levels.length === 0 || level !== undefined) {
    return refuse({
      code: 'risk.level',
      detail: `The level ${level ?? 'is missing and'} must be from 0.5 to below 1, such as 0.95 or 0.99.`,
    });
  }
  const horizon = horizons.find((each) => !(Number.isInteger(each) && each >= 1 && each <= 1000));
  if (horizons.length === 0 || horizon !== undefined) {
    return refuse({
      code: 'risk.horizon',
      detail: `The horizon ${horizon ?? 'is missing and'} must be a whole number of periods from 1 to 1,000, such as 1 or 10.`,
    });
  }
  return undefined;
}

/** Levels, each once: those that are told alike, to a ten-thousandth of a percent, are one. */
export const distinctLevels = (levels: readonly number[]): readonly number[] => {
  const told = levels.map(percent);
  return levels.filter((_, i) => told.indexOf(told[i]) === i);
};

/** Horizons, each once. */
export const distinctHorizons = (horizons: readonly number[]): readonly number[] => [
  ...new Set(horizons),
];

/**
 * VaR and CVaR by one method at every level and horizon. By the square root, a longer horizon is
 * the one-period loss × √h; by overlapping runs, the method is applied to the returns of runs of h;
 * simulated, filtered methods draw paths, and the others take the square root.
 */
function tailsOf(
  returns: Float64Array,
  method: RiskMethod,
  { levels, horizons, scaling, options }: TailRequest,
): readonly (readonly Result<TailRisk>[])[] {
  const one = method.estimate(returns, levels, options);
  return horizons.map((horizon) => {
    if (horizon === 1) return one;
    if (scaling === 'simulated' && method.overPeriods) {
      return method.overPeriods(returns, levels, horizon, options);
    }
    if (scaling !== 'overlapping') {
      return one.map((each) =>
        each.ok ? { ok: true, value: scaledBySquareRoot(each.value, horizon) } : each,
      );
    }
    const runs = overlappingReturns(returns, horizon);
    return runs.ok ? method.estimate(runs.value, levels, options) : levels.map(() => runs);
  });
}

/** The figures of one method. */
export function tailFigures(
  returns: Float64Array,
  method: RiskMethod,
  request: TailRequest,
): readonly Figure[] {
  return tailsOf(returns, method, request).flatMap((byLevel, h) =>
    byLevel.flatMap((tail, l) => {
      const horizon = request.horizons[h];
      return figuresOf(tail, method, {
        level: percent(request.levels[l]),
        horizon,
        isStretched: horizon > 1 && isStretched(method, request.scaling),
      });
    }),
  );
}

function figuresOf(
  tail: Result<TailRisk>,
  method: RiskMethod,
  {
    level,
    horizon,
    isStretched,
  }: { readonly level: string; readonly horizon: number; readonly isStretched: boolean },
): readonly Figure[] {
  const over = horizon === 1 ? 'one period' : `${horizon} periods`;
  const common = {
    unit: 'fraction',
    source: method.source,
    ...(tail.ok ? {} : { why: tail.fault.detail }),
    ...(isStretched ? { note: stretchedNote } : {}),
  } as const;
  return [
    {
      id: `var-${level}-${horizon}`,
      title: `VaR ${level} %, ${over}`,
      value: cell(tail.ok ? tail.value.valueAtRisk : null),
      formula: method.formula,
      ...common,
    },
    {
      id: `cvar-${level}-${horizon}`,
      title: `CVaR ${level} %, ${over}`,
      value: cell(tail.ok ? tail.value.cvar : null),
      formula: 'CVaR = mean loss in the worst share 1 − level of the distribution that VaR is of',
      ...common,
    },
  ];
}

const isStretched = (method: RiskMethod, scaling: TailRequest['scaling']): boolean =>
  scaling === 'square-root' || (scaling === 'simulated' && !method.overPeriods);

const stretchedNote =
  'One-period loss × √h; exact only for independent normal returns without mean.';

/** All methods beside one another, and what is odd about them here. */
export function methodsSection(returns: Float64Array, request: TailRequest): Section {
  const columns = request.horizons.flatMap((horizon) =>
    request.levels.flatMap((level) => [
      {
        id: `var-${percent(level)}-${horizon}`,
        title: `VaR ${percent(level)} %, ${horizon}`,
        unit: 'fraction' as const,
      },
      {
        id: `cvar-${percent(level)}-${horizon}`,
        title: `CVaR ${percent(level)} %, ${horizon}`,
        unit: 'fraction' as const,
      },
    ]),
  );
  const notes: string[] = [];
  const rows = riskMethods.map((method) => {
    const tails = tailsOf(returns, method, request).flat();
    const refused = tails.find((tail) => !tail.ok);
    if (refused && !refused.ok) notes.push(`${method.title}: ${refused.fault.detail}`);
    return [
      method.title,
      ...tails.flatMap((tail) =>
        tail.ok ? [cell(tail.value.valueAtRisk), cell(tail.value.cvar)] : [null, null],
      ),
    ];
  });
  const table: ReportTable = {
    id: 'methods',
    title: 'Every method',
    columns: [{ id: 'method', title: 'Method' }, ...columns],
    rows,
  };
  const { notes: invalid } = fitDetails(returns, 'cornish-fisher', request.options);
  return section({
    tables: [table],
    notes: [...notes, ...invalid, ...oddities(returns, request)],
  });
}

/** What a reader should know before believing a figure. */
function oddities(returns: Float64Array, { levels, horizons, scaling }: TailRequest): string[] {
  const n = returns.length;
  const thin = levels.filter((level) => n * (1 - level) < 5);
  const root =
    scaling !== 'overlapping' && horizons.some((each) => each > 1)
      ? whyNotSquareRoot(returns)
      : undefined;
  const longest = Math.max(...horizons);
  return [
    ...thin.map(
      (level) =>
        `${n} returns have about ${(n * (1 - level)).toFixed(1)} in the tail of ${percent(level)} %: historical figures there hang on single days.`,
    ),
    ...(root === undefined ? [] : [root]),
    ...(scaling === 'overlapping' && longest > 1
      ? [
          `${n} returns hold only ${Math.floor(n / longest)} runs of ${longest} that do not overlap; the others repeat them.`,
        ]
      : []),
  ];
}

/** The loss that runs of several periods really had, and EVaR, beside the other figures. */
export function furtherTailFigures(
  returns: Float64Array,
  { levels, horizons, options }: TailRequest,
): readonly Figure[] {
  const entropic = levels.map((level): Figure => {
    const found = entropicValueAtRisk(returns, level);
    return {
      id: `evar-${percent(level)}`,
      title: `Entropic VaR ${percent(level)} %, one period`,
      value: cell(found.ok ? found.value : null),
      unit: 'fraction',
      formula: 'EVaR = min over t > 0 of t ln( mean(e^(−r/t)) ÷ (1 − level) )',
      source: 'A. Ahmadi-Javid, Entropic value-at-risk: a new coherent risk measure, 2012',
    };
  });
  const overlapping = horizons
    .filter((horizon) => horizon > 1)
    .flatMap((horizon) =>
      levels.map((level): Figure => {
        const runs = overlappingReturns(returns, horizon);
        const tail = runs.ok ? historicalTail(runs.value, level, options) : runs;
        return {
          id: `overlapping-var-${percent(level)}-${horizon}`,
          title: `VaR ${percent(level)} % of overlapping runs of ${horizon}`,
          value: cell(tail.ok ? tail.value.valueAtRisk : null),
          ...(tail.ok ? {} : { why: tail.fault.detail }),
          unit: 'fraction',
          formula: 'VaR = −q(1 − level) of Π (1 + r) − 1 over h successive periods',
          source: 'P. Jorion, Value at Risk, 2007',
        };
      }),
    );
  return [...entropic, spectralFigure(returns), ...overlapping];
}

/** Puts 86 % of the weight on the worst tenth of the days. */
const aversion = 20;

function spectralFigure(returns: Float64Array): Figure {
  const found = spectralRisk(returns, aversion);
  return {
    id: 'spectral',
    title: `Spectral risk, aversion ${aversion}, one period`,
    value: cell(found.ok ? found.value : null),
    ...(found.ok ? {} : { why: found.fault.detail }),
    unit: 'fraction',
    formula: 'M = −∫ φ(p) q(p) dp, φ(p) = k e^(−kp) ÷ (1 − e^(−k))',
    source: 'C. Acerbi, Spectral measures of risk, 2002',
  };
}
