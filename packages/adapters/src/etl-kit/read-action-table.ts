import { type CorporateActionKind, corporateActionKinds } from '@plimsoll/domain';
import { dayFromNumber } from '@plimsoll/kernel';
import type { EtlAction } from '@plimsoll/ports';
import { type DecimalSign, decimalSign } from '../market-data-kit/number-style.ts';
import { exactCell } from './exact-cell.ts';
import { cellAt, columnFor, type FoundTable, has } from './find-table.ts';
import type { RawRow } from './raw-table.ts';
import { type DayReader, dayReader } from './read-day-cells.ts';
import { fileInstrument } from './read-price-table.ts';
import {
  currencyIn,
  instrumentIn,
  isNamed,
  noteSource,
  type ReadingState,
  refuseRow,
  refuseTable,
} from './reading-state.ts';

const mend = 'Mend the row and bring the file again; the other rows can be taken.';

const kindWords: readonly (readonly [RegExp, CorporateActionKind])[] = [
  [/special.*div/i, 'special-dividend'],
  [/stock.*div|scrip/i, 'stock-dividend'],
  [/^(?:cash )?div|^distribution|^dividende|^ausschüttung/i, 'dividend'],
  [/split/i, 'split'],
  [/spin/i, 'spin-off'],
  [/merger|acqui/i, 'merger'],
  [/symbol|ticker|name.?change|rename/i, 'symbol-change'],
  [/return of capital|roc\b/i, 'return-of-capital'],
  [/delist/i, 'delisting'],
];

const kindIn = (text: string): CorporateActionKind | undefined =>
  corporateActionKinds.find((kind) => kind === text.toLowerCase()) ??
  kindWords.find(([pattern]) => pattern.test(text))?.[1];

/** Corporate actions: one row each, or a day with its dividend and split. */
export function readActionTable(state: ReadingState, table: FoundTable) {
  const date = columnFor(table, 'date');
  if (date === undefined) {
    return refuseTable(
      state,
      table,
      'The file has no column for the ex-day.',
      'Name it: --map "Title=date".',
    );
  }
  const days = dayReader(table.rows.map((row) => cellAt(row, date)));
  if (!days.ok) return refuseTable(state, table, `The file ${days.fault.detail}`, mend);
  const columns = (['value', 'dividend', 'split', 'second'] as const).flatMap(
    (meaning) => columnFor(table, meaning) ?? [],
  );
  const sign = decimalSign(
    table.rows
      .flatMap((row) => columns.map((column) => cellAt(row, column)))
      .filter((cell) => !cell.includes(':')),
  );
  if (!sign.ok)
    return refuseTable(state, table, `The file ${sign.fault.detail}`, 'Write numbers in one way.');
  for (const row of table.rows) {
    if (row.cells.filter((cell) => cell.trim() !== '').length < 2) continue;
    const reason = readRow(state, { table, row, days: days.value, decimal: sign.value });
    if (reason !== undefined) refuseRow(state, { table, row, fix: mend }, reason);
  }
  noteSource(state, table, { layout: 'long', notes: [] });
}

interface ActionRow {
  readonly table: FoundTable;
  readonly row: RawRow;
  readonly days: DayReader;
  readonly decimal: DecimalSign;
}

/** Takes the actions of a row; gives the reason where it cannot. */
function readRow(
  state: ReadingState,
  { table, row, days, decimal }: ActionRow,
): string | undefined {
  const day = days.read(cellAt(row, columnFor(table, 'date')));
  if (!day.ok) return day.fault.detail;
  const said = has(table, 'kind') ? oneOf(table, row, decimal) : several(table, row, decimal);
  if (typeof said === 'string') return said;
  const stated = instrumentIn(table, row);
  const cell = (meaning: Parameters<typeof columnFor>[1]) => cellAt(row, columnFor(table, meaning));
  const pay = cell('pay-day') === '' ? undefined : days.read(cell('pay-day'));
  for (const { kind, value } of said) {
    state.actions.push({
      file: table.file,
      line: row.line,
      instrument: isNamed(stated) ? stated : fileInstrument(table),
      kind,
      day: dayFromNumber(day.value.day),
      payDay: pay?.ok ? dayFromNumber(pay.value.day) : null,
      value,
      currency: currencyIn(cell('currency')) ?? null,
      other: cell('other') || null,
      second: cell('second') || null,
    });
  }
  return undefined;
}

type Said = Pick<EtlAction, 'kind' | 'value'>;

function oneOf(table: FoundTable, row: RawRow, decimal: DecimalSign): readonly Said[] | string {
  const word = cellAt(row, columnFor(table, 'kind'));
  const kind = kindIn(word);
  if (kind === undefined)
    return `"${word}" is no corporate action: ${corporateActionKinds.join(', ')}.`;
  const cell = cellAt(row, columnFor(table, 'value'));
  if (kind === 'symbol-change') return [{ kind, value: '1' }];
  if (kind === 'split') {
    const value = ratioIn(cell, decimal);
    return value === undefined ? `"${cell}" is no ratio such as 4:1.` : [{ kind, value }];
  }
  const value = exactCell(cell, decimal);
  if (!value.ok) return value.fault.detail;
  return [{ kind, value: value.value ?? '0' }];
}

/** `4:1`, `4/1`, `4 for 1` and `4` are four new for each old. */
function ratioIn(cell: string, decimal: DecimalSign): string | undefined {
  const parts = /^([\d.]+)\s*(?::|\/|for|-for-)\s*([\d.]+)$/i.exec(cell);
  if (parts) return `${parts[1]}:${parts[2]}`;
  const value = exactCell(cell, decimal);
  return value.ok && value.value !== null && Number(value.value) > 0
    ? `${value.value}:1`
    : undefined;
}

/** A dividend of 0 and a split of 1 are none. */
function several(table: FoundTable, row: RawRow, decimal: DecimalSign): readonly Said[] | string {
  const dividend = exactCell(cellAt(row, columnFor(table, 'dividend')), decimal);
  const split = exactCell(cellAt(row, columnFor(table, 'split')), decimal);
  if (!dividend.ok) return dividend.fault.detail;
  if (!split.ok) return split.fault.detail;
  const found: Said[] = [];
  if (Number(dividend.value ?? 0) > 0)
    found.push({ kind: 'dividend', value: dividend.value ?? '0' });
  const ratio = Number(split.value ?? 1);
  if (ratio > 0 && ratio !== 1) found.push({ kind: 'split', value: `${split.value}:1` });
  return found;
}
