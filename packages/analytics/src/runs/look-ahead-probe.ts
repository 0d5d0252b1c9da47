import { ok, type Result, seededRandom } from '@plimsoll/kernel';
import { shuffleFuture, truncateMarket } from '../backtest/cut-market.ts';
import type { BacktestMarket } from '../backtest/market.ts';
import type { BacktestResult, OrderRecord } from '../backtest/result.ts';
import { runBacktest } from '../backtest/run-backtest.ts';
import type { BacktestSettings } from '../backtest/settings.ts';
import type { Strategy } from '../strategy/define-strategy.ts';
import { marketFrom, momentsOf } from './cut-market.ts';

/** An order that a strategy placed, as far as it was its decision. */
export interface Decision {
  /** Milliseconds. */
  readonly at: number;
  readonly instrumentId: string;
  readonly side: 'buy' | 'sell';
  readonly kind: string;
  readonly quantity: number;
}

/** One way in which the future, or the history, was changed, and what that changed. */
export interface ProbeRun {
  /** `cut`: nothing after `at` is there. `shuffled`: its bars change places. `history`: it begins later. */
  readonly kind: 'cut' | 'shuffled' | 'history';
  /** Milliseconds. The last moment that is as it was; of `history`, the first from which it may trade. */
  readonly at: number;
  /** Decisions that were compared. */
  readonly decisions: number;
  /** Those that are not as they were, those missing and added among them. */
  readonly changed: number;
  /** The first of them. */
  readonly examples: readonly {
    readonly before: Decision | null;
    readonly after: Decision | null;
  }[];
}

/** What became of past decisions when the future was another. */
export interface LookAheadProbe {
  readonly runs: readonly ProbeRun[];
  /** Changed decisions of all runs that changed the future. */
  readonly changed: number;
  /** Changed decisions when the history began later. */
  readonly changedByHistory: number;
  /** What was not tried and why, one sentence each. */
  readonly notes: readonly string[];
}

export interface ProbeInput {
  /** A strategy that remembers nothing of earlier runs. */
  readonly fresh: () => Promise<Strategy>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly market: BacktestMarket;
  readonly settings: BacktestSettings;
  /** Milliseconds. */
  readonly tradeFrom: number;
  /** Of the run as it was. */
  readonly result: BacktestResult;
  readonly shouldStop: () => boolean;
}

/** Markets of more bars are probed at one place and not at three, so that probing stays a part of the work. */
const manyBars = 250_000;
const mostExamples = 5;

/**
 * Runs the strategy again with the future cut off and with it shuffled, and compares every decision
 * made before; then with a history that begins later. Without looking ahead the future changes none.
 *
 * Cost: of a market of up to 250,000 bars about three runs, of a larger one less than one.
 *
 * @returns the refusal of a run that refused, `run.stopped` among them.
 */
export async function probeLookAhead(input: ProbeInput): Promise<Result<LookAheadProbe>> {
  const moments = momentsOf(input.market);
  const first = moments.findIndex((at) => at >= input.tradeFrom);
  const trading = first === -1 ? moments.subarray(moments.length) : moments.subarray(first);
  if (trading.length < 8) {
    return ok(whole([], ['Too few bars to cut the future off: nothing was probed.']));
  }
  const at = (share: number): number =>
    trading[Math.min(trading.length - 1, Math.floor(share * trading.length))] as number;
  const shares =
    moments.length * input.market.instruments.length <= manyBars ? [0.25, 0.5, 0.75] : [0.2];
  const runs: ProbeRun[] = [];
  for (const share of shares) {
    const cut = await probed(input, 'cut', at(share), truncateMarket(input.market, at(share)));
    if (!cut.ok) return cut;
    runs.push(cut.value);
  }
  const middle = at(shares.length === 1 ? 0.2 : 0.5);
  const some = truncateMarket(input.market, at(shares.length === 1 ? 0.35 : 1));
  const mixed = shuffleFuture(some, middle, seededRandom(input.settings.seed + 1));
  const shuffled = await probed(input, 'shuffled', middle, mixed);
  if (!shuffled.ok) return shuffled;
  runs.push(shuffled.value);
  const history = await probeHistory(input, moments, shares.length === 1 ? 0.3 : 0.6);
  if (!history.ok) return history;
  if (typeof history.value === 'string') return ok(whole(runs, [history.value]));
  return ok(whole([...runs, history.value], []));
}

function whole(runs: readonly ProbeRun[], notes: readonly string[]): LookAheadProbe {
  const sum = (kinds: readonly ProbeRun['kind'][]): number =>
    runs.reduce((total, one) => total + (kinds.includes(one.kind) ? one.changed : 0), 0);
  return { runs, changed: sum(['cut', 'shuffled']), changedByHistory: sum(['history']), notes };
}

async function probed(
  input: ProbeInput,
  kind: 'cut' | 'shuffled',
  at: number,
  market: BacktestMarket,
): Promise<Result<ProbeRun>> {
  const again = await replay(input, market, input.tradeFrom);
  if (!again.ok) return again;
  const before = decisionsOf(input.result, Number.NEGATIVE_INFINITY, at);
  const after = decisionsOf(again.value, Number.NEGATIVE_INFINITY, at);
  return ok({ kind, at, ...compared(before, after, 0) });
}

/** Two runs that may trade from one moment on, of which one has but twice the warm-up before it. */
async function probeHistory(
  input: ProbeInput,
  moments: Float64Array,
  share: number,
): Promise<Result<ProbeRun | string>> {
  const strategy = await input.fresh();
  const warmUp = strategy.warmUp?.(input.params as never) ?? 0;
  if (warmUp === 0) return ok('It asks for no warm-up: the length of the history was not varied.');
  const place = Math.floor((moments.length * share) / 2);
  const start = place - 2 * warmUp;
  if (start < 1)
    return ok('The history is too short to begin it later: its length was not varied.');
  const from = moments[place] as number;
  const some = truncateMarket(input.market, moments[Math.floor(moments.length * share)] as number);
  const long = await replay(input, some, from);
  if (!long.ok) return long;
  const short = await replay(input, marketFrom(some, moments[start] as number), from);
  if (!short.ok) return short;
  const all = (result: BacktestResult) => decisionsOf(result, from, Number.POSITIVE_INFINITY);
  // Means that never forget still differ in their last digits.
  return ok({ kind: 'history', at: from, ...compared(all(long.value), all(short.value), 1e-6) });
}

async function replay(
  { fresh, params, settings, shouldStop }: ProbeInput,
  market: BacktestMarket,
  tradeFrom: number,
): Promise<Result<BacktestResult>> {
  // What is sold because the data end is no decision.
  const withoutEnd = { ...settings, closeAtEnd: false };
  return runBacktest(await fresh(), params, market, withoutEnd, { tradeFrom, shouldStop });
}

const decisionsOf = (
  { orders }: BacktestResult,
  from: number,
  until: number,
): readonly OrderRecord[] =>
  orders.filter(({ submittedAt }) => submittedAt >= from && submittedAt <= until);

const decision = ({ submittedAt, instrumentId, side, kind, quantity }: OrderRecord): Decision => ({
  at: submittedAt,
  instrumentId,
  side,
  kind,
  quantity,
});

function compared(
  before: readonly OrderRecord[],
  after: readonly OrderRecord[],
  tolerance: number,
): Pick<ProbeRun, 'decisions' | 'changed' | 'examples'> {
  const examples: ProbeRun['examples'][number][] = [];
  let changed = 0;
  const most = Math.max(before.length, after.length);
  for (let i = 0; i < most; i++) {
    const [one, other] = [before[i], after[i]];
    if (one && other && isSame(one, other, tolerance)) continue;
    changed++;
    if (examples.length < mostExamples) {
      examples.push({ before: one ? decision(one) : null, after: other ? decision(other) : null });
    }
  }
  return { decisions: before.length, changed, examples };
}

function isSame(one: OrderRecord, other: OrderRecord, tolerance: number): boolean {
  const close = Math.abs(one.quantity - other.quantity) <= tolerance * Math.abs(one.quantity);
  return (
    close &&
    one.submittedAt === other.submittedAt &&
    one.instrumentId === other.instrumentId &&
    one.side === other.side &&
    one.kind === other.kind
  );
}
