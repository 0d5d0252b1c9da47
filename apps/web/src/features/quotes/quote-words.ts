import type { Quote } from '@plimsoll/contracts';

/** How a live price is shown. Null where there is none: a close is no live price. */
export interface LiveMark {
  /** In the currency itself, also where it is quoted in pence. */
  readonly price: string;
  readonly currency: string;
  /** Since the previous close, a fraction; null where that is not known. */
  readonly change: number | null;
  readonly tone: 'live' | 'stale';
  /** What is to be known of it, the most important first: `simulated`, `delayed`, `stale, 5 min`. */
  readonly words: readonly string[];
  /** The whole of it, for who points at it or listens. */
  readonly title: string;
}

const minute = 60;

/** `now`, `40 s`, `3 min`, `2 h`, `4 days`. */
export function ageText(seconds: number): string {
  if (seconds < 10) return 'now';
  if (seconds < minute) return `${Math.floor(seconds / 10) * 10} s`;
  if (seconds < 60 * minute) return `${Math.floor(seconds / minute)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}

/** Beyond this a price says how old it is, also while its provider is heard. */
const quietSeconds = 60;

/** A live price with what must be known of it. */
export function liveMark(quote: Quote | undefined, nowMs: number): LiveMark | null {
  if (quote === undefined || (quote.state !== 'live' && quote.state !== 'stale')) return null;
  const raw = quote.last ?? middle(quote);
  if (raw === null) return null;
  const seconds = quote.at === null ? null : Math.max(0, (nowMs - Date.parse(quote.at)) / 1000);
  const isStale = quote.state === 'stale';
  const age = seconds === null ? '' : ageText(seconds);
  const words = [
    ...(quote.simulated ? ['simulated'] : []),
    ...(isStale ? ['stale'] : []),
    ...(quote.delayed ? ['delayed'] : []),
    ...(age !== '' && (isStale || quote.delayed || (seconds ?? 0) >= quietSeconds) ? [age] : []),
  ];
  const { previousClose } = quote;
  return {
    price: plainText(raw * quote.priceFactor),
    currency: quote.currency,
    change: previousClose === null || previousClose <= 0 ? null : raw / previousClose - 1,
    tone: isStale ? 'stale' : 'live',
    words,
    title: titleOf(quote, age),
  };
}

/** Between bid and ask, where nothing traded yet. */
const middle = ({ bid, ask }: Quote): number | null =>
  bid === null || ask === null ? null : (bid + ask) / 2;

function titleOf(quote: Quote, age: string): string {
  const when = age === '' ? '' : age === 'now' ? ', of this moment' : `, ${age} old`;
  const how = quote.state === 'stale' ? 'Last known live price' : 'Live price';
  const from = quote.source === null ? '' : ` from ${quote.source}`;
  const marks = [
    ...(quote.simulated ? ['Simulated.'] : []),
    ...(quote.delayed ? ['Delayed.'] : []),
    ...(quote.note === '' ? [] : [quote.note]),
  ];
  return [`${how}${from}${when}. Values count by closes.`, ...marks].join(' ');
}

/** A float as decimal text: four decimals, eight of what is less than one, no zeros at the end. */
function plainText(value: number): string {
  const text = value.toFixed(Math.abs(value) >= 1 ? 4 : 8);
  return text.replace(/0+$/, '').replace(/\.$/, '');
}
