import type { LedgerFault, LotMethod, Transaction } from '@plimsoll/domain';
import { applyTransaction, Book, PriceBook, plainInstrument, RateBook } from '@plimsoll/domain';
import { addDays, type Decimal, multiply, toFloat } from '@plimsoll/kernel';
import { factsOf, listOf } from '../../case-facts.ts';
import { type Check, near, same } from '../../check.ts';
import { exact } from './activity.ts';
import { amount, type FigureCheck } from './figure.ts';
import type { TrackerCase } from './tracker-case.ts';

/** One instrument in one account, bought and sold step by step. */
class Ladder {
  readonly #book: Book;
  readonly #start = '2020-01-01';
  #count = 0;

  constructor(lotMethod: LotMethod) {
    const account = {
      id: 'main',
      name: 'main',
      currency: 'USD',
      lotMethod,
      cash: 'untracked' as const,
      fees: 'capitalised' as const,
      allowShort: false,
    };
    this.#book = new Book({
      currency: 'USD',
      accounts: [account],
      instruments: new Map([
        ['X', plainInstrument({ id: 'X', kind: 'crypto', name: 'X', currency: 'USD' })],
      ]),
      scope: new Set(['main']),
      cashTracked: new Set(),
      rates: new RateBook('USD', []),
      prices: new PriceBook(new Map()),
    });
  }

  get lots() {
    return [...this.#book.holding('main', 'X').lots];
  }

  get quantity(): Decimal {
    return this.#book.holding('main', 'X').lots.quantity;
  }

  get cost(): Decimal {
    return this.lots.reduce((sum, lot) => sum + lot.baseCost, 0n);
  }

  get realised(): Decimal {
    return this.#book.holding('main', 'X').tally.realised;
  }

  apply(
    type: 'buy' | 'sell',
    quantity: Decimal,
    price: Decimal,
    id?: string,
    day = 0,
  ): LedgerFault | null {
    const transaction: Transaction = {
      id: id ?? `s${this.#count}`,
      accountId: 'main',
      effectiveAt: addDays(this.#start, day),
      position: this.#count++,
      type,
      instrumentId: 'X',
      quantity,
      amount: multiply(quantity, price),
      currency: 'USD',
      fee: 0n,
      tax: 0n,
    };
    return applyTransaction(this.#book, transaction);
  }

  /** Sells; what is not held is refused by name, then recorded as found, at no cost. */
  sell(quantity: Decimal, price: Decimal): { readonly found: Decimal; readonly missing: Decimal } {
    const fault = this.apply('sell', quantity, price);
    if (fault?.code !== 'ledger.not-held') return { found: quantity, missing: 0n };
    const missing = fault.wanted - fault.held;
    this.apply('buy', missing, 0n);
    this.apply('sell', quantity, price);
    return { found: fault.held, missing };
  }
}

/** Average cost, one sale after the other; more than is held is refused with what is missing. */
const steps: FigureCheck = (_, wanted) => {
  const ladder = new Ladder('average');
  return listOf(wanted).flatMap((step): Check[] => {
    const name = `step ${String(step['step'])}`;
    const before = ladder.realised;
    const quantity = exact(step['quantity']);
    const price = exact(step['unitPrice']);
    const { missing } =
      step['type'] === 'BUY'
        ? { missing: ladder.apply('buy', quantity, price) ? quantity : 0n }
        : ladder.sell(quantity, price);
    const lacking = factsOf(step['missing'])['missing'] ?? 0;
    return [
      amount(`${name} gain`, ladder.realised - before, step['pnl'], 1e-12),
      amount(`${name} cost left`, ladder.cost, step['total_acb_after'], 1e-12),
      amount(`${name} units left`, ladder.quantity, step['quantity_after'], 1e-12),
      amount(`${name} units missing`, missing, lacking, 1e-12),
    ];
  });
};

const numberAfter = (text: string, word: string): string =>
  new RegExp(`${word}[ =]([\\d.]+)`).exec(text)?.[1] ?? '0';

interface Sold {
  readonly command: string;
  readonly found: Decimal;
  readonly missing: Decimal;
  readonly left: readonly (readonly [string, number])[];
  readonly from: readonly string[];
}

/** Plays `SELL 1` and `add lot e5 t=0 qty 1 price 2`. */
function play(tracker: TrackerCase): Sold[] {
  const ladder = new Ladder('hifo');
  for (const lot of listOf(tracker.golden['lots'])) {
    const id = String(lot['id']);
    ladder.apply('buy', exact(lot['quantity']), exact(lot['unitPrice']), id, Number(lot['t'] ?? 0));
  }
  const sold: Sold[] = [];
  for (const command of tracker.golden['sequence'] as string[]) {
    if (command.startsWith('add lot')) {
      const [, id = ''] = /add lot (\w+)/.exec(command) ?? [];
      const quantity = exact(numberAfter(command, 'qty'));
      ladder.apply('buy', quantity, exact(numberAfter(command, 'price')), id, 0);
      continue;
    }
    const before = ladder.lots.map((lot) => [lot.openedBy, lot.quantity] as const);
    const { found, missing } = ladder.sell(exact(numberAfter(command, 'SELL')), exact(2));
    const left = ladder.lots.map((lot) => [lot.openedBy, toFloat(lot.quantity)] as const);
    const after = new Map(left);
    const from = before
      .filter(([id, units]) => (after.get(id) ?? 0) !== toFloat(units))
      .map(([id]) => id);
    sold.push({ command, found, missing, left, from });
  }
  return sold;
}

function soldChecks(sold: Sold | undefined, original: TrackerCase, wanted: unknown): Check[] {
  if (!sold) return [same('sale', 'none', 'one')];
  const left = new Map(sold.left);
  return Object.entries(factsOf(wanted)).flatMap(([key, figure]) => {
    const name = `${sold.command}: ${key}`;
    if (key.endsWith('_remaining')) {
      return [near(name, left.get(key.slice(0, -10)) ?? 0, Number(figure), 0)];
    }
    if (figure === 'untouched') {
      const lot = listOf(original.golden['lots']).find(({ id }) => id === key);
      return [near(name, left.get(key) ?? 0, Number(lot?.['quantity']), 0)];
    }
    if (key === 'lots_left') return [same(name, sold.left.length, figure)];
    if (key === 'lot') {
      const [id = ''] = String(figure).split(' ');
      return [near(name, left.get(id) ?? 0, Number(numberAfter(String(figure), 'remaining')), 0)];
    }
    if (key === 'complete') return [same(name, sold.missing === 0n, figure)];
    if (key === 'found') return [amount(name, sold.found, figure)];
    return key === 'missing' ? [amount(name, sold.missing, figure)] : [];
  });
}

/** Figures of lots sold one by one. */
export const lotStepChecks: readonly (readonly [RegExp, FigureCheck])[] = [
  [/^steps$/, steps],
  [
    /^after (SELL .+)$/,
    (t, w, m) =>
      soldChecks(
        play(t).find(({ command }) => command === m[1]),
        t,
        w,
      ),
  ],
  [
    /^last (SELL .+)$/,
    (t, w, m) =>
      soldChecks(
        play(t).findLast(({ command }) => command === m[1]),
        t,
        w,
      ),
  ],
  [/^sold_from$/, (t, w) => [same('sold from', play(t).at(-1)?.from.join(), w)]],
];
