import { exportNativeCsv } from '@plimsoll/adapters/native-csv';
import { present } from '@plimsoll/kernel';
import { makeLedger } from '../tracker/make-ledger.ts';

/** A native CSV of so many transactions of an invented investor: 100 symbols, ten years. */
export function makeCsv(transactions: number): string {
  const made = makeLedger({ symbols: 100, years: 10, transactions });
  const instruments = new Map(made.instruments.map((one) => [one.id, one]));
  return exportNativeCsv([...made.days()].flat(), {
    account: () => 'Bench',
    instrument: (id) => present(instruments.get(id), id),
  });
}
