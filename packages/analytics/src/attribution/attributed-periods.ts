import { ok, type PanelInput, type Result, refuse } from '@plimsoll/kernel';
import { type PanelObservations, panelObservations } from '../analysis/observations.ts';
import type { Sample } from '../analysis/report.ts';
import { sampleOf } from '../analysis/sample-of.ts';
import { type BrinsonEffects, type BrinsonMethod, brinson } from './brinson.ts';
import { groupReturns } from './group-period.ts';
import { lastOfEach, type RebalancingCalendar } from './rebalanced-path.ts';
import { namesOf } from './report-parts.ts';

/** Prices with two sets of weights, and the groups by which to attribute. */
export interface AttributedHoldings {
  readonly prices: PanelInput;
  readonly weights: Readonly<Record<string, number>>;
  /** Equal weights of all columns if not given. */
  readonly benchmarkWeights: Readonly<Record<string, number>> | undefined;
  /** The group of each instrument. */
  readonly groups: Readonly<Record<string, string>>;
  /** A period of attribution is a day, week, month …, at whose start both sides have their weights. */
  readonly period: Exclude<RebalancingCalendar, 'never'>;
  /** Whether weights drift from period to period; else both sides are set back to theirs. */
  readonly drift: boolean;
  readonly method: BrinsonMethod;
}

/** Effects of each period by group. */
export interface AttributedPeriods {
  readonly groups: readonly string[];
  /** The last day of each period, or what it is called; empty where neither is known. */
  readonly ends: readonly string[];
  readonly effects: readonly BrinsonEffects[];
  readonly sample: Sample;
}

/**
 * Attributes each period by groups of instruments. Both sides start every period at their weights, or
 * at what these have drifted to, and hold to its end, so that the period's returns are those of prices over the whole of it.
 *
 * Refused: weights or groups of unknown instruments, a weight without a group, prices without days
 * where the period is not each row, and what `brinson` refuses.
 */
export function attributedPeriods(holdings: AttributedHoldings): Result<AttributedPeriods> {
  const { prices, period } = holdings;
  const wrong = whyNotAttributable(holdings);
  if (wrong) return refuse({ code: 'attribution.holdings', detail: wrong });
  const read = panelObservations(prices, 'prices');
  if (!read.ok) return read;
  const returns = read.value;
  const { names, days, n } = returns;
  if (n === 0) {
    return refuse({
      code: 'attribution.too-few',
      detail: 'There is no period to attribute; give two prices or more on common days.',
    });
  }
  const due = days.length > 0 ? lastOfEach(period, days) : new Uint8Array(n).fill(1);
  const sides = sidesOf(holdings, names);
  const { groups, own, other } = sides;
  const last = Array.from(due, (_, t) => t).filter((t) => due[t] === 1 || t === n - 1);
  const effects: BrinsonEffects[] = [];
  for (const [place, t] of last.entries()) {
    const growth = growthOver(returns, place === 0 ? 0 : last[place - 1] + 1, t);
    const found = attributed(growth, sides);
    if (!found.ok) return found;
    effects.push(found.value);
    if (!holdings.drift) continue;
    grow(own, growth, 1 + found.value.portfolioReturn);
    grow(other, growth, 1 + found.value.benchmarkReturn);
  }
  const ends = days.length > 0 ? last.map((t) => days[t]) : [];
  return ok({ groups, ends, effects, sample: sampleOf({ ...returns, n: effects.length }) });
}

/** What each instrument grew to from row `from` to row `to`, both included. */
function growthOver({ names, returns }: PanelObservations, from: number, to: number): Float64Array {
  const growth = new Float64Array(names.length).fill(1);
  for (let t = from; t <= to; t++) {
    for (let i = 0; i < names.length; i++) growth[i] *= 1 + returns[t * names.length + i];
  }
  return growth;
}

/** Weights after their instruments and the whole grew so. */
function grow(weights: number[], growth: Float64Array, whole: number): void {
  for (let i = 0; i < weights.length; i++) weights[i] *= growth[i] / whole;
}

/** Weights and returns of one period as they were reported. */
export interface ListedPeriod {
  readonly end: string | undefined;
  readonly portfolioWeights: Readonly<Record<string, number>>;
  readonly benchmarkWeights: Readonly<Record<string, number>>;
  readonly portfolioReturns: Readonly<Record<string, number>>;
  readonly benchmarkReturns: Readonly<Record<string, number>>;
}

/**
 * Attributes periods whose weights and returns by group are given. A group that a period lacks has no
 * weight in it. Refused: no periods, and what `brinson` refuses, with the period's name.
 */
export function listedPeriods(
  periods: readonly ListedPeriod[],
  method: BrinsonMethod,
): Result<AttributedPeriods> {
  const groups = namesOf(
    ...periods.flatMap((each) => [each.portfolioWeights, each.benchmarkWeights]),
  );
  const effects: BrinsonEffects[] = [];
  for (const [t, each] of periods.entries()) {
    const found = brinson(
      {
        groups,
        portfolioWeights: groups.map((name) => each.portfolioWeights[name] ?? 0),
        benchmarkWeights: groups.map((name) => each.benchmarkWeights[name] ?? 0),
        portfolioReturns: groups.map((name) => each.portfolioReturns[name] ?? null),
        benchmarkReturns: groups.map((name) => each.benchmarkReturns[name] ?? null),
      },
      method,
    );
    if (!found.ok) {
      const { code, detail } = found.fault;
      return refuse({ code, detail: `Period ${each.end ?? t + 1}: ${detail}` });
    }
    effects.push(found.value);
  }
  return ok({
    groups,
    ends: periods.map(({ end }, t) => end ?? String(t + 1)),
    effects,
    sample: { from: null, to: null, n: effects.length, missing: 0 },
  });
}

interface Sides {
  /** Weights by instrument. */
  readonly own: number[];
  readonly other: number[];
  readonly groupOf: readonly number[];
  readonly groups: readonly string[];
  readonly method: BrinsonMethod;
}

function sidesOf(
  { weights, benchmarkWeights, groups: groupByName, method }: AttributedHoldings,
  names: readonly string[],
): Sides {
  const groups = [...new Set(names.map((name) => groupByName[name] ?? rest))].sort();
  const groupOf = names.map((name) => groups.indexOf(groupByName[name] ?? rest));
  const own = names.map((name) => weights[name] ?? 0);
  const other = names.map((name) =>
    benchmarkWeights ? (benchmarkWeights[name] ?? 0) : 1 / names.length,
  );
  return { own, other, groupOf, groups, method };
}

/** One period in which each instrument grew so. */
function attributed(growth: Float64Array, sides: Sides): Result<BrinsonEffects> {
  const { groupOf, groups, method } = sides;
  const gained = growth.map((each) => each - 1);
  const ours = groupReturns(sides.own, gained, groupOf, groups);
  if (!ours.ok) return ours;
  const theirs = groupReturns(sides.other, gained, groupOf, groups);
  if (!theirs.ok) return theirs;
  return brinson(
    {
      groups,
      portfolioWeights: ours.value.weights,
      benchmarkWeights: theirs.value.weights,
      portfolioReturns: ours.value.returns,
      benchmarkReturns: theirs.value.returns,
    },
    method,
  );
}

/** Of instruments that neither side holds. */
const rest = 'not grouped';

function whyNotAttributable({
  prices,
  weights,
  benchmarkWeights,
  groups,
  period,
}: AttributedHoldings): string | undefined {
  const known = new Set(prices.names);
  for (const table of [weights, benchmarkWeights ?? {}]) {
    const stranger = Object.keys(table).find((name) => !known.has(name));
    if (stranger !== undefined) {
      return `There is a weight for ${stranger}, but no column of that name; the columns are ${prices.names.join(', ')}.`;
    }
  }
  const ungrouped = prices.names.find(
    (name) => (!benchmarkWeights || weights[name] || benchmarkWeights[name]) && !groups[name],
  );
  if (ungrouped !== undefined) return `${ungrouped} has no group; name one for each instrument.`;
  if (!prices.days && period !== 'day') {
    return `Without days there is no telling where a ${period} ends; give days, or take each row as a period.`;
  }
  return undefined;
}
