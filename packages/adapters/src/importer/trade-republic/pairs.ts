import { absolute, ok, one } from '@plimsoll/kernel';
import type { ImportedTransaction } from '@plimsoll/ports';
import { all, type Read, type Row } from '../../importer-kit/index.ts';
import { neededInstrument } from './read-securities-row.ts';
import { headOf } from './row-head.ts';

/** Two rows that are one event. */
export interface Pair {
  readonly lines: readonly number[];
  readonly first: Row;
  readonly outcome: Read<
    { readonly transaction: ImportedTransaction } | { readonly ignored: string }
  >;
}

/**
 * Units that leave and come back on one day in the same number. Under the same code nothing
 * happened; under another one the code changed.
 */
export function pairMigrations(rows: readonly Row[]): readonly Pair[] {
  const waiting = new Map<string, Row[]>();
  const pairs: Pair[] = [];
  for (const row of rows.filter((one) => one.text('type') === 'MIGRATION')) {
    const shares = row.optionalDecimal('shares');
    if (!shares.ok || !shares.value) continue;
    const outwards = shares.value < 0n;
    const size = `${row.text('date')}|${absolute(shares.value)}`;
    const partner = takePartner(waiting.get(`${size}|${outwards ? 'in' : 'out'}`), row);
    if (partner) pairs.push(outwards ? migration(row, partner) : migration(partner, row));
    else wait(waiting, `${size}|${outwards ? 'out' : 'in'}`, row);
  }
  return pairs;
}

function wait(waiting: Map<string, Row[]>, key: string, row: Row): void {
  const others = waiting.get(key);
  if (others) others.push(row);
  else waiting.set(key, [row]);
}

/** Takes the one of the same code out of those that wait, else the one that waits longest. */
function takePartner(waiting: Row[] | undefined, row: Row): Row | undefined {
  if (!waiting) return undefined;
  const same = waiting.findIndex((one) => one.text('symbol') === row.text('symbol'));
  return waiting.splice(Math.max(same, 0), 1)[0];
}

function migration(out: Row, back: Row): Pair {
  const lines = [out.line, back.line].toSorted((a, b) => a - b);
  if (out.text('symbol') === back.text('symbol')) {
    const ignored = 'Units were booked out and in again under the same code.';
    return { lines, first: out, outcome: ok({ ignored }) };
  }
  const read = all({ head: headOf(out), old: neededInstrument(out), into: neededInstrument(back) });
  if (!read.ok) return { lines, first: out, outcome: read };
  const { head, old, into } = read.value;
  const { currency: _, ...when } = head;
  const ratio = { new: one, old: one };
  const transaction: ImportedTransaction = {
    ...when,
    type: 'symbol-change',
    instrument: old,
    into,
    ratio,
  };
  return { lines, first: out, outcome: ok({ transaction }) };
}

/** A bond's units leave in one row (`REDEMPTION`), its cash comes in another (`FINAL_MATURITY`). */
export function pairMaturities(rows: readonly Row[]): readonly Pair[] {
  const cash = new Map<string, Row>();
  const keyOf = (row: Row) => `${row.text('date')}|${row.text('symbol')}`;
  for (const row of rows) if (row.text('type') === 'FINAL_MATURITY') cash.set(keyOf(row), row);
  const pairs: Pair[] = [];
  for (const units of rows.filter((row) => row.text('type') === 'REDEMPTION')) {
    const payment = cash.get(keyOf(units));
    if (!payment || payment.line === units.line) continue;
    cash.delete(keyOf(units));
    pairs.push(maturity(units, payment));
  }
  return pairs;
}

function maturity(units: Row, payment: Row): Pair {
  const lines = [units.line, payment.line].toSorted((a, b) => a - b);
  const read = all({
    head: headOf(units),
    instrument: neededInstrument(units),
    shares: units.decimal('shares'),
    amount: payment.decimal('amount'),
    fee: payment.decimalOrZero('fee'),
    tax: payment.decimalOrZero('tax'),
  });
  if (!read.ok) return { lines, first: units, outcome: read };
  const { head, instrument, shares, amount, fee, tax } = read.value;
  const transaction: ImportedTransaction = {
    ...head,
    type: 'redemption',
    instrument,
    quantity: absolute(shares),
    amount: absolute(amount),
    fee: -fee,
    tax: -tax,
  };
  return { lines, first: units, outcome: ok({ transaction }) };
}
