import {
  bootstrapCurve,
  type CurveQuote,
  type DiscountCurve,
  discountFactor,
  forwardRate,
  type NelsonSiegel,
  nelsonSiegelForward,
  nelsonSiegelRate,
  parRate,
  zeroRate,
} from '@plimsoll/analytics/pricing';
import { expectedOf, type Facts, factsOf, numberOf, numbersOf } from '../../case-facts.ts';
import type { Check } from '../../check.ts';
import { agrees, listAgrees } from '../../check.ts';
import type { GoldenCase } from '../../golden-case.ts';
import type { Outcome } from '../../runner.ts';

function quotesOf(input: Facts): readonly CurveQuote[] {
  const tenors = numbersOf(input['tenors'] ?? input['maturities'] ?? input['years']);
  const quotes = (name: string, quote: (years: number, rate: number) => CurveQuote) =>
    numbersOf(input[name]).map((rate, i) => quote(tenors[i] ?? i + 1, rate));
  const frequency = numberOf(input, 'frequency', 'freq') ?? 1;
  const compounding = numberOf(input, 'compounding') ?? 0;
  return [
    ...quotes('par_rates', (years, rate) => ({ kind: 'par', years, rate, frequency })),
    ...quotes('swap_rates', (years, rate) => ({ kind: 'par', years, rate, frequency })),
    ...quotes('deposit_rates', (years, rate) => ({ kind: 'deposit', years, rate })),
    ...quotes('zero_rates', (years, rate) => ({ kind: 'zero', years, rate, compounding })),
  ];
}

/** Expected lists by name, one value a tenor. */
function curveFigure(curve: DiscountCurve, name: string, frequency: number) {
  const previous = (i: number): number => (i === 0 ? 0 : (curve.years[i - 1] ?? 0));
  const each = (figure: (years: number, i: number) => number) => curve.years.map(figure);
  if (/^(discount_factors|df|dfs)$/.test(name)) return each((at) => discountFactor(curve, at));
  if (/^zero.*cont/.test(name)) return each((at) => zeroRate(curve, at, 0));
  if (/^zero/.test(name)) return each((at) => zeroRate(curve, at, 1));
  if (/^(forward|fwd).*cont/.test(name)) {
    return each((at, i) => forwardRate(curve, previous(i), at, 0));
  }
  if (/^(forward|fwd)/.test(name)) return each((at, i) => forwardRate(curve, previous(i), at, 1));
  return /^par/.test(name) ? each((at) => parRate(curve, at, frequency)) : undefined;
}

function nelsonSiegelOf(input: Facts): NelsonSiegel | undefined {
  const of = (...names: readonly string[]): number | undefined => numberOf(input, ...names);
  const decay = of('lambda1', 'tau1', 'lambda', 'tau');
  const level = of('b0', 'beta0');
  if (decay === undefined || level === undefined) return undefined;
  const decay2 = of('lambda2', 'tau2');
  return {
    level,
    slope: of('b1', 'beta1') ?? 0,
    hump: of('b2', 'beta2') ?? 0,
    decay,
    ...(decay2 === undefined ? {} : { hump2: of('b3', 'beta3') ?? 0, decay2 }),
  };
}

/** Curves from par rates, and the parametric ones at the years that are asked for. */
export function curveCase(golden: GoldenCase, tolerance: number): Outcome {
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
  const checks: Check[] = [];
  const listed: string[] = [];
  const parametric = nelsonSiegelOf(input);
  if (parametric) {
    for (const [name, wanted] of Object.entries(expected)) {
      const rate = (curve: NelsonSiegel, years: number): number => {
        if (/forward|fwd/.test(name)) return nelsonSiegelForward(curve, years);
        const zero = nelsonSiegelRate(curve, years);
        return /^(discount|df)/.test(name) ? Math.exp(-zero * years) : zero;
      };
      for (const [years, value] of Object.entries(factsOf(wanted))) {
        checks.push(agrees(`${name} ${years}`, rate(parametric, Number(years)), value, tolerance));
      }
    }
    return { checks, listed };
  }
  const built = bootstrapCurve(quotesOf(input), 'log-linear');
  if (!built.ok) return { checks, listed: [built.fault.detail] };
  for (const [name, wanted] of Object.entries(expected)) {
    const found = curveFigure(built.value, name, numberOf(input, 'frequency') ?? 1);
    if (found) checks.push(...listAgrees(name, found, numbersOf(wanted), tolerance));
    else listed.push(`${name} is no figure of ours`);
  }
  return { checks, listed };
}
