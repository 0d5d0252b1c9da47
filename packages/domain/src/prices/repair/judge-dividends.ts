import type { DividendEvent } from './dividend-event.ts';
import { type Hypothesis, hypothesesOf, score, type Unit } from './dividend-hypotheses.ts';

/** What was decided of an ex-day. */
export interface Verdict {
  readonly event: DividendEvent;
  /** Null where none of the accounts that we know of fits. */
  readonly chosen: Hypothesis | null;
  /** How much better it is than leaving all as it is, or than the next best, in nats. */
  readonly certainty: number;
}

/** What the series as a whole tells. */
export interface SeriesEvidence {
  readonly unit: Unit;
  /** How precisely adjusted closes state an adjustment. */
  readonly noise: number;
  /**
   * How many standard errors the prices of these ex-days fall more like a dividend of this share
   * than the prices of other days do.
   */
  readonly felt: (events: readonly DividendEvent[], share: number) => number;
}

/** Tiny dividends are a hundredth of the true ones where that is felt so clearly: 1 in 160 by chance. */
const leastFelt = 2.5;
/** One against twenty: below, nothing is changed. */
const least = 3;
/** Where two figures contradict each other by a known factor one of them is wrong: one against four. */
const leastOfContradiction = 1.4;
/** An event decides for itself, whatever its fellows say, from here on. */
const ownMind = 6;
/** A single tiny dividend is a hundredth only where its own price says so as clearly as this. */
const strong = 4;
/** What an exact repetition of a neighbour's amount is worth. */
const echo = 4;
/**
 * What the usual yield counts for: once where figures agree; where they contradict each other, and
 * one of them is wrong anyway, the more the longer it stays so.
 */
const yieldWeight = (agree: boolean, events: number): number => (agree ? 1 : 1 + Math.log(events));
/** Yields below a thousandth are tiny. */
const tiny = 0.001;

/**
 * Decides for each ex-day which account of its figures is true: each by itself where its prices
 * leave no doubt, the others together with those whose figures contradict each other in the same
 * way, because a provider's mistake runs through a series.
 */
export function judgeDividends(
  events: readonly DividendEvent[],
  { unit, noise, felt }: SeriesEvidence,
): Verdict[] {
  const accounts = events.map((event) => hypothesesOf(event, unit, noise));
  const verdicts: (Verdict | undefined)[] = events.map(() => undefined);
  const groups = new Map<string, number[]>();
  for (const [i, event] of events.entries()) {
    const account = accounts[i] ?? [];
    const own = byItself(event, account, echoOf(events, i, unit.parts));
    const name = conflictOf(account);
    if (own !== undefined) verdicts[i] = own;
    else {
      const group = groups.get(name) ?? [];
      group.push(i);
      groups.set(name, group);
    }
  }
  for (const members of groups.values()) {
    const areFelt = (few: readonly number[]): boolean => areTiny(events, few, unit, felt);
    for (const [i, verdict] of together(events, accounts, members, areFelt)) verdicts[i] = verdict;
  }
  return events.map(
    (event, i) => verdicts[i] ?? { event, chosen: null, certainty: Number.POSITIVE_INFINITY },
  );
}

/** Whether a neighbour states what this amount is in the other unit: `too-small` → that is an echo. */
function echoOf(events: readonly DividendEvent[], at: number, units: number): number {
  const amount = (events[at] as DividendEvent).amount;
  const repeats = [events[at - 1], events[at + 1]].some(
    (other) => other !== undefined && Math.abs((amount * units) / other.amount - 1) < 0.005,
  );
  return repeats ? echo : 0;
}

/** The figures agree, or how they contradict each other. */
function conflictOf(account: readonly Hypothesis[]): string {
  const right = account.find(({ error }) => error.name === 'right');
  return right?.adjustment ?? 'other';
}

/** The verdict on an event that needs no fellows. */
function byItself(
  event: DividendEvent,
  account: readonly Hypothesis[],
  repeats: number,
): Verdict | undefined {
  const worth = (h: Hypothesis): number => score(h) + (h.error.name === 'too-small' ? repeats : 0);
  const [best, second] = [...account].sort((a, b) => worth(b) - worth(a));
  if (best === undefined) return { event, chosen: null, certainty: 0 };
  const lead = second === undefined ? Number.POSITIVE_INFINITY : worth(best) - worth(second);
  if (isAsStated(account)) {
    if (best.error.name === 'right') return undefined;
    const kept = account.find(({ error }) => error.name === 'right');
    const certainty = kept ? worth(best) - worth(kept) : Number.POSITIVE_INFINITY;
    const isFelt = best.error.name !== 'too-small' || repeats > 0 || feltGain(best, kept) >= strong;
    return certainty >= least && isFelt ? { event, chosen: best, certainty } : undefined;
  }
  return lead >= ownMind ? { event, chosen: best, certainty: lead } : undefined;
}

/** How much better the prices alone fit. */
const feltGain = (best: Hypothesis, kept: Hypothesis | undefined): number =>
  best.price - (kept?.price ?? 0);

/** Whether stated amount and adjusted closes say the same. */
function isAsStated(account: readonly Hypothesis[]): boolean {
  return account.some(
    ({ error, adjustment }) =>
      (error.name === 'right' && (adjustment === 'right' || adjustment === 'unknown')) ||
      adjustment === 'as-stated',
  );
}

/** Verdicts on events of one kind of contradiction, decided as one. */
function together(
  events: readonly DividendEvent[],
  accounts: readonly (readonly Hypothesis[])[],
  members: readonly number[],
  areFelt: (few: readonly number[]) => boolean,
): [number, Verdict][] {
  const agree = members.every((i) => isAsStated(accounts[i] ?? []));
  if (!agree) return decide(events, accounts, members, members, agree);
  const isTiny = (i: number): boolean => (events[i] as DividendEvent).yield < tiny;
  const tinyOnes = members.filter(isTiny);
  const rest = members.filter((i) => !isTiny(i));
  const large = rest.filter((i) => leansTo(accounts[i] ?? [], 'too-big'));
  return [
    ...decide(
      events,
      accounts,
      tinyOnes,
      tinyOnes.length >= 3 && areFelt(tinyOnes) ? tinyOnes : [],
      agree,
    ),
    ...decide(events, accounts, rest, large.length >= 2 ? large : [], agree),
  ];
}

/** Whether the prices of these ex-days fell as if a hundredfold had been paid. */
function areTiny(
  events: readonly DividendEvent[],
  few: readonly number[],
  { parts }: Unit,
  felt: SeriesEvidence['felt'],
): boolean {
  const some = few.map((i) => events[i] as DividendEvent);
  const share = (parts * some.reduce((sum, event) => sum + event.yield, 0)) / some.length;
  return felt(some, share) >= leastFelt;
}

/** Whether this mistake explains the event better than none, be it by ever so little. */
function leansTo(account: readonly Hypothesis[], error: Hypothesis['error']['name']): boolean {
  const wrong = account.find((h) => h.error.name === error);
  const right = account.find((h) => h.error.name === 'right');
  return wrong !== undefined && right !== undefined && score(wrong) > score(right);
}

function decide(
  events: readonly DividendEvent[],
  accounts: readonly (readonly Hypothesis[])[],
  members: readonly number[],
  judged: readonly number[],
  agree: boolean,
): [number, Verdict][] {
  const enough = agree ? least : leastOfContradiction;
  const ranked = rank(
    judged.map((i) => accounts[i] ?? []),
    yieldWeight(agree, judged.length),
  );
  const [best, second] = ranked;
  const kept = agree ? ranked.find(({ name }) => name.startsWith('right')) : second;
  const isDecided =
    best !== undefined &&
    (kept === undefined || (best !== kept && best.total - kept.total >= enough));
  if (!isDecided) return members.map((i) => [i, undecided(events, accounts, i, agree)]);
  const certainty = kept ? best.total - kept.total : Number.POSITIVE_INFINITY;
  const isJudged = new Set(judged);
  return members.map((i) => {
    const event = events[i] as DividendEvent;
    if (!isJudged.has(i)) return [i, undecided(events, accounts, i, agree)];
    const chosen = (accounts[i] ?? []).find((h) => nameOf(h) === best.name) ?? null;
    return [i, { event, chosen, certainty }];
  });
}

function undecided(
  events: readonly DividendEvent[],
  accounts: readonly (readonly Hypothesis[])[],
  i: number,
  agree: boolean,
): Verdict {
  const right = (accounts[i] ?? []).find(({ error }) => error.name === 'right') ?? null;
  return { event: events[i] as DividendEvent, chosen: agree ? right : null, certainty: 0 };
}

const nameOf = ({ error, adjustment }: Hypothesis): string => `${error.name} ${adjustment}`;

/**
 * The accounts that all events share, best first: the prices of all count, the mistake once,
 * and the mean of how usual the yields are, weighted.
 */
function rank(
  accounts: readonly (readonly Hypothesis[])[],
  weight: number,
): { name: string; total: number }[] {
  const [first] = accounts;
  if (first === undefined) return [];
  return first
    .flatMap((candidate) => {
      const name = nameOf(candidate);
      let price = 0;
      let usual = 0;
      for (const account of accounts) {
        const same = account.find((h) => nameOf(h) === name);
        if (same === undefined) return [];
        price += same.price;
        usual += same.usual;
      }
      return [{ name, total: price + (weight * usual) / accounts.length - candidate.cost }];
    })
    .sort((a, b) => b.total - a.total);
}
