import {
  absolute,
  type Decimal,
  formatDecimal,
  multiply,
  type Price,
  parsePrice,
} from '@plimsoll/kernel';
import {
  type DecimalMark,
  inPounds,
  priceInPounds,
  readings,
  wholeCurrency,
} from '../../importer-kit/index.ts';

/** What `Koop 1 @ 33,9 USD` or `STOCK SPLIT: Sell 6 Sony@95,14 USD (US83…)` says. */
export interface TradeWords {
  readonly side: 'buy' | 'sell';
  /** The words before the colon, upper case, where a corporate action made the rows. */
  readonly event?: string;
  readonly quantity: Decimal;
  readonly price: Price;
  readonly currency: string;
  /** What the price was written in: `GBX` where the currency is pounds. */
  readonly unit: string;
}

const buyWords = [
  'koop',
  'buy',
  'compra',
  'kauf',
  'achat',
  'acquisto',
  'nakup',
  'kob',
  'kop',
  'kupno',
];
const sellWords = [
  'verkoop',
  'sell',
  'venda',
  'venta',
  'verkauf',
  'vente',
  'vendita',
  'prodej',
  'salg',
  'salj',
  'sprzedaz',
];

const number = '\\d[\\d.,]*';
const spaced = '\\d[\\d., \\u00A0\\u202F]*';
const shape = new RegExp(
  `^(?:(?<event>[^:@]{2,60}?)\\s*:\\s*)?(?<verb>\\p{L}{3,9})\\s+(?:(?<bare>${spaced})\\s*(?:@|at |zu je |za )|(?<quantity>${number})\\s+[^@]+@)\\s*(?<price>${spaced})\\s+(?<currency>[A-Z]{3}|GBp)(?:\\s*\\(.*\\))?$`,
  'u',
);

const plainVerb = (verb: string): string =>
  verb.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function sideOf(verb: string): 'buy' | 'sell' | undefined {
  const plain = plainVerb(verb);
  if (buyWords.includes(plain)) return 'buy';
  return sellWords.includes(plain) ? 'sell' : undefined;
}

interface Pair {
  readonly quantity: Decimal;
  readonly price: Decimal;
}

/** How far quantity × price is from the money that moved. */
const distance = (pair: Pair, money: Decimal, currency: string): Decimal =>
  absolute(inPounds(multiply(pair.quantity, pair.price), currency) - money);

/**
 * Reads a trade's description. Where a number can be read in two ways (`5,416`), the reading whose
 * product is near the money that moved is taken, else the one usual in the file.
 */
export function tradeWords(
  description: string,
  money: Decimal,
  mark: DecimalMark,
): TradeWords | undefined {
  const text = description.trim().slice(0, 300);
  const parts = shape.exec(text)?.groups;
  const side = parts ? sideOf(parts['verb'] ?? '') : undefined;
  if (!parts || !side) return undefined;
  const currency = parts['currency'] ?? '';
  const pairs: Pair[] = readings(parts['bare'] ?? parts['quantity'] ?? '', mark).flatMap(
    (quantity) => readings(parts['price'] ?? '', mark).map((price) => ({ quantity, price })),
  );
  const usual = pairs[0];
  if (!usual) return undefined;
  const near = pairs.find((pair) => distance(pair, money, currency) * 100n <= money);
  const chosen = near ?? usual;
  const price = parsePrice(formatDecimal(chosen.price));
  if (!price.ok || chosen.quantity <= 0n) return undefined;
  const event = parts['event']?.trim().toUpperCase();
  return {
    side,
    ...(event === undefined ? {} : { event }),
    quantity: chosen.quantity,
    price: priceInPounds(price.value, currency),
    currency: wholeCurrency(currency),
    unit: currency,
  };
}
