import type { Charges, Settlement, Trade } from '@plimsoll/domain';
import { absolute, atPrice, type Decimal, ok } from '@plimsoll/kernel';
import type { ImportedRow } from '@plimsoll/ports';
import type { Outcome, Read } from '../../importer-kit/index.ts';
import { kindOf } from './describe.ts';
import { instrumentHint, instrumentMissing } from './instrument-hint.ts';
import type { StatementRow } from './statement-row.ts';
import type { TradeWords } from './trade-words.ts';

/** A trade as its rows state it, but for side and instrument. */
type Terms = Omit<Trade, 'id' | 'source' | 'accountId' | 'position' | 'instrumentId' | 'type'>;

/** A row with what its description says of a trade. */
export interface Fill {
  readonly row: StatementRow;
  readonly words: TradeWords;
}

/** The rows of one order on one day. */
export interface Order {
  readonly fills: readonly Fill[];
  /** Fee and tax rows. */
  readonly charges: readonly StatementRow[];
  /** Both sides of the conversions that DEGIRO made for it. */
  readonly conversions: readonly StatementRow[];
}

const sum = (amounts: readonly Decimal[]): Decimal => amounts.reduce((a, b) => a + b, 0n);

const changes = (rows: readonly StatementRow[]): Decimal => sum(rows.map((row) => row.change));

/** The distinct values of a list, where there is exactly one. */
function only<Value>(values: readonly Value[]): Value | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

export const linesOf = (rows: readonly StatementRow[]): readonly number[] =>
  rows.flatMap((row) => row.lines).toSorted((a, b) => a - b);

/** Line and lines of an imported row that these statement rows became. */
export function sourceOf(rows: readonly StatementRow[]): Pick<ImportedRow, 'line' | 'lines'> {
  const lines = linesOf(rows);
  return { line: lines[0] ?? 1, ...(lines.length > 1 ? { lines } : {}) };
}

const rowsOfOrder = (order: Order): readonly StatementRow[] => [
  ...order.fills.map((fill) => fill.row),
  ...order.charges,
  ...order.conversions,
];

/** Fee and tax of the order; undefined where one of them is charged in two currencies. */
function chargesOf(order: Order, currency: string): Charges | undefined {
  const taxes = order.charges.filter((row) => kindOf(row.description) === 'tax');
  const fees = order.charges.filter((row) => kindOf(row.description) !== 'tax');
  const feeCurrency = only([
    ...fees.map((row) => row.currency),
    ...(fees.length ? [] : [currency]),
  ]);
  const taxCurrency = only([
    ...taxes.map((row) => row.currency),
    ...(taxes.length ? [] : [currency]),
  ]);
  if (feeCurrency === undefined || taxCurrency === undefined) return undefined;
  return {
    fee: -changes(fees),
    tax: -changes(taxes),
    ...(feeCurrency === currency ? {} : { feeCurrency }),
    ...(taxCurrency === currency ? {} : { taxCurrency }),
  };
}

/**
 * What was paid or received in the other currency: the conversions of the order turned its whole
 * money into it. Undefined where they leave a rest, which then stays as cash of the trade's currency.
 */
function settlementOf(order: Order, currency: string): Settlement | undefined {
  const { fills, charges, conversions } = order;
  const own = [...fills.map((fill) => fill.row), ...charges, ...conversions];
  const other = only(conversions.map((row) => row.currency).filter((of) => of !== currency));
  if (other === undefined || changes(own.filter((row) => row.currency === currency)) !== 0n) {
    return undefined;
  }
  if (charges.some((row) => row.currency !== currency && row.currency !== other)) return undefined;
  const cash = changes(own.filter((row) => row.currency === other));
  const paying = fills[0]?.words.side === 'buy';
  if (cash === 0n || cash < 0n !== paying) return undefined;
  return { currency: other, amount: absolute(cash) };
}

const refuseOrder = (row: StatementRow, reason: string): Read<never> =>
  row.row.refuse({
    column: null,
    value: row.description,
    code: 'import.order-unclear',
    reason,
    fix: 'Record this order by hand, or export the statement again.',
  });

/** The price where all fills had the same. */
const priceOf = (fills: readonly Fill[]) => only(fills.map((fill) => fill.words.price));

/** Whether the fill is of contracts of a hundred units each. */
function isDerivative({ row, words }: Fill): boolean {
  const contracts = 100n * atPrice(words.quantity, words.price);
  return contracts > 0n && absolute(contracts - absolute(row.change)) * 200n <= contracts;
}

const oppositeSign =
  'The statement shows the money of this trade with the opposite sign of what its words say.';

function tradeOf(order: Order, first: Fill): Read<Terms> {
  const { fills } = order;
  const currency = only(fills.map((fill) => fill.row.currency || fill.words.currency));
  if (currency === undefined) {
    return refuseOrder(first.row, 'The fills of the order were booked in several currencies.');
  }
  if (fills.some(isDerivative)) {
    return refuseOrder(
      first.row,
      'The money is a hundred times quantity × price, as with options and futures, whose terms the file lacks.',
    );
  }
  const charges = chargesOf(order, currency);
  if (!charges) return refuseOrder(first.row, 'The order was charged in several currencies.');
  const money = changes(fills.map((fill) => fill.row));
  const astray = money !== 0n && money < 0n !== (first.words.side === 'buy');
  const price = first.words.currency === currency ? priceOf(fills) : undefined;
  const settlement = astray ? undefined : settlementOf(order, currency);
  const earliest = fills.map((fill) => fill.row.time ?? '').toSorted()[0];
  return ok({
    effectiveAt: first.row.day,
    ...(earliest ? { time: earliest } : {}),
    quantity: sum(fills.map((fill) => fill.words.quantity)),
    ...(price === undefined ? {} : { price }),
    amount: absolute(money),
    currency,
    ...charges,
    ...(settlement === undefined ? {} : { settlement }),
    ...(astray ? { note: oppositeSign } : {}),
  });
}

/** Whether the conversions of the order are part of the trade rather than transactions of their own. */
export const settlesConversions = (outcome: Read<Outcome>): boolean =>
  outcome.ok &&
  'row' in outcome.value &&
  'settlement' in outcome.value.row.transaction &&
  outcome.value.row.transaction.settlement !== undefined;

/** The one trade that an order made on a day: fills, fees, taxes and conversions together. */
export function settleOrder(order: Order): Read<Outcome> {
  const first = order.fills[0];
  if (!first) throw new RangeError('an order without fills');
  if (only(order.fills.map((fill) => `${fill.row.isin}|${fill.words.side}`)) === undefined) {
    return refuseOrder(first.row, 'The order both buys and sells, or trades several instruments.');
  }
  const trade = tradeOf(order, first);
  if (!trade.ok) return trade;
  const { currency } = trade.value;
  const { words } = first;
  const unit = words.currency === currency ? words.unit : currency;
  const instrument = instrumentHint(first.row, unit);
  if (!instrument) return instrumentMissing(first.row);
  const joined = trade.value.settlement
    ? rowsOfOrder(order)
    : [...order.fills.map((fill) => fill.row), ...order.charges];
  return ok({
    row: {
      ...sourceOf(joined),
      transaction: { ...trade.value, type: first.words.side, instrument },
    },
  });
}
