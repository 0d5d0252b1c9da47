import type {
  EtlAction,
  EtlFigure,
  EtlFund,
  EtlInstrument,
  EtlKind,
  EtlPrices,
  EtlReading,
  EtlReadOptions,
  EtlReference,
  EtlRefusal,
  EtlSource,
  IndexMember,
} from '@plimsoll/ports';
import { cellAt, columnFor, type FoundTable } from './find-table.ts';
import { type RawRow, shownRow } from './raw-table.ts';

/** What has been read so far. */
export interface ReadingState {
  readonly options: EtlReadOptions;
  readonly sources: EtlSource[];
  readonly prices: EtlPrices[];
  readonly figures: EtlFigure[];
  readonly funds: EtlFund[];
  readonly references: EtlReference[];
  readonly members: IndexMember[];
  readonly actions: EtlAction[];
  readonly refused: EtlRefusal[];
}

export const emptyState = (options: EtlReadOptions): ReadingState => ({
  options,
  sources: [],
  prices: [],
  figures: [],
  funds: [],
  references: [],
  members: [],
  actions: [],
  refused: [],
});

export const toReading = (kind: EtlKind, { options: _, ...read }: ReadingState): EtlReading => ({
  kind,
  ...read,
});

/** Notes how a table was understood. */
export function noteSource(
  state: ReadingState,
  table: FoundTable,
  { layout, notes }: { readonly layout: string; readonly notes: readonly string[] },
): void {
  state.sources.push({
    file: table.file,
    table: table.name,
    layout,
    rows: table.rows.length,
    columns: table.columns
      .filter(({ title }) => title !== '')
      .map(({ title, meaning }) => ({ title, meaning: meaning ?? title })),
    notes: [...notes],
  });
}

/** Refuses a row, with what to do about it. */
export function refuseRow(
  state: ReadingState,
  { table, row, fix }: { readonly table: FoundTable; readonly row: RawRow; readonly fix: string },
  reason: string,
): void {
  const { file } = table;
  state.refused.push({ file, line: row.line, row: shownRow(row), reason, fix });
}

/** Refuses a table as a whole. */
export const refuseTable = (
  state: ReadingState,
  table: Pick<FoundTable, 'file' | 'name'>,
  reason: string,
  fix: string,
): void => {
  const file = table.name === '' ? table.file : `${table.file}, ${table.name}`;
  state.refused.push({ file, line: null, row: '', reason, fix });
};

const unknownCodes = /^(?:|-+|n\/?a|nan|none|null)$/i;

const code = (text: string): string => (unknownCodes.test(text) ? '' : text);

/** What a row calls its instrument; empty where it does not. `AAPL@XNAS` says its venue as well. */
export function instrumentIn(table: FoundTable, row: RawRow): EtlInstrument {
  const cell = (meaning: Parameters<typeof columnFor>[1]) =>
    code(cellAt(row, columnFor(table, meaning)));
  const [symbol = '', venue = ''] = cell('symbol').split('@');
  const known = {
    symbol,
    isin: cell('isin').toUpperCase(),
    figi: cell('figi').toUpperCase(),
    cusip: cell('cusip').toUpperCase(),
    mic: venue || (/^[A-Z0-9]{4}$/.test(cell('mic')) ? cell('mic') : ''),
    name: cell('name'),
  };
  return Object.fromEntries(Object.entries(known).filter(([, text]) => text !== ''));
}

/** Whether anything names it. */
export const isNamed = ({ symbol, isin, figi, cusip, name }: EtlInstrument): boolean =>
  (symbol ?? isin ?? figi ?? cusip ?? name) !== undefined;

/** A currency code as files write it, `GBp` for pence; undefined for anything else. */
export const currencyIn = (text: string): string | undefined =>
  /^[A-Za-z]{3,5}$/.test(text) && !unknownCodes.test(text)
    ? text === 'GBp'
      ? text
      : text.toUpperCase()
    : undefined;
