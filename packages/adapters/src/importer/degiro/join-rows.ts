import { absolute, type Decimal, daysBetween, ok } from '@plimsoll/kernel';
import type { Outcome, Read } from '../../importer-kit/index.ts';
import { whenOf } from './cash-row.ts';
import { kindOf } from './describe.ts';
import { instrumentHint, instrumentMissing } from './instrument-hint.ts';
import { sourceOf } from './settle-order.ts';
import type { StatementRow } from './statement-row.ts';

/** Rows by a key, in the order in which they first come. */
export function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

/** A conversion from the row that paid and the row that received. */
export function conversion(out: StatementRow, into: StatementRow): Read<Outcome> {
  return ok({
    row: {
      ...sourceOf([out, into]),
      transaction: {
        type: 'fx',
        ...whenOf(out),
        sold: { currency: out.currency, amount: absolute(out.change) },
        bought: { currency: into.currency, amount: into.change },
        currency: into.currency,
        fee: 0n,
        tax: 0n,
      },
    },
  });
}

/** Two rows that belong together, or one whose other half is not there. */
export type Matched = readonly [StatementRow, StatementRow] | readonly [StatementRow];

/** Rows that wait for their other half, by currency, first come first served. */
type Waiting = Map<string, { readonly rows: StatementRow[]; taken: number }>;

function takeOther(waiting: Waiting, currency: string): StatementRow | undefined {
  for (const [key, queue] of waiting) {
    const row = key === currency ? undefined : queue.rows[queue.taken];
    if (row) {
      queue.taken++;
      return row;
    }
  }
  return undefined;
}

function wait(waiting: Waiting, row: StatementRow): void {
  const queue = waiting.get(row.currency);
  if (queue) queue.rows.push(row);
  else waiting.set(row.currency, { rows: [row], taken: 0 });
}

/** Pairs each row that pays with the next of another currency that receives, in the file's order. */
export function pairConversions(rows: readonly StatementRow[]): readonly Matched[] {
  const paying: Waiting = new Map();
  const receiving: Waiting = new Map();
  const pairs: Matched[] = [];
  for (const row of rows) {
    const pays = row.change < 0n;
    const other =
      row.change === 0n ? undefined : takeOther(pays ? receiving : paying, row.currency);
    if (other) pairs.push(pays ? [row, other] : [other, row]);
    else wait(pays ? paying : receiving, row);
  }
  const left = [...paying.values(), ...receiving.values()].flatMap(({ rows, taken }) =>
    rows.slice(taken).map((row): Matched => [row]),
  );
  return [...pairs, ...left];
}

/** The refusal of one side of a conversion without the other. */
export const conversionHalf = (of: StatementRow): Read<never> =>
  of.row.refuse({
    column: null,
    value: of.description,
    code: 'import.other-half-missing',
    reason: 'The other side of this currency conversion is not in the file.',
    fix: 'Export a period that holds both rows of the conversion.',
  });

const longestWait = 21;

/**
 * Pairs rows that cancel out: the same amount in and out, next to each other among those of that
 * amount and within three weeks. Those that are left stand alone.
 */
export function pairOpposites(rows: readonly StatementRow[]): readonly Matched[] {
  const waiting = new Map<string, StatementRow[]>();
  const pairs: Matched[] = [];
  for (const row of rows) {
    const queue = waiting.get(`${row.currency}${-row.change}`);
    const other = queue?.at(-1);
    if (queue && other && Math.abs(daysBetween(other.day, row.day)) <= longestWait) {
      queue.pop();
      pairs.push([other, row]);
    } else {
      const key = `${row.currency}${row.change}`;
      const own = waiting.get(key);
      if (own) own.push(row);
      else waiting.set(key, [row]);
    }
  }
  const alone = [...waiting.values()].flat().map((row): Matched => [row]);
  return [...pairs, ...alone];
}

const total = (rows: readonly StatementRow[]): Decimal =>
  rows.reduce((sum, row) => sum + row.change, 0n);

/** One dividend from its rows of one instrument, value day and currency; or a tax booked by itself. */
export function dividend(rows: readonly StatementRow[]): Read<Outcome> {
  const paid = rows.filter((row) => kindOf(row.description) === 'dividend');
  const withheld = rows.filter((row) => kindOf(row.description) === 'dividend-tax');
  const first = paid[0] ?? withheld[0];
  if (!first) throw new RangeError('a dividend without rows');
  const instrument = instrumentHint(first);
  if (!instrument) return instrumentMissing(first);
  const { currency } = first;
  const base = { ...whenOf(first), instrument, currency };
  const source = sourceOf(rows);
  if (paid.length === 0) {
    return ok({
      row: { ...source, transaction: { ...base, type: 'tax', amount: -total(withheld) } },
    });
  }
  const amount = total(paid);
  const tax = -total(withheld);
  if (amount === 0n && tax === 0n) {
    return ok({ ignored: 'The dividend was booked and taken back.' });
  }
  return ok({
    row: { ...source, transaction: { ...base, type: 'dividend', amount, fee: 0n, tax } },
  });
}
