import {
  assetClassNamed,
  identifierKinds,
  industryGroupOf,
  mistypedIsin,
  sectorOf,
  sectors,
} from '@plimsoll/domain';
import { dayFromNumber } from '@plimsoll/kernel';
import { cellAt, columnFor, type FoundTable, has } from './find-table.ts';
import type { RawRow } from './raw-table.ts';
import { type DayReader, dayReader } from './read-day-cells.ts';
import {
  currencyIn,
  instrumentIn,
  isNamed,
  noteSource,
  type ReadingState,
  refuseRow,
  refuseTable,
} from './reading-state.ts';

/** Indices that lists of members are named for. */
const indexNames: readonly (readonly [RegExp, string])[] = [
  [/sp[-_ ]?500|s[-_ ]?(?:and|&|n)[-_ ]?p[-_ ]?500/i, '^GSPC'],
  [/sp[-_ ]?400/i, '^SP400'],
  [/sp[-_ ]?600/i, '^SP600'],
  [/nasdaq[-_ ]?100|ndx/i, '^NDX'],
  [/dow[-_ ]?jones|djia/i, '^DJI'],
  [/russell[-_ ]?2000/i, '^RUT'],
  [/ftse[-_ ]?100/i, '^FTSE'],
  [/(?:^|[^m])dax/i, '^GDAXI'],
  [/euro[-_ ]?stoxx[-_ ]?50/i, '^STOXX50E'],
];

/** What instruments are: sectors, countries, classes; or who is in an index from when to when. */
export function readReferenceTable(state: ReadingState, table: FoundTable) {
  if (has(table, 'symbol', 'from')) return readMembers(state, table);
  for (const row of table.rows) readRow(state, table, row);
  noteSource(state, table, { layout: 'long', notes: [] });
}

function readRow(state: ReadingState, table: FoundTable, row: RawRow) {
  if (row.cells.filter((cell) => cell.trim() !== '').length < 2) return;
  const cell = (meaning: Parameters<typeof columnFor>[1]) => cellAt(row, columnFor(table, meaning));
  const refuse = (reason: string, fix: string) => refuseRow(state, { table, row, fix }, reason);
  const instrument = instrumentIn(table, row);
  if (!isNamed(instrument))
    return refuse('The row names no instrument.', 'Give its symbol or ISIN.');
  const { isin } = instrument;
  if (isin !== undefined && !identifierKinds(isin).includes('isin')) {
    const meant = mistypedIsin(isin);
    return refuse(
      `${isin} is no ISIN.`,
      meant === undefined ? 'Correct it.' : `Did you mean ${meant}?`,
    );
  }
  const sector = cell('sector') === '' ? undefined : sectorOf(cell('sector'));
  if (cell('sector') !== '' && sector === undefined) {
    const names = sectors.map(({ name }) => name).join(', ');
    return refuse(`"${cell('sector')}" is no sector.`, `Write one of: ${names}.`);
  }
  const assetClass = assetClassNamed(cell('asset-class'));
  const group =
    industryGroupOf(cell('industry-group'))?.name ?? industryGroupOf(cell('industry-code'))?.name;
  const facts = {
    currency: currencyIn(cell('currency')),
    sector: sector?.name ?? sectorOf(cell('industry-code'))?.name,
    industryGroup: group ?? cell('industry-group'),
    industry: cell('industry'),
    industryCode: /^\d{2,8}$/.test(cell('industry-code')) ? cell('industry-code') : sector?.code,
    country: cell('country'),
    assetClass,
    subClass: cell('sub-class'),
  };
  const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== '');
  state.references.push({
    file: table.file,
    line: row.line,
    instrument,
    ...Object.fromEntries(known),
  });
}

function readMembers(state: ReadingState, table: FoundTable) {
  const named = indexNames.find(([pattern]) => pattern.test(table.file))?.[1];
  const index = state.options.index ?? named;
  if (index === undefined && !has(table, 'index')) {
    const reason = 'The file does not say whose members it lists.';
    return refuseTable(state, table, reason, 'Say it: --index ^GSPC.');
  }
  const from = columnFor(table, 'from');
  const until = columnFor(table, 'until');
  const readers = [from, until].map((column) =>
    column === undefined ? undefined : dayReader(table.rows.map((row) => cellAt(row, column))),
  );
  const bad = readers.find((one) => one !== undefined && !one.ok);
  if (bad && !bad.ok)
    return refuseTable(state, table, `The file ${bad.fault.detail}`, 'Write days like 2024-03-31.');
  const [starts, ends] = readers.map((one) => (one?.ok ? one.value : undefined));
  for (const row of table.rows) {
    const symbol = cellAt(row, columnFor(table, 'symbol'));
    const start = dayOf(starts, cellAt(row, from));
    const end = dayOf(ends, cellAt(row, until));
    const reason = whyNoMember(symbol, start, end);
    if (reason !== undefined || typeof start !== 'string') {
      refuseRow(state, { table, row, fix: 'Mend the row.' }, reason ?? '');
      continue;
    }
    state.members.push({
      index: cellAt(row, columnFor(table, 'index')) || (index ?? ''),
      symbol,
      from: start,
      until: end ?? null,
      source: `file:${table.file}`,
    });
  }
  const notes = index === undefined ? [] : [`Members of ${index}.`];
  noteSource(state, table, { layout: 'long', notes });
}

type MaybeDay = string | null | undefined;

function whyNoMember(symbol: string, start: MaybeDay, end: MaybeDay): string | undefined {
  if (symbol === '') return 'The row has no symbol.';
  if (typeof start !== 'string') return `${symbol} has no first day that can be read.`;
  if (end === undefined) return `The last day of ${symbol} cannot be read.`;
  return end !== null && end <= start
    ? `${symbol} would leave on ${end}, not after ${start}.`
    : undefined;
}

/** Null where the cell is empty, undefined where it is no day. */
function dayOf(reader: DayReader | undefined, cell: string): string | null | undefined {
  if (cell === '' || reader === undefined) return null;
  const read = reader.read(cell);
  return read.ok ? dayFromNumber(read.value.day) : undefined;
}
