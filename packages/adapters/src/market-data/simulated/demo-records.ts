import { type Instrument, plainInstrument } from '@plimsoll/domain';
import { addDays, type Day, present } from '@plimsoll/kernel';
import type { DemoRecords, DemoSource } from '@plimsoll/ports';
import { demoAccounts, demoTransactions } from './demo-transactions.ts';
import {
  type SimulatedListing,
  simulatedBenchmark,
  simulatedListings,
} from './simulated-instruments.ts';
import { SimulatedMarket, usualSeed } from './simulated-market.ts';

/** Prices are kept from so many years before the year in which the records begin. */
const yearsOfPricesBefore = 1;

/** Six years of an investor's records up to and including `asOf`, with the market they were made in. */
export function demoRecords(seed: number, asOf: Day): DemoRecords {
  const market = new SimulatedMarket(seed);
  const rows = demoTransactions(seed, asOf, market);
  const begins = present(rows[0], 'the first demo transaction').transaction.effectiveAt;
  const from = `${Number(begins.slice(0, 4)) - yearsOfPricesBefore}-01-01`;
  return {
    accounts: demoAccounts,
    instruments: simulatedListings.map((listing) => ({
      instrument: toInstrument(listing),
      bars: market.history(listing.symbol, from, addDays(asOf, 1))?.bars ?? null,
    })),
    benchmarkId: simulatedBenchmark,
    transactions: rows.map(({ account, transaction }) => ({
      account: present(account, 'the account of a demo row'),
      transaction,
    })),
  };
}

/** The demo workspace of who chooses no seed. */
export const demo: DemoSource = { build: (asOf) => demoRecords(usualSeed, asOf) };

/** Rates go by the name of their pair, by which valuation finds them. */
const toInstrument = ({ symbol, rate, ...listing }: SimulatedListing): Instrument =>
  plainInstrument({
    ...listing,
    id: symbol,
    symbol: rate ? `${rate.base}${rate.quote}` : symbol,
    simulated: true,
  });
