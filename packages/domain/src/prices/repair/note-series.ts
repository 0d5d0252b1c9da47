import { dayFromNumber } from '@plimsoll/kernel';
import type { BarColumns } from '../bar-columns.ts';
import { type BarGap, findGaps } from '../find-gaps.ts';
import { findMissingSplits } from '../find-missing-splits.ts';
import { findTickerReuse } from '../find-ticker-reuse.ts';
import type { PriceAction, PriceFacts } from './price-action.ts';
import type { QualityNote } from './price-repair.ts';

/** Runs of fewer days without a bar are told as one. */
const longGap = 5;
/** So many long runs are told one by one. */
const mostGaps = 20;

/** What is odd about an accepted series as a whole: holes, splits nobody recorded, a reused symbol. */
export function noteSeries(
  bars: BarColumns,
  actions: readonly PriceAction[],
  facts: PriceFacts,
): QualityNote[] {
  const splits = findMissingSplits(bars, actions).map(
    ({ day, detail }): QualityNote => ({ day, kind: 'suspect-split', detail }),
  );
  const reuse = findTickerReuse(bars).map(
    ({ day, detail }): QualityNote => ({ day, kind: 'ticker-reuse', detail }),
  );
  const gaps = facts.tradingDays === null ? [] : noteGaps(findGaps(bars.days, facts.tradingDays));
  return [...splits, ...reuse, ...gaps];
}

function noteGaps(gaps: readonly BarGap[]): QualityNote[] {
  const long = gaps.filter(({ tradingDays }) => tradingDays >= longGap).slice(0, mostGaps);
  const told = new Set(long);
  const rest = gaps.filter((gap) => !told.has(gap));
  const notes = long.map(
    ({ from, until, tradingDays }): QualityNote => ({
      day: from,
      kind: 'gap',
      detail: `No bars for ${tradingDays} trading days from ${dayFromNumber(from)} until ${dayFromNumber(until)}.`,
    }),
  );
  const [first] = rest;
  if (first !== undefined) {
    const days = rest.reduce((sum, { tradingDays }) => sum + tradingDays, 0);
    notes.push({
      day: first.from,
      kind: 'gap',
      detail: `No bars on ${counted(days, 'more trading day')} in ${counted(rest.length, 'place')}, the first on ${dayFromNumber(first.from)}.`,
    });
  }
  return notes;
}

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;
