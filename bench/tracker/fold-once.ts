import { dailyReturns, linkReturns } from '@plimsoll/analytics';
import {
  dailyValues,
  LedgerFold,
  PriceBook,
  RateBook,
  type RateSeries,
  valueBook,
} from '@plimsoll/domain';
import { take } from '../report.ts';
import { accountId, type LedgerSize, type MadeLedger, makeLedger } from './make-ledger.ts';

function rateSeries({ instruments, prices }: MadeLedger): RateSeries[] {
  return instruments.flatMap(({ id, kind, symbol, currency }) => {
    const series = prices.get(id);
    if (kind !== 'fx' || symbol === undefined || !series) return [];
    return [
      {
        base: symbol.slice(0, 3),
        quote: currency,
        days: series.days,
        close: series.close,
        source: 'bench',
      },
    ];
  });
}

function compute(made: MadeLedger): {
  readonly book: LedgerFold['book'];
  readonly applied: number;
} {
  const account = {
    id: accountId,
    name: 'Bench',
    currency: 'EUR',
    lotMethod: 'fifo',
    cash: 'tracked',
    fees: 'capitalised',
    allowShort: false,
  } as const;
  const fold = new LedgerFold({
    currency: 'EUR',
    accounts: [account],
    instruments: new Map(made.instruments.map((one) => [one.id, one])),
    scope: new Set([accountId]),
    cashTracked: new Set([accountId]),
    rates: new RateBook('EUR', rateSeries(made)),
    prices: new PriceBook(
      new Map(
        [...made.prices].map(([id, { days, close }]) => [id, { days, close, source: 'bench' }]),
      ),
    ),
  });
  let applied = 0;
  for (const day of made.days()) {
    fold.applyDay(day);
    applied += day.length;
  }
  return { book: fold.finish().book, applied };
}

/** What one size took; printed as one line of JSON for the bench that asked. */
export interface FoldReport {
  readonly applied: number;
  readonly held: number;
  readonly foldMs: number;
  readonly dailyMs: number;
  readonly cells: number;
  readonly growth: number;
  readonly peakBytes: number;
}

async function measure(transactions: number): Promise<FoldReport> {
  const size: LedgerSize = { symbols: 100, years: 10, transactions };
  const made = makeLedger(size);
  const generated = await take(() => {
    let count = 0;
    for (const day of made.days()) count += day.length;
    return count;
  });
  const folded = await take(() => compute(made));
  const { book, applied } = folded.result;
  const first = Math.min(...[...book.lines].map(({ days }) => days[0] ?? Number.POSITIVE_INFINITY));
  const daily = await take(() => dailyValues(book, first, made.lastDay));
  const returns = new Float64Array(daily.result.value.length);
  dailyReturns(daily.result, returns);
  return {
    applied,
    held: valueBook(book, made.lastDay).holdings.length,
    foldMs: Math.max(0, folded.cpuMs - generated.cpuMs),
    dailyMs: daily.cpuMs,
    cells: daily.result.lines.length * daily.result.value.length,
    growth: linkReturns(returns),
    peakBytes: process.resourceUsage().maxRSS * 1024,
  };
}

process.stdout.write(`${JSON.stringify(await measure(Number(process.argv[2])))}\n`);
