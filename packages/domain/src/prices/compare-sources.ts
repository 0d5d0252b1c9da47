import { dayFromNumber } from '@plimsoll/kernel';
import type { BarColumns } from './bar-columns.ts';
import { median } from './robust-scale.ts';

/** How two sources differ. */
export type SourceDifference =
  | 'none'
  | 'no-common-days'
  /** One is a hundred or a thousand times the other: pence and pounds. */
  | 'unit'
  | 'constant-factor'
  /** The ratio changes at a few days only: one is adjusted for actions, the other is not. */
  | 'adjustment'
  | 'shifted-by-a-day'
  /** The ratio moves every day, but less than the prices: two currencies. */
  | 'currency'
  | 'truly';

export interface SourceComparison {
  readonly difference: SourceDifference;
  /** Days that both have a close of. */
  readonly commonDays: number;
  /** Share of the common days whose closes differ by more than the tolerance. */
  readonly differing: number;
  /** Median of the first's close ÷ the second's. */
  readonly ratio: number;
  /** Days on which the ratio of the closes changes for good, oldest first; for `adjustment`. */
  readonly changes: readonly number[];
  /** One sentence with the figures. */
  readonly detail: string;
}

/** This share of the days may be wrong by chance without changing the picture. */
const chance = 0.02;
/** The ratio of an adjusted to an unadjusted series changes on at most this share of the days. */
const fewChanges = 0.05;
/** Of two currencies the rate moves less than the price does. */
const rateOfPrice = 0.8;

/**
 * Compares the closes of two sources on their common days, and says how they differ.
 *
 * @param tolerance As a share of the price, above 0.
 */
export function compareSources(a: BarColumns, b: BarColumns, tolerance: number): SourceComparison {
  const common = commonCloses(a, b);
  const n = common.days.length;
  const logs = common.first.map((value, i) => Math.log(value / (common.second[i] as number)));
  const base = {
    commonDays: n,
    differing: n === 0 ? Number.NaN : shareOf(logs, (log) => Math.abs(log) > tolerance),
    ratio: Math.exp(median(Array.from(logs))),
    changes: [],
  };
  if (n === 0) {
    return { ...base, difference: 'no-common-days', detail: 'The sources have no day in common.' };
  }
  if (base.differing === 0) {
    return { ...base, difference: 'none', detail: `The closes agree on all ${n} common days.` };
  }
  const found =
    factorOf(logs, base.ratio, tolerance) ??
    (base.differing > 0.5 ? shiftOf(common, tolerance) : null) ??
    adjustmentOf(logs, common.days, tolerance) ??
    currencyOf(logs, common.first, base.ratio, tolerance);
  if (found !== null) return { ...base, ...found };
  const detail = `The closes differ on ${percent(base.differing)} of ${n} common days, by up to ${percent(largest(logs))}.`;
  return { ...base, difference: 'truly', detail };
}

type Finding = Pick<SourceComparison, 'difference' | 'detail'> & Partial<SourceComparison>;

function factorOf(logs: Float64Array, ratio: number, tolerance: number): Finding | null {
  const middle = Math.log(ratio);
  if (Math.abs(middle) <= tolerance) return null;
  if (shareOf(logs, (log) => Math.abs(log - middle) > tolerance) > chance) return null;
  const isUnit = [100, 0.01, 1000, 0.001].some((unit) => Math.abs(ratio / unit - 1) < 0.01);
  const times = `The first source's closes are ${figure(ratio)} times the second's`;
  return isUnit
    ? {
        difference: 'unit',
        detail: `${times}: another unit of the currency, such as pence and pounds.`,
      }
    : {
        difference: 'constant-factor',
        detail: `${times} on all days: another basis of splits, or another share class.`,
      };
}

function shiftOf({ first, second }: CommonCloses, tolerance: number): Finding | null {
  const shift = [1, -1].find((by) => shiftedShare(first, second, by, tolerance) <= chance);
  if (shift === undefined) return null;
  const side = shift === 1 ? 'before' : 'after';
  const detail = `The first source's closes are the second's of the day ${side}.`;
  return { difference: 'shifted-by-a-day', detail };
}

function adjustmentOf(
  logs: Float64Array,
  days: readonly number[],
  tolerance: number,
): Finding | null {
  const changes = stepsOf(logs, tolerance);
  const isFew = changes.length > 0 && changes.length <= fewChanges * logs.length;
  if (!isFew || !isLasting(logs, changes, tolerance)) return null;
  const named = changes.slice(0, 3).map((i) => dayFromNumber(days[i] as number));
  const list = `${named.join(', ')}${changes.length > 3 ? ', …' : ''}`;
  return {
    difference: 'adjustment',
    changes: changes.map((i) => days[i] as number),
    detail: `The ratio of the closes changes on few days only (${list}): the sources are adjusted differently for splits or dividends.`,
  };
}

function currencyOf(
  logs: Float64Array,
  first: Float64Array,
  ratio: number,
  tolerance: number,
): Finding | null {
  if (!movesLess(logs, first, tolerance)) return null;
  return {
    difference: 'currency',
    detail: `The ratio of the closes, about ${figure(ratio)}, moves from day to day, but less than the prices: the sources quote in two currencies.`,
  };
}

interface CommonCloses {
  readonly days: readonly number[];
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function commonCloses(a: BarColumns, b: BarColumns): CommonCloses {
  const days: number[] = [];
  const first: number[] = [];
  const second: number[] = [];
  let j = 0;
  for (let i = 0; i < a.days.length; i++) {
    const day = a.days[i] as number;
    while (j < b.days.length && (b.days[j] as number) < day) j++;
    const [x, y] = [a.close[i] as number, b.close[j] as number];
    if (b.days[j] !== day || !(x > 0 && y > 0)) continue;
    days.push(day);
    first.push(x);
    second.push(y);
  }
  return { days, first: Float64Array.from(first), second: Float64Array.from(second) };
}

function shareOf(values: Float64Array, test: (value: number) => boolean): number {
  let count = 0;
  for (const value of values) if (test(value)) count++;
  return values.length === 0 ? 0 : count / values.length;
}

/** Share of days on which the first's close is not the second's of `by` days before. */
function shiftedShare(
  first: Float64Array,
  second: Float64Array,
  by: number,
  tolerance: number,
): number {
  let differing = 0;
  let pairs = 0;
  for (let i = Math.max(0, by); i < first.length + Math.min(0, by); i++) {
    const log = Math.log((first[i] as number) / (second[i - by] as number));
    if (Math.abs(log) > tolerance) differing++;
    pairs++;
  }
  return pairs < 3 ? 1 : differing / pairs;
}

/** Places where the log ratio steps by more than twice the tolerance. */
function stepsOf(logs: Float64Array, tolerance: number): number[] {
  const steps: number[] = [];
  for (let i = 1; i < logs.length; i++) {
    if (Math.abs((logs[i] as number) - (logs[i - 1] as number)) > 2 * tolerance) steps.push(i);
  }
  return steps;
}

/** Whether the ratio keeps its new level after most steps, rather than coming back the next day. */
function isLasting(logs: Float64Array, steps: readonly number[], tolerance: number): boolean {
  const lasting = steps.filter((at) => {
    const step = (logs[at] as number) - (logs[at - 1] as number);
    const next = (logs[at + 1] ?? (logs[at] as number)) - (logs[at] as number);
    return Math.abs(next) <= 2 * tolerance || Math.sign(next) === Math.sign(step);
  });
  return lasting.length > steps.length / 2;
}

function movesLess(logs: Float64Array, first: Float64Array, tolerance: number): boolean {
  let ratioMoves = 0;
  let priceMoves = 0;
  let moved = 0;
  for (let i = 1; i < logs.length; i++) {
    const change = Math.abs((logs[i] as number) - (logs[i - 1] as number));
    ratioMoves += change;
    priceMoves += Math.abs(Math.log((first[i] as number) / (first[i - 1] as number)));
    if (change > tolerance / 100) moved++;
  }
  return moved > 0.8 * (logs.length - 1) && ratioMoves < rateOfPrice * priceMoves;
}

const largest = (logs: Float64Array): number =>
  logs.reduce((most, log) => Math.max(most, Math.abs(Math.expm1(log))), 0);
const figure = (value: number): string => String(Number(value.toPrecision(4)));
const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
