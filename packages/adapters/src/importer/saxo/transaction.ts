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
import type { ImportedTransaction } from '@plimsoll/ports';
import {
  inPounds,
  priceInPounds,
  type Read,
  whenFields,
  wholeCurrency,
} from '../../importer-kit/index.ts';
import { instrumentOf, requiredInstrument, type SaxoRow } from './saxo-row.ts';

interface TradeWords {
  readonly side: 'buy' | 'sell';
  readonly quantity: Decimal;
  readonly price: Price;
  readonly currency: string;
}

const buyWords = ['buy', 'koop', 'køb', 'kauf', 'achat', 'acquisto'];
const sellWords = ['sell', 'verkoop', 'salg', 'verkauf', 'vente', 'vendita'];
const tradeShape =
  /^(\p{L}{3,9}) -?(\d{1,18}(?:\.\d{1,18})?) @ (\d{1,18}(?:\.\d{1,18})?) ([A-Z]{3}|GBp)$/u;

/** Reads `Buy 3 @ 134.85 USD`. */
function tradeWords(event: string): TradeWords | undefined {
  const match = tradeShape.exec(event);
  const verb = match?.[1]?.toLowerCase() ?? '';
  const side = buyWords.includes(verb) ? 'buy' : sellWords.includes(verb) ? 'sell' : undefined;
  const quantity = parseDecimal(match?.[2] ?? '');
  const price = parsePrice(match?.[3] ?? '');
  if (!match || !side || !quantity.ok || !price.ok || quantity.value === 0n) return undefined;
  return { side, quantity: quantity.value, price: price.value, currency: match[4] ?? '' };
}

/**
 * The file states what was paid and the price, so the costs are what lies between. Where that is
 * more than a twentieth, or less than nothing, the price does not explain the amount and no cost is known.
 */
function costsOf(net: Decimal, worth: Decimal, side: 'buy' | 'sell'): Decimal {
  const costs = side === 'buy' ? net - worth : worth - net;
  return costs >= 0n && costs * 20n <= worth ? costs : 0n;
}

function trade(of: SaxoRow, account: Currency): Read<ImportedTransaction> {
  const words = tradeWords(of.event);
  if (!words) return of.row.unknown('Event');
  const { side, quantity } = words;
  const currency = wholeCurrency(words.currency);
  const instrument = requiredInstrument(of, words.currency);
  if (!instrument.ok) return instrument;
  if (of.amount === 0n || of.amount < 0n !== (side === 'buy')) {
    return of.row.refuseCell('Amount', {
      code: 'import.wrong-sign',
      reason: `The sign of Amount does not fit "${of.event}".`,
      fix: 'Record this trade by hand.',
    });
  }
  const net = absolute(of.amount);
  const worth = inPounds(atPrice(quantity, words.price), words.currency);
  const foreign = currency !== account;
  const fee = foreign ? 0n : costsOf(net, worth, side);
  return ok({
    type: side,
    ...whenFields(of.when),
    instrument: instrument.value,
    quantity,
    price: priceInPounds(words.price, words.currency),
    amount: foreign ? worth : side === 'buy' ? net - fee : net + fee,
    currency,
    fee,
    tax: 0n,
    ...(foreign ? { settlement: { currency: account, amount: net } } : {}),
  });
}

function dividend(of: SaxoRow, currency: Currency): Read<ImportedTransaction> {
  const instrument = requiredInstrument(of);
  if (!instrument.ok) return instrument;
  const money = { amount: of.amount, currency, fee: 0n, tax: 0n };
  return ok({ type: 'dividend', ...whenFields(of.when), instrument: instrument.value, ...money });
}

/** Money that moves by itself: a transfer, a fee, interest. */
function cash(of: SaxoRow, currency: Currency): Read<ImportedTransaction> {
  const event = of.event.toLowerCase();
  const base = { ...whenFields(of.when), currency, note: of.event };
  const instrument = instrumentOf(of);
  if (/^(deposit|withdrawal|storting|opname|cash transfer|overboeking)/.test(event)) {
    const type = of.amount < 0n ? 'withdrawal' : 'deposit';
    return ok({ ...base, type, amount: absolute(of.amount) });
  }
  if (/tax|belasting|vat\b|btw/.test(event))
    return ok({ ...base, type: 'tax', instrument, amount: -of.amount });
  if (/\bfees?\b|kosten|commission|charge/.test(event)) {
    return ok({ ...base, type: 'fee', instrument, amount: -of.amount });
  }
  if (/interest|rente/.test(event)) {
    return of.amount < 0n
      ? ok({ ...base, type: 'margin-interest', instrument, amount: -of.amount })
      : ok({ ...base, type: 'interest', instrument, amount: of.amount, fee: 0n, tax: 0n });
  }
  return of.row.unknown('Event');
}

/** The account's currency is the instrument's unless something was converted. */
export function transactionOf(
  of: SaxoRow,
  chosen: Currency | undefined,
): Read<ImportedTransaction> {
  const account = of.converted ? chosen : wholeCurrency(of.unit);
  if (account === undefined) {
    return of.row.refuseCell('Conversion Rate', {
      code: 'import.currency-unknown',
      reason:
        'The amount was converted into the currency of the account, which the file does not name.',
      fix: "Choose the account's currency for this import.",
    });
  }
  switch (of.type) {
    case 'trade':
    case 'transactie':
      return trade(of, account);
    case 'corporate action':
      return /^(cash )?dividend$/i.test(of.event) ? dividend(of, account) : of.row.unknown('Event');
    case 'cash amount':
    case 'cash transfer':
    case 'contant bedrag':
    case 'overboeking':
      return cash(of, account);
    default:
      return of.row.unknown('Type');
  }
}
