import type {
  IgnoredRow,
  ImportedRow,
  ImportedTransaction,
  ParsedFile,
  RefusedRow,
} from '@plimsoll/ports';
import { refusedRow } from '../../importer-kit/index.ts';
import type { OfxFields } from './ofx-fields.ts';

/** Closings come after openings within a day: files list rows by kind, not by time. */
const closings = new Set(['sell', 'cover', 'delivery-out', 'withdrawal', 'redemption', 'fee']);

const sortKey = ({ transaction }: ImportedRow): string => {
  const rank = transaction.type === 'split' ? 0 : closings.has(transaction.type) ? 2 : 1;
  return `${transaction.effectiveAt}${rank}`;
};

/** Gathers what becomes of every transaction of a file. */
export class OfxBook {
  readonly #rows: ImportedRow[] = [];
  readonly #refused: RefusedRow[] = [];
  readonly #ignored: IgnoredRow[] = [];
  readonly #idsTaken = new Map<string, number>();

  take(
    parts: readonly [OfxFields, ...OfxFields[]],
    id: string,
    account: string | undefined,
    transaction: ImportedTransaction,
  ): void {
    const refusal = parts.map((part) => part.refusal).find((found) => found !== undefined);
    if (refusal) {
      this.#refuseAll(parts, refusal);
      return;
    }
    const lines = parts.map((part) => part.element.line);
    const key = `${account ?? ''}|${id}`;
    this.#idsTaken.set(key, (this.#idsTaken.get(key) ?? 0) + 1);
    this.#rows.push({
      line: Math.min(...lines),
      ...(lines.length > 1 ? { lines } : {}),
      ...(id === '' ? {} : { externalId: id }),
      ...(account === undefined ? {} : { account }),
      transaction,
    });
  }

  refuse(refusal: RefusedRow): void {
    this.#refused.push(refusal);
  }

  ignore(line: number, reason: string): void {
    this.#ignored.push({ line, reason });
  }

  #refuseAll(parts: readonly OfxFields[], refusal: RefusedRow): void {
    this.refuse(refusal);
    for (const { element } of parts.slice(1)) {
      this.refuse(
        refusedRow(element.line, {
          column: null,
          value: element.name,
          code: 'import.companion-refused',
          reason: `The transaction belongs to the one on line ${refusal.line}, which is refused.`,
          fix: `Mend line ${refusal.line}.`,
        }),
      );
    }
  }

  /** A bank may repeat an id; then it tells nothing and is left out. */
  #withOwnId(row: ImportedRow): ImportedRow {
    const { externalId, ...rest } = row;
    const key = `${row.account ?? ''}|${externalId}`;
    return externalId !== undefined && this.#idsTaken.get(key) === 1 ? row : rest;
  }

  finish(facts: Pick<ParsedFile, 'currency' | 'totals'>): ParsedFile {
    const rows = this.#rows.map((row) => ({ row: this.#withOwnId(row), key: sortKey(row) }));
    return {
      rows: rows
        .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
        .map(({ row }) => row),
      refused: this.#refused.toSorted((a, b) => a.line - b.line),
      ignored: this.#ignored.toSorted((a, b) => a.line - b.line),
      ...facts,
    };
  }
}
