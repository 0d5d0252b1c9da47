import {
  americanOption,
  bachelier,
  baroneAdesiWhaley,
  barrierOption,
  binomialTree,
  black76,
  blackScholes,
  digitalOption,
  impliedVolatility,
  type OptionKind,
  type OptionMarket,
  type TreeKind,
} from '@plimsoll/analytics/pricing';
import {
  expectedOf,
  type Facts,
  factsOf,
  listOf,
  numberOf,
  numbersOf,
  textOf,
} from '../../case-facts.ts';
import type { Check } from '../../check.ts';
import { agrees } from '../../check.ts';
import { type GoldenCase, isRecord } from '../../golden-case.ts';
import type { Outcome } from '../../runner.ts';

const kindOf = (text: string | undefined): OptionKind | undefined => {
  const word = text?.toLowerCase();
  if (word === 'call' || word === 'c') return 'call';
  return word === 'put' || word === 'p' ? 'put' : undefined;
};

/** The market that a case or one of its rows describes. */
export function marketOf(
  facts: Facts,
): Omit<OptionMarket, 'kind'> & { readonly kind?: OptionKind } {
  const kind = kindOf(textOf(facts, 'type', 'kind', 'option_type', 'cp'));
  return {
    spot: numberOf(facts, 'spot', 'S', 'S0', 'F', 'forward') ?? 100,
    strike: numberOf(facts, 'strike', 'K') ?? 100,
    years: numberOf(facts, 'T_years', 'T', 'years', 't', 'expiry') ?? 1,
    rate: numberOf(facts, 'r_cont', 'r', 'rate') ?? 0,
    dividendYield: numberOf(facts, 'q_cont', 'q', 'dividend_yield', 'b') ?? 0,
    volatility: numberOf(facts, 'sigma', 'sigma_abs', 'vol', 'volatility', 'normal_vol') ?? 0,
    ...(kind ? { kind } : {}),
  };
}

/** The figures of one option by the names that cases use, all unscaled. */
function figuresOf(facts: Facts, kind: OptionKind): Readonly<Record<string, number | null>> {
  const market = { ...marketOf(facts), kind };
  const model = textOf(facts, 'model')?.toLowerCase() ?? '';
  const normal = 'sigma_abs' in facts || 'normal_vol' in facts || /bachelier|normal$/.test(model);
  const onForward = ('F' in facts || 'forward' in facts) && !('spot' in facts || 'S' in facts);
  if (normal) {
    const { inTheMoney, ...value } = bachelier({ ...market, forward: market.spot });
    return { ...value, prob_itm: inTheMoney };
  }
  const value = onForward
    ? { ...black76({ ...market, forward: market.spot }), dividendRho: null }
    : blackScholes(market);
  const { inTheMoney, dividendRho, dualDelta, ...rest } = value;
  const deviation = market.volatility * Math.sqrt(market.years);
  return {
    ...rest,
    vomma: rest.volga,
    dividend_rho: dividendRho,
    dual_delta: dualDelta,
    prob_itm: inTheMoney,
    intrinsic: Math.max(0, (kind === 'call' ? 1 : -1) * (market.spot - market.strike)),
    total_deviation: deviation,
  };
}

/** What a figure is divided by, as the end of its name says. */
const scales: readonly (readonly [RegExp, number])[] = [
  [/_per_1_00$|_per_year$|_per_unit$|_per_1$|_annual$|_riskneutral$/, 1],
  [/_per_(1pct|pct|percent|1_pct|0_01|point)$|_1pct$|_pct$/, 100],
  [/_per_(day|1d|365)$|_daily$|_day$/, 365],
  [/_per_(bp|1bp)$|_bp$/, 10_000],
];

/** One expected figure by its name, such as `put_delta` or `theta_per_day`. */
function figureNamed(facts: Facts, name: string): number | null | undefined {
  const [, prefix = '', bare = ''] = /^(call|put)?_?(.*)$/.exec(name) ?? [];
  const kind = kindOf(prefix) ?? marketOf(facts).kind ?? 'call';
  const scale = scales.find(([ending]) => ending.test(bare));
  const figure = scale ? bare.replace(scale[0], '') : bare;
  const suffix = /^(.*)_(call|put)$/.exec(figure);
  const found = suffix
    ? figuresOf(facts, kindOf(suffix[2]) ?? kind)[suffix[1] ?? '']
    : figuresOf(facts, kind)[figure === '' ? 'price' : figure];
  if (found === undefined) return undefined;
  return found === null ? null : found / (scale?.[1] ?? 1);
}

/** `call_T0`, `put_sigma0`: what the name itself says of the market. */
function withLimits(facts: Facts, name: string): readonly [Facts, string] {
  let rest = name;
  const changed: Record<string, unknown> = { ...facts };
  const take = (pattern: RegExp, change: Readonly<Record<string, unknown>>): void => {
    if (!pattern.test(rest)) return;
    rest = rest.replace(pattern, '').replace(/__/g, '_').replace(/^_|_$/g, '');
    Object.assign(changed, change);
  };
  take(/(^|_)(T0|t0|T_0|expiry|at_expiry)(?=_|$)/, { T_years: 0, T: 0 });
  take(/(^|_)(sigma0|vol0|sigma_0|zero_vol)(?=_|$)/, { sigma: 0 });
  return [changed, rest];
}

const terms = new Set(
  'spot S S0 F forward strike K T_years T years t expiry r_cont r rate q_cont q dividend_yield b sigma sigma_abs vol volatility normal_vol type kind option_type cp model name note reason id steps n'.split(
    ' ',
  ),
);

/** Prices and Greeks of European options; rows of `cases` stand beside the input. */
export function europeanCase(golden: GoldenCase, tolerance: number): Outcome {
  const checks: Check[] = [];
  const listed: string[] = [];
  const hold = (facts: Facts, wanted: Facts, label: string): void => {
    for (const [name, value] of Object.entries(wanted)) {
      if (terms.has(name) || name === 'cases') continue;
      if (isRecord(value)) {
        const kind = kindOf(name);
        hold({ ...facts, ...(kind ? { type: kind } : {}) }, value, `${label}${name} `);
        continue;
      }
      if (typeof value !== 'number' && value !== null) continue;
      const found = figureNamed(facts, name) ?? figureNamed(...withLimits(facts, name));
      if (found === undefined) listed.push(`${label}${name} is no figure of ours`);
      else checks.push(agrees(`${label}${name}`, found, value, tolerance));
    }
  };
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
  const model = { model: `${String(golden['id'])} ${textOf(input, 'model') ?? ''}`.trim() };
  hold({ ...model, ...input }, expected, '');
  for (const [i, row] of [...listOf(expected['cases']), ...listOf(input['cases'])].entries()) {
    const label = `${textOf(row, 'name') ?? `row ${i + 1}`}: `;
    hold({ ...model, ...input, ...row }, { ...row, ...factsOf(row['expected']) }, label);
  }
  return { checks, listed };
}

/** Volatilities found in prices; null where arbitrage forbids the price. */
export function impliedVolatilityCase(golden: GoldenCase, tolerance: number): Outcome {
  const input = factsOf(golden['input']);
  const expected = expectedOf(golden);
  const cases = listOf(expected['cases'] ?? input['cases']);
  const rows = cases.length > 0 ? cases : [{ ...input, ...expected }];
  const checks = rows.flatMap((row) => {
    const facts: Facts = { ...input, ...row };
    const market = { kind: 'call' as const, ...marketOf(facts) };
    const price = numberOf(facts, 'price', 'premium') ?? Number.NaN;
    const found = impliedVolatility({ ...market, price });
    const label = `${market.kind} at ${market.strike}`;
    const wanted = 'implied_vol' in row ? row['implied_vol'] : row['sigma'];
    const vega = numberOf(row, 'vega');
    return [
      agrees(`${label} volatility`, found.value, wanted, tolerance),
      ...(vega === undefined || found.value === null
        ? []
        : [
            agrees(
              `${label} vega`,
              blackScholes({ ...market, volatility: found.value }).vega,
              vega,
              tolerance,
            ),
          ]),
    ];
  });
  return { checks, listed: [] };
}

/** `down_out_call_90`, `digital_put`, `asset_call`. */
export function exoticCase(golden: GoldenCase, tolerance: number): Outcome {
  const input = factsOf(golden['input']);
  const checks: Check[] = [];
  const listed: string[] = [];
  for (const [name, wanted] of Object.entries(expectedOf(golden))) {
    const market = { ...marketOf(input), kind: marketOf(input).kind ?? ('call' as const) };
    const barrier =
      /(down|up)_(?:and_)?(in|out)_(call|put)(?:_(\d+(?:\.\d+)?))?/.exec(name) ?? undefined;
    const digital = /(digital|cash|asset)\w*?_(call|put)/.exec(name) ?? undefined;
    if (barrier) {
      const [, direction, knock, kind, level] = barrier;
      const found = barrierOption({
        ...market,
        kind: kind as OptionKind,
        direction: direction as 'down' | 'up',
        knock: knock as 'in' | 'out',
        barrier: level === undefined ? (numberOf(input, 'barrier', 'H') ?? 0) : Number(level),
        rebate: numberOf(input, 'rebate') ?? 0,
      });
      checks.push(agrees(name, found, wanted, tolerance));
    } else if (digital) {
      const [, pays, kind] = digital;
      const unit = pays === 'asset' ? 1 : (numberOf(input, 'cash', 'payout') ?? 1);
      const price = digitalOption(
        { ...market, kind: kind as OptionKind },
        pays === 'asset' ? 'asset' : 'cash',
      );
      checks.push(agrees(name, unit * price, wanted, tolerance));
    } else listed.push(`${name} is no option of ours`);
  }
  return { checks, listed };
}

const trees: readonly (readonly [RegExp, TreeKind])[] = [
  [/^(lr|leisen|leisenreimer)$/, 'leisen-reimer'],
  [/^(jr|jarrow|jarrowrudd)$/, 'jarrow-rudd'],
  [/^(crr|cox)$/, 'cox-ross-rubinstein'],
];

/** What the words on the way to an expected number say of how it was had. */
function treeFigure(
  facts: Facts,
  words: readonly string[],
  quantLib: boolean,
): number | null | undefined {
  const market = marketOf(facts);
  const has = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
  const kind = has(/^put$/) ? 'put' : has(/^call$/) ? 'call' : (market.kind ?? 'put');
  const full = { ...market, kind } as const;
  const style = textOf(facts, 'style', 'exercise')?.toLowerCase() ?? '';
  const american =
    has(/^amer/) || (!has(/^euro?/) && (/amer/.test(style) || facts['american'] === true));
  if (has(/^(bs|bsm|analytic|closed|blackscholes|black)$/) && !american)
    return blackScholes(full).price;
  if (has(/^(baw|barone)/)) return baroneAdesiWhaley(full)?.price ?? null;
  if (has(/^(qdfp|qd|andersen|exact|reference|fd)$/)) {
    const found = americanOption(full);
    return found.ok ? found.value.price : null;
  }
  const stated = words.map((word) => /^n?(\d+)(?:steps?)?$/.exec(word)?.[1]).find(Boolean);
  const steps = stated ? Number(stated) : numberOf(facts, 'steps', 'n_steps', 'N', 'n');
  if (steps === undefined) return undefined;
  const named = trees.find(([pattern]) => has(pattern))?.[1] ?? 'cox-ross-rubinstein';
  const tree = named === 'cox-ross-rubinstein' && quantLib ? 'cox-ross-rubinstein-quantlib' : named;
  const found = binomialTree({
    ...full,
    exercise: american ? 'american' : 'european',
    tree,
    steps,
  });
  if (!found.ok) return null;
  if (has(/^delta$/)) return found.value.delta;
  if (has(/^gamma$/)) return found.value.gamma;
  return has(/^theta$/) ? found.value.theta : found.value.price;
}

/** Prices on trees, under names such as `american_put_crr_500`, nested as they come. */
export function treeCase(golden: GoldenCase, tolerance: number): Outcome {
  const checks: Check[] = [];
  const listed: string[] = [];
  const quantLib = /quantlib/i.test(String(golden['produced_by']));
  const input = factsOf(golden['input']);
  const walk = (value: unknown, path: readonly string[], facts: Facts): void => {
    if (typeof value === 'number' && !terms.has(path.at(-1) ?? '')) {
      const words = [...path, textOf(facts, 'tree', 'method') ?? ''].flatMap((each) =>
        each.split(/[_\s-]+/),
      );
      const found = treeFigure(
        facts,
        words.map((word) => word.toLowerCase()),
        quantLib,
      );
      const label = path.join(' ');
      if (found === undefined) listed.push(`${label} names no steps`);
      else checks.push(agrees(label, found, value, tolerance));
    } else if (Array.isArray(value)) {
      const steps = numbersOf(facts['steps']);
      for (const [i, each] of value.entries()) {
        // A list of prices goes with the list of steps beside it.
        if (typeof each !== 'number') walk(each, path, facts);
        else if (steps[i] !== undefined) walk(each, [...path, String(steps[i])], facts);
      }
    } else {
      const inner = factsOf(value);
      for (const [name, each] of Object.entries(inner)) {
        walk(each, [...path, name], { ...facts, ...inner });
      }
    }
  };
  walk(golden['expected'], [], input);
  return { checks, listed };
}
