import { addDays, type Day, dayNumber, weekday } from '@plimsoll/kernel';

/** A day of the standard series; a cell may be anything that a provider may write. */
export interface StandardDay {
  readonly day: unknown;
  readonly open: unknown;
  readonly high: unknown;
  readonly low: unknown;
  readonly close: unknown;
  readonly adjustedClose: unknown;
  readonly volume: unknown;
}

export interface StandardBar {
  /** Start, milliseconds. */
  readonly from: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** What a fake provider knows; the same for all of them. */
export interface StandardMarket {
  /** The key that it accepts. */
  readonly key: string;
  /** Oldest first, unless something is wrong with it. */
  readonly days: readonly StandardDay[];
  readonly dividends: readonly { readonly day: Day; readonly amount: number }[];
  readonly splits: readonly { readonly day: Day; readonly ratio: number }[];
  readonly quote: {
    readonly at: number;
    readonly last: unknown;
    readonly bid: number;
    readonly ask: number;
    readonly previousClose: number;
  };
  readonly bars: (lengthMs: number) => readonly StandardBar[];
  /** What the reply says it is about, where not what was asked for. */
  readonly symbolInReply?: string;
  /** A field that no documentation knows, in each row. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

const start = '2026-03-02';
export const standardFrom: Day = start;
export const standardUntil: Day = '2026-04-11';
/** The clock of the kit: when the series is some weeks old. */
export const standardNowMs = Date.parse('2026-06-01T12:00:00Z');

function standardDays(): StandardDay[] {
  const days: StandardDay[] = [];
  for (let day: Day = start; days.length < 30; day = addDays(day, 1)) {
    if (weekday(dayNumber(day)) > 4) continue;
    const close = 100 + days.length * 1.25;
    days.push({
      day,
      open: close - 0.5,
      high: close + 1.5,
      low: close - 1.75,
      close,
      adjustedClose: close,
      volume: 1_000_000 + days.length,
    });
  }
  return days;
}

const firstBarMs = Date.parse('2026-03-10T15:00:00Z');

const bars = (lengthMs: number): StandardBar[] =>
  Array.from({ length: 12 }, (_, i) => ({
    from: firstBarMs + i * lengthMs,
    open: 100 + i,
    high: 102 + i,
    low: 99.5 + i,
    close: 101 + i,
    volume: 500 + i,
  }));

export const standardMarket: StandardMarket = {
  key: 'k-7f3a/9d+2=Zz',
  days: standardDays(),
  dividends: [{ day: '2026-03-12', amount: 0.25 }],
  splits: [{ day: '2026-03-24', ratio: 4 }],
  quote: {
    at: Date.parse('2026-06-01T11:59:30Z'),
    last: 131.25,
    bid: 131.2,
    ask: 131.3,
    previousClose: 130.5,
  },
  bars,
};

/** The market with some cells of one day written otherwise. */
export function withDay(at: number, cells: Partial<StandardDay>): StandardMarket {
  const days = standardMarket.days.map((day, i) => (i === at ? { ...day, ...cells } : day));
  return { ...standardMarket, days };
}
