import { dailyReturns, linkReturns } from '@plimsoll/analytics';
import {
  dailyValues,
  LedgerFold,
  PriceBook,
  RateBook,
  type RateSeries,
  valueBook,
} from '@plimsoll/domain';
import { line, megabytes, ms, take, title } from '../report.ts';
import { accountId, type LedgerSize, type MadeLedger, makeLedger } from './make-ledger.ts';

/** A float64 addition and multiplication from cache: what daily valuation cannot beat. */
const floorNsPerCell = 0.5;

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

/** Growth of time and memory with the number of transactions; each day is applied and forgotten. */
export async function run(): Promise<void> {
  title(
    'Fold a ledger into lots, cash and gains; value every day; link returns (100 symbols × 10 years)',
  );
  line(
    'transactions',
    'fold',
    'per transaction',
    'daily values',
    'per cell',
    '× floor',
    'peak RSS',
  );
  for (const transactions of [1_000, 5_000, 50_000, 200_000, 1_000_000]) {
    const size: LedgerSize = { symbols: 100, years: 10, transactions };
    const made = makeLedger(size);
    const generated = await take(() => {
      let count = 0;
      for (const day of made.days()) count += day.length;
      return count;
    });
    const folded = await take(() => compute(made));
    const { book, applied } = folded.result;
    const foldMs = Math.max(0, folded.cpuMs - generated.cpuMs);
    const [first = 0] = [...book.lines].map(({ days }) => days[0] ?? 0);
    const daily = await take(() => dailyValues(book, first, made.lastDay));
    const cells = daily.result.lines.length * daily.result.value.length;
    const linked = await take(() => {
      const returns = new Float64Array(daily.result.value.length);
      dailyReturns(daily.result, returns);
      return linkReturns(returns);
    });
    const nsPerCell = (daily.wallMs * 1e6) / cells;
    line(
      `${applied} (TWR ${(100 * linked.result).toFixed(1)} %, ${valueBook(book, made.lastDay).holdings.length} held)`,
      ms(foldMs),
      ms(foldMs / applied),
      ms(daily.wallMs),
      `${nsPerCell.toFixed(2)} ns`,
      `${(nsPerCell / floorNsPerCell).toFixed(1)}`,
      megabytes(process.resourceUsage().maxRSS * 1024),
    );
  }
}
