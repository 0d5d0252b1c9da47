import type { Constraint } from '@plimsoll/analytics/optimisation';
import type { Facts } from '../../case-facts.ts';
import { isRecord } from '../../golden-case.ts';

/** Which optimiser a case is about, what it is asked, and within which limits. */
export interface Ask {
  readonly optimiser: string;
  /** Values of the optimiser's own parameters. */
  readonly values: Facts;
  readonly constraints: readonly Constraint[];
  /** Weights now, by name. */
  readonly current: ReadonlyMap<string, number> | null;
  readonly benchmark: Float64Array | null;
  readonly linearCost: number;
  readonly impactCost: number;
  /** γ of γ Σw², against wᵀΣw or the utility as the optimiser has it. */
  readonly spread: number;
  readonly riskFree: number;
}

/** Reads a case by its keys; the id and the prose say what the keys leave open. */
export function askOfCase(id: string, input: Facts, names: readonly string[]): Ask {
  const prose = `${input['constraints'] ?? ''} ${input['objective'] ?? ''}`;
  const optimiser = optimiserOf(id, input, prose);
  const target = numberOf(input['target_return']) ?? wordNumber(prose, /mu\.w\s*=\s*(-?[\d.]+)/);
  return {
    optimiser,
    values: {
      riskAversion: numberOf(input['risk_aversion']) ?? 1,
      targetReturn: target,
      targetVolatility: numberOf(input['target_volatility'] ?? input['target_risk']),
      trackingErrorLimit: numberOf(input['tracking_error_limit'] ?? input['te_limit']),
      uncertainty: numberOf(input['kappa']) ?? 0,
      uncertaintyYears: wordNumber(String(input['Theta'] ?? ''), /S\s*\/\s*([\d.]+)/) ?? 1,
      uncertaintyMatrix: Array.isArray(input['Theta']) ? input['Theta'] : undefined,
    },
    constraints: constraintsOf(input, prose, names),
    current: weightsOf(input['w0'] ?? input['current'] ?? input['holdings'], names),
    benchmark: vectorOf(weightsOf(input['benchmark'], names), names),
    linearCost: optimiser === 'robust' ? 0 : (numberOf(input['kappa'] ?? input['cost']) ?? 0),
    impactCost: numberOf(input['impact']) ?? 0,
    spread: spreadOf(input, prose),
    riskFree: numberOf(input['rf']) ?? 0,
  };
}

function optimiserOf(id: string, input: Facts, prose: string): string {
  const has = (key: string): boolean => input[key] !== undefined && input[key] !== null;
  if (has('target_return') || /mu\.w\s*=/.test(prose)) return 'target-return';
  if (has('target_volatility') || has('target_risk')) return 'target-risk';
  if (has('tracking_error_limit') || has('te_limit')) return 'max-active-return';
  if (has('Theta') || /robust|ellipsoid/i.test(`${id} ${prose}`)) return 'robust';
  if (has('risk_aversion')) return 'max-utility';
  const words = `${id} ${input['objective'] ?? ''}`;
  const named = byWord.find(([word]) => word.test(words));
  if (named) return named[1];
  return has('rf') ? 'max-sharpe' : 'min-variance';
}

const byWord: readonly (readonly [RegExp, string])[] = [
  [/inverse.?vol/i, 'inverse-volatility'],
  [/equal.?weight/i, 'equal-weight'],
  [/max.?div|diversif/i, 'max-diversification'],
  [/min.?(te\b|track)/i, 'min-tracking-error'],
  [/max.?sharpe|tangency/i, 'max-sharpe'],
  [/min.?(vol|var)/i, 'min-variance'],
  [/max.?(ret|mu)/i, 'max-return'],
];

function constraintsOf(input: Facts, prose: string, names: readonly string[]): Constraint[] {
  const [low, high] = Array.isArray(input['bounds']) ? (input['bounds'] as unknown[]) : [];
  const lower = numberOf(low);
  const upper = numberOf(high);
  const cap = (
    kind: 'turnover' | 'gross' | 'max-names' | 'min-weight',
    keys: readonly string[],
  ): Constraint[] => {
    const limit = keys.map((key) => numberOf(input[key])).find((each) => each !== undefined);
    return limit === undefined ? [] : [{ kind, limit }];
  };
  return [
    { kind: 'budget', total: wordNumber(prose, /sum\s*=\s*(-?[\d.]+)/) ?? 1 },
    {
      kind: 'bounds',
      ...(lower === undefined ? {} : { lower }),
      ...(upper === undefined ? {} : { upper }),
    },
    ...sectorsOf(input, names),
    ...cap('turnover', ['one_way_turnover_limit', 'turnover_limit']),
    ...cap('gross', ['gross_limit', 'leverage', 'max_gross']),
    ...cap('max-names', ['max_names', 'cardinality']),
    ...cap('min-weight', ['min_weight', 'min_size']),
  ];
}

function sectorsOf(input: Facts, names: readonly string[]): Constraint[] {
  const lower = tableOf(input['sector_lower']);
  const upper = tableOf(input['sector_upper']);
  const sectors = isRecord(input['sectors']) ? input['sectors'] : {};
  return [...new Set([...Object.keys(lower), ...Object.keys(upper)])].map((sector) => ({
    kind: 'group' as const,
    name: `sector ${sector}`,
    members: names.filter((name) => sectors[name] === sector),
    ...(lower[sector] === undefined ? {} : { lower: lower[sector] }),
    ...(upper[sector] === undefined ? {} : { upper: upper[sector] }),
  }));
}

const tableOf = (value: unknown): Readonly<Record<string, number>> =>
  isRecord(value) ? (value as Record<string, number>) : {};

/** `1/2 w'Sw + 0.1*||w||^2` penalises twice as much, against wᵀΣw. */
function spreadOf(input: Facts, prose: string): number {
  const gamma =
    wordNumber(prose, /([\d.]+)\s*\*?\s*\|\|w\|\|\^?2/) ??
    numberOf(input['gamma'] ?? input['l2_gamma'] ?? input['L2']);
  if (gamma === undefined) return 0;
  return /1\/2\s*w'Sw/.test(prose) ? 2 * gamma : gamma;
}

/** Weights as a case states them: in words, as a list or by name. */
function weightsOf(value: unknown, names: readonly string[]): ReadonlyMap<string, number> | null {
  if (typeof value === 'string' && /equal/i.test(value)) {
    return new Map(names.map((name) => [name, 1 / names.length]));
  }
  if (Array.isArray(value)) {
    const list = value as readonly number[];
    return new Map(names.map((name, i) => [name, list[i] ?? 0]));
  }
  return isRecord(value) ? new Map(Object.entries(value).map(([k, v]) => [k, Number(v)])) : null;
}

const vectorOf = (
  weights: ReadonlyMap<string, number> | null,
  names: readonly string[],
): Float64Array | null =>
  weights === null ? null : Float64Array.from(names, (name) => weights.get(name) ?? 0);

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

function wordNumber(prose: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(prose)?.[1];
  return found === undefined ? undefined : Number(found);
}
