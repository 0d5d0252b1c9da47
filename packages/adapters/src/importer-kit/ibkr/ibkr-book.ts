import type {
  IgnoredRow,
  ImportedRow,
  ImportedTransaction,
  ParsedFile,
  RefusedRow,
} from '@plimsoll/ports';
import { refusedRow } from '../row.ts';
import type { IbkrReading } from './ibkr-reading.ts';

interface Entry {
  readonly row: ImportedRow;
  readonly account: string;
}

const uniqueId = (reading: IbkrReading): string =>
  reading.text('transactionID').replace(/^N\/A$/, '');

/** Before a day's timed rows comes what takes effect at the open or has no time. */
const stamp = ({ transaction }: ImportedRow): string =>
  `${transaction.effectiveAt}T${transaction.time ?? ''}`;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Gathers what becomes of every record of a report. */
export class IbkrBook {
  readonly #entries: Entry[] = [];
  readonly #refused: RefusedRow[] = [];
  readonly #ignored: IgnoredRow[] = [];
  readonly #idsTaken = new Map<string, number>();

  /** Books what the records together come to, or refuses them all if one cannot be read. */
  take(readings: readonly [IbkrReading, ...IbkrReading[]], transaction: ImportedTransaction): void {
    const [first] = readings;
    const refusal = readings.map((reading) => reading.refusal).find((found) => found !== undefined);
    if (refusal) {
      this.#refuseAll(readings, refusal);
      return;
    }
    const lines = readings.map((reading) => reading.record.line).toSorted((a, b) => a - b);
    const id = uniqueId(first);
    this.#idsTaken.set(id, (this.#idsTaken.get(id) ?? 0) + 1);
    const row: ImportedRow = {
      line: lines[0] ?? first.record.line,
      ...(lines.length > 1 ? { lines } : {}),
      ...(id === '' ? {} : { externalId: id }),
      transaction,
    };
    this.#entries.push({ row, account: first.record.accountId });
  }

  /** Refuses the records together, for a fault that has been noted on one of them. */
  refuse(readings: readonly IbkrReading[]): void {
    const refusal = readings.map((reading) => reading.refusal).find((found) => found !== undefined);
    if (refusal) this.#refuseAll(readings, refusal);
  }

  refuseRow(refusal: RefusedRow): void {
    this.#refused.push(refusal);
  }

  ignore(line: number, reason: string): void {
    this.#ignored.push({ line, reason });
  }

  #refuseAll(readings: readonly IbkrReading[], refusal: RefusedRow): void {
    this.#refused.push(refusal);
    for (const { record } of readings) {
      if (record.line === refusal.line) continue;
      this.#refused.push(
        refusedRow(record.line, {
          column: null,
          value: refusal.value,
          code: 'import.companion-refused',
          reason: `The row belongs to the one on line ${refusal.line}, which is refused.`,
          fix: `Mend line ${refusal.line}.`,
        }),
      );
    }
  }

  /** The parsed file: oldest first, with account names only where there are several. */
  finish(facts: Pick<ParsedFile, 'currency' | 'totals'>): ParsedFile {
    const several = new Set(this.#entries.map(({ account }) => account)).size > 1;
    const rows = this.#entries.map(({ row, account }) => {
      const { externalId, ...rest } = row;
      const isUnique = externalId !== undefined && this.#idsTaken.get(externalId) === 1;
      return {
        ...rest,
        ...(isUnique ? { externalId } : {}),
        ...(several && account !== '' ? { account } : {}),
      };
    });
    return {
      rows: rows.toSorted((a, b) => compare(stamp(a), stamp(b)) || a.line - b.line),
      refused: this.#refused.toSorted((a, b) => a.line - b.line),
      ignored: this.#ignored.toSorted((a, b) => a.line - b.line),
      ...facts,
    };
  }
}
