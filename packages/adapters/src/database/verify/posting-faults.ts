import { isRecord, type JsonRecord } from './sorted-json.ts';

/** Whole numbers of 10⁻¹⁸, by currency. */
type Weights = Map<string, bigint>;

/**
 * What is wrong with a transaction's postings, worked out anew from its JSON: figures that are no
 * decimals or have the wrong sign, currencies that are none, and weights that do not come to zero
 * in each currency.
 */
export function postingFaults(payload: JsonRecord): readonly string[] {
  const reader = figureReader(payload);
  const write = postings[String(payload['type'])];
  if (write === undefined) return [`The type ${String(payload['type'])} is unknown.`];
  const weights: Weights = new Map();
  write(reader, (currency, weight) => {
    weights.set(currency, (weights.get(currency) ?? 0n) + weight);
  });
  if (reader.faults.length > 0) return reader.faults;
  return [...weights]
    .filter(([, sum]) => sum !== 0n)
    .map(
      ([currency, sum]) => `The postings in ${currency} come to ${sum} × 10⁻¹⁸ instead of zero.`,
    );
}

type Sign = 'positive' | 'not negative' | 'any';

interface FigureReader {
  readonly faults: string[];
  readonly payload: JsonRecord;
  has(name: string): boolean;
  /** A member as a decimal; absent is a fault. */
  figure(name: string, sign: Sign): bigint;
  /** A member as a decimal; absent is 0. */
  perhaps(name: string, sign: Sign): bigint;
  currency(name: string): string;
  part(name: string): FigureReader | null;
}

const decimalShape = /^-?\d+(?:\.(\d{1,18}))?$/;
const currencyShape = /^[A-Z0-9]{1,20}$/;

function figureReader(payload: JsonRecord, faults: string[] = []): FigureReader {
  const has = (name: string): boolean => payload[name] !== undefined;
  const figure = (name: string, sign: Sign): bigint => {
    const value = payload[name];
    if (typeof value !== 'string' || !decimalShape.test(value)) {
      faults.push(`${name} is ${JSON.stringify(value) ?? 'missing'}, not a decimal.`);
      return 0n;
    }
    const [units = '0', fraction = ''] = value.split('.');
    const scaled = BigInt(units + fraction.padEnd(18, '0'));
    const wrong = sign === 'positive' ? scaled <= 0n : sign === 'not negative' && scaled < 0n;
    if (wrong) faults.push(`${name} is ${value} and must be ${sign}.`);
    return scaled;
  };
  return {
    faults,
    payload,
    has,
    figure,
    perhaps: (name, sign) => (has(name) ? figure(name, sign) : 0n),
    currency: (name) => {
      const value = payload[name];
      if (typeof value === 'string' && currencyShape.test(value)) return value;
      faults.push(`${name} is ${JSON.stringify(value) ?? 'missing'}, not a currency.`);
      return '';
    },
    part: (name) => {
      const value = payload[name];
      return isRecord(value) ? figureReader(value, faults) : null;
    },
  };
}

type Post = (currency: string, weight: bigint) => void;
type Writer = (read: FigureReader, post: Post) => void;

/** Fee and tax, each to its own account; gives what of them is in the transaction's currency. */
function postCharges(read: FigureReader, post: Post): bigint {
  const currency = read.currency('currency');
  let same = 0n;
  for (const name of ['fee', 'tax']) {
    const charge = read.figure(name, 'any');
    const own = read.has(`${name}Currency`) ? read.currency(`${name}Currency`) : currency;
    post(own, charge);
    if (own === currency) same += charge;
    else post(own, -charge);
  }
  return same;
}

/** The cash side: in the same currency, or through a conversion to the settlement's. */
function postCash(read: FigureReader, post: Post, inflow: bigint): void {
  const currency = read.currency('currency');
  const settlement = read.part('settlement');
  post(currency, inflow);
  if (settlement === null) return;
  const amount = settlement.figure('amount', 'positive');
  const settled = settlement.currency('currency');
  const signed = inflow < 0n ? -amount : amount;
  post(settled, signed);
  post(settled, -signed);
}

/** Units against cash: `direction` is 1 where cash goes out. */
const exchange =
  (direction: 1n | -1n): Writer =>
  (read, post) => {
    const currency = read.currency('currency');
    read.figure('quantity', 'positive');
    const worth =
      direction * (read.figure('amount', 'not negative') + read.perhaps('accrued', 'any'));
    const charges = postCharges(read, post);
    post(currency, worth);
    postCash(read, post, -worth - charges);
  };

/** Cash against an account of its own: a flow from outside, an income, an expense. */
const against =
  (sign: Sign): Writer =>
  (read, post) => {
    const currency = read.currency('currency');
    const amount = read.figure('amount', sign);
    post(currency, amount);
    post(currency, -amount);
  };

const income: Writer = (read, post) => {
  const currency = read.currency('currency');
  const amount = read.figure('amount', 'any');
  const charges = postCharges(read, post);
  read.part('reinvested')?.figure('quantity', 'positive');
  post(currency, -amount);
  postCash(read, post, amount - charges);
};

const conversion: Writer = (read, post) => {
  for (const [name, direction] of [
    ['sold', -1n],
    ['bought', 1n],
  ] as const) {
    const side = read.part(name);
    if (side === null) {
      read.faults.push(`${name} is missing.`);
      continue;
    }
    const amount = side.figure('amount', 'positive');
    const currency = side.currency('currency');
    post(currency, direction * amount);
    post(currency, -direction * amount);
  }
  post(read.currency('currency'), -postCharges(read, post));
};

/** Units that move or change without a booked price: nothing to weigh but the figures themselves. */
const units =
  (sign: Sign): Writer =>
  (read) => {
    read.figure('quantity', sign);
  };

const ratio: Writer = (read) => {
  const stated = read.part('ratio');
  if (stated === null) {
    if (!read.has('added')) read.faults.push('Neither ratio nor added is stated.');
    read.perhaps('added', 'any');
    return;
  }
  stated.figure('new', 'positive');
  stated.figure('old', 'positive');
};

const incomes = ['dividend', 'interest', 'coupon', 'staking', 'rent', 'other-income'];

const postings: Readonly<Record<string, Writer>> = {
  buy: exchange(1n),
  cover: exchange(1n),
  sell: exchange(-1n),
  short: exchange(-1n),
  redemption: exchange(-1n),
  amortisation: exchange(-1n),
  deposit: against('positive'),
  withdrawal: against('positive'),
  fee: against('any'),
  tax: against('any'),
  'margin-interest': against('any'),
  'return-of-capital': against('any'),
  delisting: against('any'),
  ...Object.fromEntries(incomes.map((type) => [type, income])),
  fx: conversion,
  transfer: units('positive'),
  'delivery-in': units('positive'),
  'delivery-out': units('positive'),
  'opening-balance': units('any'),
  'option-exercise': units('positive'),
  'option-assignment': units('positive'),
  'option-expiry': units('positive'),
  'spin-off': units('positive'),
  adjustment: units('any'),
  split: ratio,
  'stock-dividend': ratio,
  merger: ratio,
  'symbol-change': ratio,
};
