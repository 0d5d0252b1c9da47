import { formatDecimal, multiply, ok, type Price, parsePrice } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { all, type Outcome, type Read } from '../../importer-kit/index.ts';
import {
  currency,
  instrumentOf,
  requiredInstrument,
  requiredUnits,
  type SchwabRow,
} from './schwab-row.ts';

export type OptionEventType = 'option-expiry' | 'option-assignment' | 'option-exercise';

/** What happened to an option, by action. */
export const optionActions: ReadonlyMap<string, OptionEventType> = new Map([
  ['expired', 'option-expiry'],
  ['assigned', 'option-assignment'],
  ['exchange or exercise', 'option-exercise'],
  ['exercised', 'option-exercise'],
]);

/** Trades that wait to be recognised as the delivery of an exercise, by what tells them apart. */
export type Deliveries = Map<string, SchwabRow[]>;

const keyOf = (day: string, parts: readonly (string | bigint)[]): string =>
  [day, ...parts].join(' ');

/** All buys and sells of the file, ready to be looked up. */
export function deliveriesAmong(rows: readonly SchwabRow[]): Deliveries {
  const deliveries: Deliveries = new Map();
  for (const row of rows) {
    const price = row.row.optionalPrice('Price');
    if (!price.ok || price.value === undefined || row.quantity === undefined) continue;
    if (row.action !== 'buy' && row.action !== 'sell') continue;
    const key = keyOf(row.asOf, [row.symbol, row.action, row.quantity, price.value]);
    const queue = deliveries.get(key);
    if (queue) queue.push(row);
    else deliveries.set(key, [row]);
  }
  return deliveries;
}

/** A call's holder buys and its writer sells; with puts it is the other way round. */
const deliveryAction = (type: OptionEventType, right: 'call' | 'put'): 'buy' | 'sell' =>
  (type === 'option-exercise') === (right === 'call') ? 'buy' : 'sell';

/** Takes the trade by which the underlying of an exercised or assigned option was delivered. */
export function takeDelivery(
  of: SchwabRow,
  type: OptionEventType,
  deliveries: Deliveries,
): SchwabRow | undefined {
  const option = instrumentOf(of);
  const terms = option?.option;
  const contracts = requiredUnits(of);
  if (type === 'option-expiry' || !terms || !contracts.ok) return undefined;
  const strike = parsePrice(formatDecimal(terms.strike));
  if (!strike.ok) return undefined;
  const units = multiply(contracts.value, option.multiplier ?? 0n);
  const side = deliveryAction(type, terms.right);
  const price: Price = strike.value;
  const key = keyOf(of.asOf, [terms.underlying.symbol ?? '', side, units, price]);
  return deliveries.get(key)?.shift();
}

/**
 * An option that leaves. Exercise and assignment trade the underlying by themselves, so the row of
 * that trade is part of it.
 */
export function optionEvent(
  of: SchwabRow,
  type: OptionEventType,
  delivery: SchwabRow | undefined,
): Read<Outcome> {
  const read = all({ instrument: requiredInstrument(of), quantity: requiredUnits(of) });
  if (!read.ok) return read;
  if (!read.value.instrument.option) return of.row.unknown('Symbol');
  const transaction: ImportedTransaction = {
    type,
    effectiveAt: of.asOf,
    ...read.value,
    currency,
    fee: of.fee + (delivery?.fee ?? 0n),
    tax: 0n,
  };
  const lines = delivery ? [of.line, delivery.line].toSorted((a, b) => a - b) : [of.line];
  return ok({
    row: { line: lines[0] ?? of.line, ...(delivery ? { lines } : {}), transaction },
  });
}
