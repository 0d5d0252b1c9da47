import type { ColumnMapping } from '@plimsoll/client';
import type {
  Format,
  ImportPreview,
  ImportSummary,
  InstrumentMatch,
  PreviewRow,
  Problem,
} from '@plimsoll/contracts';

/** A price file has a day and a close and no type: `date,open,high,low,close,adj_close,volume`. */
export function looksLikePrices(name: string, head: string): boolean {
  const first = head.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';
  const titles = first
    .toLowerCase()
    .split(/[,;\t]/)
    .map((title) => title.trim().replace(/^"|"$/g, ''));
  if (titles.length < 2) return /prices?[\w-]*\.csv\.gz$/i.test(name);
  return titles.includes('date') && titles.includes('close') && !titles.includes('type');
}

export const statuses = ['add', 'refused', 'duplicate', 'ignored'] as const;
export type Status = PreviewRow['status'];

export const statusLabel: Readonly<Record<Status, string>> = {
  add: 'To add',
  refused: 'Refused',
  duplicate: 'Known already',
  ignored: 'Not a transaction',
};

/** How many rows of each status there are, also beyond those that are listed. */
export function countsOf(preview: ImportPreview): Readonly<Record<Status, number>> {
  return {
    add: preview.added,
    refused: preview.refused.length,
    duplicate: preview.skipped,
    ignored: preview.ignored,
  };
}

/** What the one button does. */
export type Verdict =
  | { readonly kind: 'map' | 'nothing' | 'known' | 'all' | 'none-valid' }
  | { readonly kind: 'valid'; readonly refused: number };

export function verdictOf(preview: ImportPreview): Verdict {
  const refused = preview.refused.length;
  if (preview.suggestedMapping !== null && preview.added === 0) return { kind: 'map' };
  if (preview.added > 0) return refused > 0 ? { kind: 'valid', refused } : { kind: 'all' };
  if (refused > 0) return { kind: 'none-valid' };
  return { kind: preview.skipped > 0 ? 'known' : 'nothing' };
}

/** What was done, in a sentence. */
export function outcomeOf(summary: ImportSummary): string {
  const count = (rows: number, one: string, more: string) => `${rows} ${rows === 1 ? one : more}`;
  const parts = [`${count(summary.added, 'transaction was', 'transactions were')} added`];
  if (summary.skipped > 0) parts.push(`${summary.skipped} known already`);
  if (summary.refused.length > 0)
    parts.push(`${count(summary.refused.length, 'row', 'rows')} left out`);
  return `${parts.join(', ')}.`;
}

/** The summary that an `import.refused` problem carries. */
export function summaryOfProblem(problem: Problem): ImportSummary | null {
  const summary = problem['summary'];
  return typeof summary === 'object' && summary !== null && 'refused' in summary
    ? (summary as ImportSummary)
    : null;
}

/** The account a file goes to at first: the only one, else one named like the broker. */
export function suggestAccount(
  accounts: readonly { readonly name: string }[],
  broker: string,
): string {
  if (accounts.length === 1) return accounts[0]?.name ?? broker;
  const same = accounts.find(({ name }) => name.toLowerCase() === broker.toLowerCase());
  return same?.name ?? broker;
}

/** `DEGIRO` of `DEGIRO account statement (CSV)`: the broker, as an account is named after it. */
export function brokerOf(format: string, formats: readonly Format[]): string {
  const title = formats.find(({ id }) => id === format)?.title ?? '';
  if (title === '' || /plimsoll|any csv|mapp|ofx/i.test(`${format} ${title}`)) return 'My account';
  const plain = title
    .replace(/\s*\(.*\)\s*$/, '')
    .replace(
      /\s+(?:account|transaction|activity|statement|history|export|report|orders?|csv|xml|json|flex|of)\b.*$/i,
      '',
    );
  return plain.trim() || title;
}

/** The fields of the native CSV that a column can mean. */
export const mappableFields = [
  ['date', 'Date', true],
  ['type', 'Type', true],
  ['symbol', 'Symbol', false],
  ['isin', 'ISIN', false],
  ['name', 'Name', false],
  ['quantity', 'Quantity', false],
  ['price', 'Price', false],
  ['amount', 'Amount', false],
  ['fee', 'Fee', false],
  ['tax', 'Tax', false],
  ['currency', 'Currency', false],
  ['note', 'Note', false],
] as const;

/** What a mapping still lacks before it can be tried; null when nothing. */
export function mappingFault(mapping: ColumnMapping): string | null {
  const missing = mappableFields.filter(
    ([field, , needed]) => needed && !mapping.columns[field] && !mapping.constants?.[field],
  );
  if (missing.length > 0) {
    return `Say which column is the ${missing.map(([, label]) => label.toLowerCase()).join(' and the ')}`;
  }
  if (mapping.name.trim() === '') return 'Give the mapping a name, so that it is found again';
  return null;
}

/** The mapping with one field moved to another column, or to none. */
export function withColumn(mapping: ColumnMapping, field: string, column: string): ColumnMapping {
  const { [field]: _before, ...columns } = mapping.columns;
  return { ...mapping, columns: column === '' ? columns : { ...columns, [field]: column } };
}

/** Those that the files name and we do not know, most rows first. */
export function newInstruments(matches: readonly InstrumentMatch[]): InstrumentMatch[] {
  return matches.filter(({ status }) => status === 'new').sort((a, b) => b.rows - a.rows);
}
