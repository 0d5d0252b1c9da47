import { present } from '@plimsoll/kernel';
import type { Transaction } from './transaction.ts';

const corporateActions: ReadonlySet<string> = new Set([
  'split',
  'stock-dividend',
  'spin-off',
  'merger',
  'symbol-change',
  'return-of-capital',
  'delisting',
]);
const incoming: ReadonlySet<string> = new Set([
  'opening-balance',
  'deposit',
  'buy',
  'delivery-in',
  'cover',
]);
const outgoing: ReadonlySet<string> = new Set(['sell', 'short', 'withdrawal', 'delivery-out']);

const flowClass = (transaction: Transaction): number =>
  incoming.has(transaction.type) ? 0 : outgoing.has(transaction.type) ? 2 : 1;

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type Order = (a: Transaction, b: Transaction) => number;

const byPosition: Order = (a, b) => a.position - b.position || text(a.id, b.id);
const byFlow: Order = (a, b) => flowClass(a) - flowClass(b) || byPosition(a, b);
const byTime: Order = (a, b) => text(a.time ?? '', b.time ?? '') || byPosition(a, b);

/**
 * The order in which the transactions of one day take effect: corporate actions at the open; then
 * by time of day where every one has it, else in the order of the file where all come from one.
 * Otherwise each account follows its own best rule (times, one file, else buys before sells), and
 * the accounts are joined so that what comes goes before what leaves: what one account records never
 * changes the order within another. It depends on the set alone, not on the order of arrival.
 */
export function orderDay(transactions: readonly Transaction[]): Transaction[] {
  if (transactions.length < 2) return [...transactions];
  const actions = transactions.filter((t) => corporateActions.has(t.type)).sort(byPosition);
  const rest = transactions.filter((t) => !corporateActions.has(t.type));
  const rule = ruleFor(rest);
  return [...actions, ...(rule === byFlow ? joinAccounts(rest) : rest.sort(rule))];
}

/** Takes the accounts' own sequences apart and always goes on with the head that comes first by flow. */
function joinAccounts(transactions: readonly Transaction[]): Transaction[] {
  const accounts = new Map<string, Transaction[]>();
  for (const transaction of transactions) {
    const own = accounts.get(transaction.accountId);
    if (own) own.push(transaction);
    else accounts.set(transaction.accountId, [transaction]);
  }
  const queues = [...accounts.values()].map((own) => own.sort(ruleFor(own)).reverse());
  const joined: Transaction[] = [];
  while (joined.length < transactions.length) {
    const next = queues.reduce((best, queue) => {
      const [head, first] = [queue.at(-1), best.at(-1)];
      return head && (!first || byFlow(head, first) < 0) ? queue : best;
    }, []);
    joined.push(present(next.pop(), 'the next transaction of the day'));
  }
  return joined;
}

function ruleFor(transactions: readonly Transaction[]): Order {
  if (transactions.every((t) => t.time !== undefined)) return byTime;
  const file = transactions[0]?.source;
  const oneFile =
    file !== undefined &&
    transactions.every((t) => t.source?.importId === file.importId && t.source.file === file.file);
  return oneFile ? byPosition : byFlow;
}

/** Orders a whole ledger: by day, then by the day's rules. */
export function orderLedger(transactions: readonly Transaction[]): Transaction[] {
  const byDay = new Map<string, Transaction[]>();
  for (const transaction of transactions) {
    const day = byDay.get(transaction.effectiveAt);
    if (day) day.push(transaction);
    else byDay.set(transaction.effectiveAt, [transaction]);
  }
  return [...byDay.keys()].sort().flatMap((day) => orderDay(byDay.get(day) ?? []));
}
