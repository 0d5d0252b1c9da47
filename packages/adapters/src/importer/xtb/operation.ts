import type { Currency } from '@plimsoll/domain';
import {
  absolute,
  atPrice,
  type Decimal,
  ok,
  type Price,
  parseDecimal,
  parsePrice,
} from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';
import { all, type Read, type Row, type When } from '../../importer-kit/index.ts';

/** One cash operation, read but not yet understood. */
export interface Operation {
  readonly row: Row;
  readonly line: number;
  readonly id: string;
  /** What it is, in lower case and in the language of the account. */
  readonly type: string;
  readonly when: When;
  readonly symbol: string;
  readonly comment: string;
  /** In the account's currency; negative is paid. */
  readonly amount: Decimal;
}

export function operation(row: Row): Read<Operation> {
  const read = all({
    type: row.required('Type'),
    when: row.when('Time'),
    amount: row.decimal('Amount'),
  });
  if (!read.ok) return read;
  return ok({
    row,
    line: row.line,
    id: row.text('ID'),
    ...read.value,
    type: read.value.type.toLowerCase(),
    symbol: row.text('Symbol'),
    comment: row.text('Comment'),
  });
}

/** What `OPEN BUY 34/42.5658 @ 11.7480` says: 34 of an order of 42.5658. */
export interface TradeWords {
  readonly side: 'buy' | 'sell';
  readonly quantity: Decimal;
  readonly price: Price;
}

const tradeShape =
  /^(OPEN|CLOSE) BUY (\d{1,18}(?:\.\d{1,18})?)(?:\/[\d.]{1,30})? @ (\d{1,18}(?:\.\d{1,18})?)$/i;

export function tradeWords(comment: string): TradeWords | undefined {
  const match = tradeShape.exec(comment);
  const quantity = parseDecimal(match?.[2] ?? '');
  const price = parsePrice(match?.[3] ?? '');
  if (!match || !quantity.ok || !price.ok || quantity.value === 0n) return undefined;
  const side = match[1]?.toUpperCase() === 'OPEN' ? 'buy' : 'sell';
  return { side, quantity: quantity.value, price: price.value };
}

/** Currencies of the markets that trade in one only. London is not among them. */
const marketCurrencies: Readonly<Record<string, Currency>> = {
  US: 'USD',
  DE: 'EUR',
  FR: 'EUR',
  ES: 'EUR',
  IT: 'EUR',
  NL: 'EUR',
  BE: 'EUR',
  PT: 'EUR',
  FI: 'EUR',
  PL: 'PLN',
  CZ: 'CZK',
  CH: 'CHF',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
};

/** The currency that the symbol's market trades in, where it is one only. */
export const marketCurrency = (symbol: string): Currency | undefined =>
  marketCurrencies[/\.([A-Z]{2})$/.exec(symbol)?.[1] ?? ''];

const oneCent = 10n ** 16n;

/** Whether the amount is quantity × price to the cent, as it is where no conversion was made. */
export const isUnconverted = ({ amount }: Operation, { quantity, price }: TradeWords): boolean =>
  absolute(absolute(amount) - atPrice(quantity, price)) <= oneCent;

export const instrumentOf = (symbol: string, currency?: Currency): InstrumentHint => ({
  symbol,
  ...(currency === undefined ? {} : { currency }),
});

/**
 * The account's currency, which the file does not state: the one currency of the markets on which
 * trades were paid for by just quantity × price. Undefined where they do not agree.
 */
export function accountCurrency(operations: readonly Operation[]): Currency | undefined {
  const seen = new Set<Currency>();
  for (const of of operations) {
    const words = tradeWords(of.comment);
    const currency = marketCurrency(of.symbol);
    if (words && currency && isUnconverted(of, words)) seen.add(currency);
  }
  return seen.size === 1 ? [...seen][0] : undefined;
}
