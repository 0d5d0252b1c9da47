import type { Transaction } from '@plimsoll/domain';
import { type NativeNames, nativeEntries } from './native-entries.ts';
import { writeNativeCsv } from './write-native-csv.ts';

/** The record as native CSV, in the order given. */
export const exportNativeCsv = (transactions: readonly Transaction[], names: NativeNames): string =>
  writeNativeCsv(nativeEntries(transactions, names));
