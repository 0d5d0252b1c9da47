import type { Currency } from '@plimsoll/domain';
import type {
  IgnoredRow,
  ImportedRow,
  ParsedFile,
  RefusedRow,
  StatedTotals,
} from '@plimsoll/ports';
import { type Complaint, type Read, refusedRow } from './row.ts';

/** What reading one row, or rows that belong together, comes to. */
export type Outcome = { readonly row: ImportedRow } | { readonly ignored: string };

/** Gathers what becomes of every line of a file. */
export class Reading {
  private readonly rows: ImportedRow[] = [];
  private readonly refused: RefusedRow[];
  private readonly ignored: IgnoredRow[] = [];

  constructor(refused: readonly RefusedRow[] = []) {
    this.refused = [...refused];
  }

  take(row: ImportedRow): void {
    this.rows.push(row);
  }

  refuse(refusal: RefusedRow): void {
    this.refused.push(refusal);
  }

  ignore(line: number, reason: string): void {
    this.ignored.push({ line, reason });
  }

  /** Books the outcome of the rows on `lines`; a refusal of one is a refusal of each. */
  settle(lines: readonly number[], outcome: Read<Outcome>): void {
    if (!outcome.ok) {
      this.refuse(outcome.fault);
      const others = lines.filter((line) => line !== outcome.fault.line);
      for (const line of others) this.refuse(refusedRow(line, companionOf(outcome.fault)));
    } else if ('row' in outcome.value) {
      this.take(outcome.value.row);
    } else {
      for (const line of lines) this.ignore(line, outcome.value.ignored);
    }
  }

  /** The parsed file, its rows in the order in which they happened. */
  finish(
    facts: { readonly currency?: Currency; readonly totals?: StatedTotals } = {},
    usual: FileOrder = 'oldest-first',
  ): ParsedFile {
    return {
      rows: inTimeOrder(this.rows, usual),
      refused: this.refused.toSorted((a, b) => a.line - b.line),
      ignored: this.ignored.toSorted((a, b) => a.line - b.line),
      ...facts,
    };
  }
}

const companionOf = (refusal: RefusedRow): Complaint => ({
  column: null,
  value: refusal.value,
  code: 'import.companion-refused',
  reason: `The row belongs to the one on line ${refusal.line}, which is refused.`,
  fix: `Mend line ${refusal.line}.`,
});

const stamp = (row: ImportedRow): string =>
  `${row.transaction.effectiveAt}T${row.transaction.time ?? ''}`;

/** The order in which a format lists its rows. */
export type FileOrder = 'oldest-first' | 'newest-first';

/** Whether more neighbours go back in time than forward; the usual order where none shows. */
function isNewestFirst(rows: readonly ImportedRow[], usual: FileOrder): boolean {
  let balance = 0;
  rows.forEach((row, at) => {
    const before = rows[at - 1];
    if (!before) return;
    if (stamp(before) > stamp(row)) balance++;
    if (stamp(before) < stamp(row)) balance--;
  });
  return balance === 0 ? usual === 'newest-first' : balance > 0;
}

/**
 * Oldest first. Rows of one day go by time where all of that day have one, else in the file's
 * order, which is turned round where the file lists the newest first. A file of a single day does
 * not show its order; then it is the `usual` one of the format.
 */
export function inTimeOrder(
  rows: readonly ImportedRow[],
  usual: FileOrder = 'oldest-first',
): readonly ImportedRow[] {
  const forward = rows.toSorted((a, b) => a.line - b.line);
  // Sorted rather than reversed: transactions of one and the same line keep their order.
  const ordered = isNewestFirst(forward, usual)
    ? rows.toSorted((a, b) => b.line - a.line)
    : forward;
  const timeless = new Set<string>();
  for (const { transaction } of rows) {
    if (transaction.time === undefined) timeless.add(transaction.effectiveAt);
  }
  const key = (row: ImportedRow): string =>
    timeless.has(row.transaction.effectiveAt) ? row.transaction.effectiveAt : stamp(row);
  return ordered
    .map((row) => ({ row, key: key(row) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
}

/** The answer for a file that cannot be read at all: one refusal on line 1. */
export const wholeFileRefused = (complaint: Omit<Complaint, 'column'>): ParsedFile => ({
  rows: [],
  refused: [refusedRow(1, { column: null, ...complaint })],
  ignored: [],
});

/** The same for a file without the header that the format has. */
export const headerMissing = (text: string, titles: readonly string[]): ParsedFile =>
  wholeFileRefused({
    value: /[^\r\n]*\S[^\r\n]*/.exec(text.slice(0, 4096))?.[0] ?? '',
    code: 'import.no-header',
    reason: `No line of the file has the columns ${titles.join(', ')}.`,
    fix: 'Choose the right format, or export the file again with its header line.',
  });
