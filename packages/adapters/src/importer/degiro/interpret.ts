import type { ParsedFile, RefusedRow } from '@plimsoll/ports';
import type { DecimalMark } from '../../importer-kit/index.ts';
import { Reading } from '../../importer-kit/index.ts';
import { cashRow } from './cash-row.ts';
import { corporateEvent } from './corporate-event.ts';
import { kindOf, type RowKind } from './describe.ts';
import {
  conversion,
  conversionHalf,
  dividend,
  groupBy,
  type Matched,
  pairConversions,
  pairOpposites,
} from './join-rows.ts';
import { type Fill, linesOf, settleOrder, settlesConversions } from './settle-order.ts';
import { statedCash } from './stated-cash.ts';
import type { StatementRow } from './statement-row.ts';
import { tradeWords } from './trade-words.ts';

const ignoredFor = {
  sweep: 'Cash moved between DEGIRO and the bank account that belongs to it.',
  reservation: 'A reservation; the deposit itself has a row of its own.',
  cancelled: 'Booked and taken back: together the two rows move no cash.',
};

/** The rows of a statement told apart by what they are. */
interface Sorted {
  readonly fills: readonly Fill[];
  readonly events: readonly Fill[];
  readonly others: ReadonlyMap<RowKind, readonly StatementRow[]>;
  readonly unknown: readonly StatementRow[];
}

function sortRows(rows: readonly StatementRow[], mark: DecimalMark): Sorted {
  const fills: Fill[] = [];
  const events: Fill[] = [];
  const unknown: StatementRow[] = [];
  const others = new Map<RowKind, StatementRow[]>();
  for (const row of rows) {
    const kind = kindOf(row.description);
    const money = row.change < 0n ? -row.change : row.change;
    const words = kind === 'money-market' ? undefined : tradeWords(row.description, money, mark);
    if (words) (words.event === undefined ? fills : events).push({ row, words });
    else if (kind === undefined) unknown.push(row);
    else others.get(kind)?.push(row) ?? others.set(kind, [row]);
  }
  return { fills, events, others, unknown };
}

const orderKey = (row: StatementRow): string =>
  row.orderId === '' ? `line ${row.line}` : `${row.day} ${row.orderId}`;

/** One statement being interpreted: rows go into `reading` once each. */
interface Work {
  readonly reading: Reading;
  readonly sorted: Sorted;
}

const of = (work: Work, kind: RowKind): readonly StatementRow[] =>
  work.sorted.others.get(kind) ?? [];

/** Settles orders; answers the charges and conversions that no trade took. */
function settleOrders(work: Work): readonly StatementRow[] {
  const byOrder = (rows: readonly StatementRow[]) =>
    new Map(groupBy(rows, orderKey).map((group) => [orderKey(group[0] as StatementRow), group]));
  const charges = byOrder([...of(work, 'fee'), ...of(work, 'tax')]);
  const conversions = byOrder(of(work, 'fx'));
  for (const fills of groupBy(work.sorted.fills, (fill) => orderKey(fill.row))) {
    const key = orderKey((fills[0] as Fill).row);
    const order = {
      fills,
      charges: charges.get(key) ?? [],
      conversions: conversions.get(key) ?? [],
    };
    const outcome = settleOrder(order);
    const taken = [...fills.map((fill) => fill.row), ...order.charges];
    const all = settlesConversions(outcome) ? [...taken, ...order.conversions] : taken;
    work.reading.settle(linesOf(all), outcome);
    charges.delete(key);
    if (settlesConversions(outcome)) conversions.delete(key);
  }
  return [...charges.values(), ...conversions.values()].flat();
}

function settleConversions(work: Work, rows: readonly StatementRow[]): void {
  const together = (row: StatementRow): string =>
    row.orderId === '' ? `${row.day} ${row.time ?? ''} ${row.isin}` : orderKey(row);
  for (const group of groupBy(rows, together)) {
    for (const [first, second] of pairConversions(group)) {
      if (second) work.reading.settle(linesOf([first, second]), conversion(first, second));
      else work.reading.settle(first.lines, conversionHalf(first));
    }
  }
}

/** Each row that leaves with the next of the same action and day that comes. */
function settleEvents(work: Work): void {
  const key = ({ row, words }: Fill): string => `${row.day} ${words.event ?? ''}`;
  for (const group of groupBy(work.sorted.events, key)) {
    const comes = group.filter((fill) => fill.words.side === 'buy');
    const leaves = group.filter((fill) => fill.words.side === 'sell');
    for (let at = 0; at < Math.max(comes.length, leaves.length); at++) {
      const into = comes[at];
      const out = leaves[at];
      const rows = { ...(out ? { out } : {}), ...(into ? { into } : {}) };
      const lines = linesOf([out, into].flatMap((fill) => (fill ? [fill.row] : [])));
      work.reading.settle(lines, corporateEvent(rows));
    }
  }
}

const ignoreAll = (work: Work, rows: readonly StatementRow[], reason: string): void => {
  for (const line of linesOf(rows)) work.reading.ignore(line, reason);
};

/** Withdrawals are booked when asked for, taken back and booked again when they are paid. */
function settleWithdrawals(work: Work): void {
  for (const matched of pairOpposites(of(work, 'withdrawal'))) {
    if (matched.length === 2) ignoreAll(work, matched, ignoredFor.cancelled);
    else work.reading.settle(matched[0].lines, cashRow(matched[0], 'withdrawal'));
  }
}

function settleDividends(work: Work): void {
  const rows = [...of(work, 'dividend'), ...of(work, 'dividend-tax')];
  const key = (row: StatementRow): string =>
    `${row.isin || row.product} ${row.valueDay || row.day} ${row.currency}`;
  for (const group of groupBy(rows, key)) work.reading.settle(linesOf(group), dividend(group));
}

const standAlone = [
  'money-market',
  'return-of-capital',
  'deposit',
  'interest',
  'other-income',
] as const;

/** Reservations that are not undone within the file: the balance column holds them, we do not. */
const openReservations = (work: Work): readonly Matched[] =>
  pairOpposites(of(work, 'reservation')).filter((matched) => matched.length === 1);

/** Makes transactions of a statement's rows. */
export function interpret(
  rows: readonly StatementRow[],
  refused: readonly RefusedRow[],
  mark: DecimalMark,
): ParsedFile {
  const sorted = sortRows(rows, mark);
  const work: Work = { reading: new Reading(refused), sorted };
  const left = settleOrders(work);
  settleConversions(
    work,
    left.filter((row) => kindOf(row.description) === 'fx'),
  );
  for (const row of left) {
    const kind = kindOf(row.description);
    if (kind === 'fee' || kind === 'tax') work.reading.settle(row.lines, cashRow(row, kind));
  }
  settleEvents(work);
  settleWithdrawals(work);
  settleDividends(work);
  ignoreAll(work, of(work, 'sweep'), ignoredFor.sweep);
  ignoreAll(work, of(work, 'reservation'), ignoredFor.reservation);
  for (const kind of standAlone) {
    for (const row of of(work, kind)) work.reading.settle(row.lines, cashRow(row, kind));
  }
  for (const row of sorted.unknown) {
    work.reading.settle(row.lines, row.row.unknown(row.descriptionColumn));
  }
  const complete = refused.length === 0 && openReservations(work).length === 0;
  const totals = complete
    ? statedCash(rows, (row) => kindOf(row.description) !== 'sweep')
    : undefined;
  return work.reading.finish(totals === undefined ? {} : { totals }, 'newest-first');
}
