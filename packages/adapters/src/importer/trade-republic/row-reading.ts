import type { ImportedTransaction } from '@plimsoll/ports';

/** What a row comes to: transactions in order, mostly one, or nothing for a reason. */
export type RowReading =
  | { readonly transactions: readonly ImportedTransaction[] }
  | { readonly ignored: string };
