import { assetClassNamed, identifierKinds, sectorOf } from '@plimsoll/domain';
import { type Day, dayFromNumber, decimal, formatDecimal, mulDiv, one } from '@plimsoll/kernel';
import type { Constituent, EtlInstrument } from '@plimsoll/ports';
import { type DecimalSign, decimalSign } from '../market-data-kit/number-style.ts';
import { exactCell } from './exact-cell.ts';
import { cellAt, columnFor, type FoundTable } from './find-table.ts';
import type { RawRow } from './raw-table.ts';
import { dayReader } from './read-day-cells.ts';
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

const mend = 'Mend the row and bring the file again.';

/** More than this, added up, cannot be shares of a whole. */
const mostShares = 1.5;

/**
 * What a fund holds, as fund houses publish it: lines of the fund's name and day above the table,
 * remarks below it, weights in percent or as shares of 1.
 */
export function readConstituentTable(state: ReadingState, table: FoundTable) {
  const weight = columnFor(table, 'weight');
  if (weight === undefined) {
    return refuseTable(
      state,
      table,
      'The file has no column for the weight.',
      'Name it: --map "Title=weight".',
    );
  }
  const sign = decimalSign(table.rows.map((row) => cellAt(row, weight)));
  if (!sign.ok)
    return refuseTable(state, table, `The file ${sign.fault.detail}`, 'Write numbers in one way.');
  const read: { readonly constituent: Constituent; readonly isPercent: boolean }[] = [];
  for (const row of table.rows) {
    const found = readRow(state, { table, row, decimal: sign.value });
    if (found !== undefined) read.push(found);
  }
  const sum = read.reduce((total, { constituent }) => total + Number(constituent.weight), 0);
  const isPercent = weight.title.includes('%') || sum > mostShares;
  const areMarked = read.some((one) => one.isPercent);
  const inPercent = isPercent && !areMarked;
  const constituents = read.map(({ constituent }) =>
    inPercent ? { ...constituent, weight: hundredth(constituent.weight) } : constituent,
  );
  const asOf = dayAbove(table);
  noteSource(state, table, {
    layout: 'long',
    notes: notesOf(constituents, inPercent || areMarked, asOf),
  });
  if (constituents.length === 0) {
    return refuseTable(
      state,
      table,
      'No row of it is a constituent.',
      'Bring the list of holdings as the fund house gives it.',
    );
  }
  state.funds.push({ file: table.file, fund: fundAbove(table), asOf, constituents });
}

const hundredth = (text: string): string => formatDecimal(mulDiv(decimal(text), 1n, 100n));

function readRow(
  state: ReadingState,
  {
    table,
    row,
    decimal: sign,
  }: { readonly table: FoundTable; readonly row: RawRow; readonly decimal: DecimalSign },
): { readonly constituent: Constituent; readonly isPercent: boolean } | undefined {
  // Remarks below the table have one cell, or none where the weight stands.
  if (row.cells.filter((cell) => cell.trim() !== '').length < 2) return undefined;
  const cell = (meaning: Parameters<typeof columnFor>[1]) => cellAt(row, columnFor(table, meaning));
  if (cell('weight') === '') return undefined;
  const weight = exactCell(cell('weight'), sign);
  if (!weight.ok) {
    refuseRow(state, { table, row, fix: mend }, weight.fault.detail);
    return undefined;
  }
  const instrument = instrumentIn(table, row);
  if (!isNamed(instrument)) {
    refuseRow(state, { table, row, fix: mend }, 'The row does not say what is held.');
    return undefined;
  }
  if (weight.value === null) return undefined;
  const { symbol, mic, name } = instrument;
  const isin =
    instrument.isin !== undefined && identifierKinds(instrument.isin).includes('isin')
      ? instrument.isin
      : null;
  return {
    isPercent: cell('weight').endsWith('%'),
    constituent: {
      isin,
      symbol: symbol ?? null,
      mic: mic ?? null,
      label: name ?? symbol ?? instrument.isin ?? '',
      weight: weight.value,
      sector: sectorOf(cell('sector'))?.name ?? (plain(cell('sector')) || null),
      country: plain(cell('country')) || null,
      currency: currencyIn(cell('currency')) ?? null,
      assetClass: assetClassNamed(cell('asset-class')) ?? null,
    },
  };
}

const plain = (text: string): string => (/^(?:-+|n\/?a|unknown|other)$/i.test(text) ? '' : text);

/** The day in the lines above: `Fund Holdings as of,"Sep 30, 2024"`, `As of 30-Sep-2024`. */
function dayAbove({ preamble }: FoundTable): Day | null {
  for (const { cells } of preamble) {
    const text = cells.join(' ').trim();
    const marked =
      /(?:\bas (?:of|at)\b|\bper\b|\bstand\b|\bdate\b|\bdatum\b|\bau\b|stichtag)[:\s]*(.+)$/i.exec(
        text,
      );
    const found = marked && dayIn(marked[1] ?? '');
    if (found) return found;
  }
  return null;
}

const dayPattern =
  /\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2}[-. /]\s?\p{L}{3,9}\.?[-. /]\d{4}|\p{L}{3,9}\.? \d{1,2},? \d{4}/u;

function dayIn(text: string): Day | null {
  const match = dayPattern.exec(text)?.[0];
  if (match === undefined) return null;
  const reader = dayReader([match.replace(/[.]\s/, ' ')]);
  const read = reader.ok ? reader.value.read(match.replace(/[.]\s/, ' ')) : reader;
  return read.ok ? dayFromNumber(read.value.day) : null;
}

/** The fund as the lines above name it, else as the file is called. */
function fundAbove(table: FoundTable): EtlInstrument {
  for (const { cells } of table.preamble) {
    const [title = '', value = ''] = cells;
    if (/^(?:fund )?ticker(?: symbol)?:?$|^symbol:?$/i.test(title.trim()) && value.trim() !== '') {
      return { symbol: value.trim() };
    }
    if (/^isin:?$/i.test(title.trim()) && value.trim() !== '') return { isin: value.trim() };
  }
  const named = fileInstrument(table);
  const symbol = (named.symbol ?? '').replace(
    /[ _-](?:holdings?|constituents?|positions?|portfolio).*$/i,
    '',
  );
  return { ...named, symbol: symbol.replace(/^holdings[-_ ]daily[-_ ](?:\w+[-_ ])*/i, '') };
}

function notesOf(
  constituents: readonly Constituent[],
  isPercent: boolean,
  asOf: Day | null,
): string[] {
  const sum = constituents.reduce((total, { weight }) => total + decimal(weight), 0n);
  return [
    `${constituents.length} constituents of ${formatDecimal(mulDiv(sum, 100n, 1n))} % together; weights ${isPercent ? 'in percent' : 'as shares of 1'}.`,
    ...(asOf === null ? ['It does not say of which day it is.'] : []),
    ...(sum > one ? ['That is more than the fund: each counts as its share of the sum.'] : []),
  ];
}
