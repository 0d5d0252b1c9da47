import { ok } from '@plimsoll/kernel';
import type { ImportedTransaction, ParsedFile, RefusedRow } from '@plimsoll/ports';
import { type Read, Reading, type Row } from '../../importer-kit/index.ts';
import {
  cashedOut,
  delivery,
  exchange,
  exchangeHalf,
  exchanges,
  type SymbolsByName,
  spinOff,
  symbolsByName,
  unitsAdded,
} from './corporate-action.ts';
import {
  expense,
  flow,
  income,
  incomes,
  joinReinvested,
  joinTaxes,
  returnOfCapital,
  taxActions,
} from './income.ts';
import { deliveriesAmong, optionActions, optionEvent, takeDelivery } from './option-event.ts';
import { currency, type SchwabRow, schwabRow } from './schwab-row.ts';
import { sides, trade } from './trade.ts';

const feeActions = new Set([
  'adr mgmt fee',
  'advisor fee',
  'service fee',
  'misc fee',
  'wire fee',
  'foreign fee',
  'management fee',
  'commission adj',
]);

const flowAction =
  /^(moneylink|wire|funds|ach|atm|visa|journal|internal transfer|deposit|cash (deposit|withdrawal)|check|bill pay|auto s1|schwab atm|transfer)/;

const deliveryActions = new Set([
  'journaled shares',
  'security transfer',
  'stock plan activity',
  'shares received',
]);

const cashedOutAction = /^(cash merger|full redemption|tender offer)( adj)?$/;

/** What a row that stands for itself is; undefined where its action is not known. */
function single(of: SchwabRow): Read<ImportedTransaction> | undefined {
  const side = sides.get(of.action);
  if (side) return trade(of, side);
  if (deliveryActions.has(of.action)) return delivery(of);
  if (feeActions.has(of.action)) return expense(of, 'fee');
  switch (of.action) {
    case 'margin interest':
      return expense(of, 'margin-interest');
    case 'return of capital':
      return returnOfCapital(of);
    case 'stock split':
      return unitsAdded(of, 'split');
    case 'stock div dist':
      return unitsAdded(of, 'stock-dividend');
    case 'spin-off':
      return spinOff(of);
  }
  if (!flowAction.test(of.action)) return undefined;
  return of.amount === undefined && of.quantity !== undefined ? delivery(of) : flow(of);
}

/** One file being interpreted. */
interface Work {
  readonly reading: Reading;
  readonly rows: readonly SchwabRow[];
  readonly symbols: SymbolsByName;
  /** Rows that have become part of a transaction. */
  readonly done: Set<SchwabRow>;
}

const among = (work: Work, is: (action: string) => boolean): readonly SchwabRow[] =>
  work.rows.filter((row) => is(row.action));

/** Income first takes its tax, then the units that were bought of it. */
function settleIncome(work: Work): void {
  const taxed = joinTaxes(
    among(work, (action) => incomes.has(action)),
    among(work, (action) => taxActions.has(action)),
  );
  const { payments } = joinReinvested(
    taxed.payments,
    among(work, (action) => action === 'reinvest shares'),
  );
  for (const payment of payments) {
    const rows = [payment.paid, ...payment.taxes, ...(payment.units ? [payment.units] : [])];
    const type = incomes.get(payment.paid.action) ?? 'other-income';
    work.reading.settle(
      rows.map((row) => row.line),
      income(payment, type),
    );
    for (const row of rows) work.done.add(row);
  }
  for (const tax of taxed.left) settleSingle(work, tax, expense(tax, 'tax'));
}

function settleSingle(work: Work, of: SchwabRow, read: Read<ImportedTransaction>): void {
  work.done.add(of);
  const outcome = read.ok ? ok({ row: { line: of.line, transaction: read.value } }) : read;
  work.reading.settle([of.line], outcome);
}

function settleOptions(work: Work): void {
  const deliveries = deliveriesAmong(work.rows);
  for (const row of work.rows) {
    const type = optionActions.get(row.action);
    if (!type) continue;
    const delivery = takeDelivery(row, type, deliveries);
    const rows = delivery ? [row, delivery] : [row];
    work.reading.settle(
      rows.map(({ line }) => line),
      optionEvent(row, type, delivery),
    );
    for (const done of rows) work.done.add(done);
  }
}

/** Groups rows by action and day, in the file's order. */
function byActionAndDay(rows: readonly SchwabRow[], keyOf: (row: SchwabRow) => string) {
  return [...Map.groupBy(rows, keyOf).values()];
}

/** The n-th row that takes units with the n-th that brings some, of one action on one day. */
function settleExchanges(work: Work): void {
  const rows = among(work, (action) => exchanges.has(action));
  for (const group of byActionAndDay(rows, (row) => `${row.action} ${row.posted}`)) {
    const leaves = group.filter((row) => (row.quantity ?? 0n) < 0n);
    const comes = group.filter((row) => (row.quantity ?? 0n) >= 0n);
    for (let at = 0; at < Math.max(leaves.length, comes.length); at++) {
      settleExchange(work, leaves[at], comes[at]);
    }
  }
}

function settleExchange(work: Work, out?: SchwabRow, into?: SchwabRow): void {
  const rows = [out, into].flatMap((row) => (row ? [row] : []));
  for (const row of rows) {
    work.done.add(row);
    if (rows.length === 1) work.reading.settle([row.line], exchangeHalf(row));
  }
  if (!out || !into) return;
  const type = exchanges.get(into.action) ?? 'merger';
  work.reading.settle([out.line, into.line], exchange(out, into, type, work.symbols));
}

function settleCashedOut(work: Work): void {
  const rows = among(work, (action) => cashedOutAction.test(action));
  const key = (row: SchwabRow): string =>
    `${row.action.replace(/ adj$/, '')} ${row.posted} ${row.symbol}`;
  for (const group of byActionAndDay(rows, key)) {
    const type = group[0]?.action.startsWith('full redemption') ? 'redemption' : 'sell';
    const cash = group.filter((row) => row.amount !== undefined);
    const units = group.filter((row) => row.quantity !== undefined);
    for (const row of group) work.done.add(row);
    const [paid, left] = [cash[0], units[0]];
    const whole =
      cash.length === 1 && units.length === 1 && new Set([paid, left]).size === group.length;
    if (paid && left && whole) {
      const lines = [...new Set([paid.line, left.line])];
      work.reading.settle(lines, cashedOut(paid, left, type, work.symbols));
    } else {
      for (const row of group) work.reading.settle([row.line], exchangeHalf(row));
    }
  }
}

const isTotal = (row: Row): boolean => /^transactions total/i.test(row.text('Date'));

/** Makes transactions of the file's rows. */
export function interpret(rows: readonly Row[], refused: readonly RefusedRow[]): ParsedFile {
  const reading = new Reading(refused);
  const read: SchwabRow[] = [];
  for (const row of rows) {
    if (isTotal(row)) {
      reading.ignore(row.line, 'The total of all rows.');
      continue;
    }
    const result = schwabRow(row);
    if (result.ok) read.push(result.value);
    else reading.refuse(result.fault);
  }
  const work: Work = { reading, rows: read, symbols: symbolsByName(read), done: new Set() };
  settleOptions(work);
  settleIncome(work);
  settleExchanges(work);
  settleCashedOut(work);
  for (const row of read) {
    if (!work.done.has(row)) settleSingle(work, row, single(row) ?? row.row.unknown('Action'));
  }
  return reading.finish({ currency }, 'newest-first');
}
