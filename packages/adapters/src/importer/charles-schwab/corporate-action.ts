import { absolute, atPrice, ok } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import { all, type Outcome, type Read } from '../../importer-kit/index.ts';
import {
  currency,
  isCusip,
  plainName,
  requiredAmount,
  requiredInstrument,
  requiredUnits,
  type SchwabRow,
} from './schwab-row.ts';

/** Actions written as two rows: old units leave under their CUSIP, new ones come. */
export const exchanges: ReadonlyMap<string, 'split' | 'merger' | 'symbol-change'> = new Map([
  ['reverse split', 'split'],
  ['stock merger', 'merger'],
  ['conversion', 'merger'],
  ['mandatory reorg exc', 'merger'],
  ['exchange mandatory', 'merger'],
  ['name change', 'symbol-change'],
]);

/** Symbols by the name of what they stood for, for old units that are only named by a CUSIP. */
export type SymbolsByName = ReadonlyMap<string, string>;

export function symbolsByName(rows: readonly SchwabRow[]): SymbolsByName {
  const symbols = new Map<string, string>();
  for (const row of rows) {
    if (row.symbol === '' || isCusip(row.symbol)) continue;
    symbols.set(plainName(row.description), row.symbol);
  }
  return symbols;
}

/** The instrument of a row, with the symbol that its name has elsewhere in the file. */
function knownInstrument(of: SchwabRow, symbols: SymbolsByName): Read<InstrumentHint> {
  const instrument = requiredInstrument(of);
  if (!instrument.ok || instrument.value.symbol !== undefined) return instrument;
  const symbol = symbols.get(plainName(of.description));
  return symbol === undefined ? instrument : ok({ ...instrument.value, symbol });
}

const pairOf = (out: SchwabRow, into: SchwabRow) => ({
  line: Math.min(out.line, into.line),
  lines: [out.line, into.line].toSorted((a, b) => a - b),
});

/** Old units for new ones. */
export function exchange(
  out: SchwabRow,
  into: SchwabRow,
  type: 'split' | 'merger' | 'symbol-change',
  symbols: SymbolsByName,
): Read<Outcome> {
  const read = all({
    from: knownInstrument(out, symbols),
    to: requiredInstrument(into),
    old: requiredUnits(out),
    new: requiredUnits(into),
  });
  if (!read.ok) return read;
  const { from, to, ...ratio } = read.value;
  const when = { effectiveAt: into.posted };
  const transaction: ImportedTransaction =
    type === 'split'
      ? { type, ...when, instrument: to, ratio }
      : { type, ...when, instrument: from, into: to, ratio };
  return ok({ row: { ...pairOf(out, into), transaction } });
}

/** The refusal of one row of an exchange without the other. */
export const exchangeHalf = (of: SchwabRow): Read<never> =>
  of.row.refuseCell('Action', {
    code: 'import.other-half-missing',
    reason: `The other row of this "${of.row.text('Action')}" is not in the file.`,
    fix: 'Export a period that holds both rows, or record it by hand.',
  });

/** Units added for nothing. */
export function unitsAdded(
  of: SchwabRow,
  type: 'split' | 'stock-dividend',
): Read<ImportedTransaction> {
  const read = all({ instrument: requiredInstrument(of), added: requiredUnits(of) });
  if (!read.ok) return read;
  const { instrument, added } = read.value;
  return ok({
    type,
    effectiveAt: of.posted,
    instrument,
    added: (of.quantity ?? 0n) < 0n ? -added : added,
  });
}

/** Units that come from or go to another account; their stated price says what they are worth. */
export function delivery(of: SchwabRow): Read<ImportedTransaction> {
  const read = all({
    instrument: requiredInstrument(of),
    quantity: requiredUnits(of),
    price: of.row.optionalPrice('Price'),
  });
  if (!read.ok) return read;
  const { instrument, quantity, price } = read.value;
  return ok({
    type: (of.quantity ?? 0n) < 0n ? 'delivery-out' : 'delivery-in',
    effectiveAt: of.asOf,
    instrument,
    quantity,
    ...(price === undefined ? {} : { amount: atPrice(quantity, price) }),
    currency,
    fee: of.fee,
    tax: 0n,
  });
}

/** Units taken for cash, in one row or in two: one with the cash, one (`… Adj`) with the units. */
export function cashedOut(
  cash: SchwabRow,
  units: SchwabRow,
  type: 'sell' | 'redemption',
  symbols: SymbolsByName,
): Read<Outcome> {
  const read = all({
    instrument: knownInstrument(units, symbols),
    quantity: requiredUnits(units),
    amount: requiredAmount(cash),
  });
  if (!read.ok) return read;
  const { instrument, quantity, amount } = read.value;
  return ok({
    row: {
      ...(cash === units ? { line: cash.line } : pairOf(cash, units)),
      transaction: {
        type,
        effectiveAt: cash.asOf,
        instrument,
        quantity,
        amount: absolute(amount + cash.fee),
        currency,
        fee: cash.fee,
        tax: 0n,
      },
    },
  });
}

/** Nothing in the file says of which parent, or how its cost is shared. */
export const spinOff = (of: SchwabRow): Read<never> =>
  of.row.refuseCell('Action', {
    code: 'import.spin-off-terms',
    reason: `The file does not say which holding ${of.symbol} was spun off from, or which share of its cost goes along.`,
    fix: "Record the spin-off by hand with the cost share from the company's Form 8937.",
  });
