import type { Currency } from '@plimsoll/domain';
import { absolute, type Decimal, ok, zero } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import { all, type Read, type Row, type When } from '../../importer-kit/index.ts';
import type { PpColumn, PpTitles } from './pp-columns.ts';
import { type PpType, ppTypeOf } from './pp-types.ts';

/** One row of an export, whichever of the program's tables it is from. */
export interface PpRow {
  readonly line: number;
  readonly type: PpType;
  readonly when: When;
  /** What was paid or received in all, without its sign. */
  readonly net: Decimal;
  readonly currency: Currency;
  readonly fee: Decimal;
  readonly tax: Decimal;
  readonly shares: Decimal;
  /** Worth of the units in the instrument's currency, where that is another than the account's. */
  readonly foreign: { readonly amount: Decimal; readonly currency: Currency } | undefined;
  /** Undefined where the row is about no instrument. */
  readonly instrument: InstrumentHint | undefined;
  readonly note: string;
  /** The account the row is in; empty where the file does not say. */
  readonly account: string;
  /** The account on the other side; empty where there is none. */
  readonly offset: string;
}

/** Reads the cells of a row by meaning. */
class Cells {
  readonly row: Row;
  readonly #titles: PpTitles;

  constructor(row: Row, titles: PpTitles) {
    this.row = row;
    this.#titles = titles;
  }

  title(column: PpColumn): string {
    return this.#titles[column] ?? column;
  }

  text(column: PpColumn): string {
    return this.row.text(this.title(column));
  }

  amount(column: PpColumn): Read<Decimal> {
    const value = this.row.decimal(this.title(column));
    return value.ok ? ok(absolute(value.value)) : value;
  }

  amountOrZero(column: PpColumn): Read<Decimal> {
    return this.text(column) === '' ? ok(zero) : this.amount(column);
  }
}

function typeOf(cells: Cells): Read<PpType> {
  const type = ppTypeOf(cells.text('type'));
  return type === undefined ? cells.row.unknown(cells.title('type')) : ok(type);
}

function whenOf(cells: Cells): Read<When> {
  const when = cells.row.when(cells.title('date'));
  if (!when.ok) return when;
  const { day, time } = when.value;
  const clock = /^(\d\d:\d\d)(:\d\d)?$/.exec(cells.text('time'));
  const stated = clock ? `${clock[1]}${clock[2] ?? ':00'}` : time;
  return ok(stated === undefined || stated === '00:00:00' ? { day } : { day, time: stated });
}

const inAmount = /^([A-Z]{3})\s/;

/** A column of its own, else what stands before the amount, else the program's base currency. */
function currencyOf(cells: Cells, base: Currency | undefined): Read<Currency> {
  const text = cells.text('currency') || (inAmount.exec(cells.text('value'))?.[1] ?? base ?? '');
  if (/^[A-Z]{3}$/.test(text)) return ok(text);
  const column = cells.title(cells.text('currency') === '' ? 'value' : 'currency');
  return cells.row.refuseCell(column, {
    code: text === '' ? 'import.missing-currency' : 'import.not-a-currency',
    reason:
      text === ''
        ? 'The row does not say its currency.'
        : `"${text.slice(0, 20)}" is not a currency code.`,
    fix: 'Give the currency on import: the tables on screen leave out the base currency.',
  });
}

function foreignOf(cells: Cells, currency: Currency): Read<PpRow['foreign']> {
  const text = cells.text('foreignCurrency');
  if (text === '' || text === currency || cells.text('foreignGross') === '') return ok(undefined);
  const code = cells.row.currency(cells.title('foreignCurrency'));
  if (!code.ok) return code;
  const amount = cells.amount('foreignGross');
  return amount.ok ? ok({ amount: amount.value, currency: code.value }) : amount;
}

function instrumentOf(cells: Cells, foreign: PpRow['foreign']): InstrumentHint | undefined {
  const isin = cells.text('isin');
  const symbol = cells.text('symbol');
  const name = cells.text('name');
  const wkn = cells.text('wkn');
  if ([isin, symbol, name, wkn].every((text) => text === '')) return undefined;
  const isShaped = /^[A-Z]{2}[A-Z0-9]{9}\d$/.test(isin);
  return {
    ...(isShaped ? { isin } : {}),
    ...(symbol === '' ? {} : { symbol }),
    ...(name === '' && (isShaped || symbol !== '') ? {} : { name: name || isin || wkn }),
    ...(foreign ? { currency: foreign.currency } : {}),
  };
}

/** Units are in securities accounts, cash in cash accounts, where a file has columns for both. */
function accountsOf(cells: Cells, type: PpType): Pick<PpRow, 'account' | 'offset'> {
  const single = cells.text('account');
  const cash = cells.text('cashAccount');
  const securities = cells.text('securitiesAccount');
  const offset = cells.text('offset');
  if (single !== '') return { account: single, offset };
  if (type === 'BUY' || type === 'SELL')
    return { account: securities || cash, offset: offset || (securities === '' ? '' : cash) };
  return { account: cash || securities, offset };
}

/** Reads one row, or refuses it by line and column. */
export function readPpRow(row: Row, titles: PpTitles, base: Currency | undefined): Read<PpRow> {
  const cells = new Cells(row, titles);
  const type = typeOf(cells);
  if (!type.ok) return type;
  const currency = currencyOf(cells, base);
  if (!currency.ok) return currency;
  const read = all({
    when: whenOf(cells),
    net: cells.amount('value'),
    fee: cells.amountOrZero('fees'),
    tax: cells.amountOrZero('taxes'),
    shares: cells.amountOrZero('shares'),
    foreign: foreignOf(cells, currency.value),
  });
  if (!read.ok) return read;
  return ok({
    ...read.value,
    line: row.line,
    type: type.value,
    currency: currency.value,
    instrument: instrumentOf(cells, read.value.foreign),
    note: cells.text('note'),
    ...accountsOf(cells, type.value),
  });
}
