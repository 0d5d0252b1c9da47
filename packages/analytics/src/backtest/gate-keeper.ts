import { type Gate, gates, type OrderFacts } from '@plimsoll/domain';
import { invariant } from '@plimsoll/kernel';
import type { Account } from './account.ts';
import { type Holding, type Order, pointValue, unitValue } from './holding.ts';
import { reduces, remaining } from './order.ts';
import type { BacktestSettings } from './settings.ts';

/** A gate with the limit that the run sets for it. */
interface Manned {
  readonly gate: Gate;
  readonly limit: number;
}

/** The gates whose limits are set. */
function manned(limits: BacktestSettings['limits']): readonly Manned[] {
  const byId = new Map(gates.map((gate) => [gate.id, gate]));
  return Object.entries(limits).flatMap(([name, limit]) => {
    if (limit === undefined) return [];
    const id = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const gate = byId.get(id);
    invariant(gate !== undefined, `a gate for the limit ${name}`);
    return [{ gate, limit }];
  });
}

/** Asks the gates for every order before it is accepted, and knows what they need to know. */
export class GateKeeper {
  readonly #gates: readonly Manned[];
  readonly #account: Account;
  readonly #holdings: readonly Holding[];
  /** Equity that a position needs, of its value; null in a cash account. */
  readonly #initial: number | null;
  #session = Number.NaN;
  // Begun as fractions: a field that starts without a number would take an object for each new one.
  #dayStart = Number.NaN;
  #equity = Number.NaN;
  #peak = Number.NaN;
  #ordersToday = 0;
  /** Of the order that is asked about; written anew for each, as gates keep nothing of it. */
  readonly #facts = emptyFacts();

  constructor(settings: BacktestSettings, holdings: readonly Holding[], account: Account) {
    this.#gates = manned(settings.limits);
    this.#holdings = holdings;
    this.#account = account;
    this.#initial = settings.account.kind === 'margin' ? settings.account.initial : null;
    this.#dayStart = settings.cash;
    this.#equity = settings.cash;
    this.#peak = settings.cash;
  }

  /** Whether there is any gate to ask. */
  static needed(settings: BacktestSettings): boolean {
    return Object.values(settings.limits).some((limit) => limit !== undefined);
  }

  /** Told of the session of the newest bars before orders are placed. */
  enter(session: number): void {
    if (!(session > this.#session) && !Number.isNaN(this.#session)) return;
    this.#session = session;
    this.#dayStart = this.#equity;
    this.#ordersToday = 0;
  }

  /** Told of equity at the end of each moment. */
  mark(equity: number): void {
    this.#equity = equity;
    if (equity > this.#peak) this.#peak = equity;
  }

  /** Why a gate turns an order down; null where all let it pass. */
  refusalOf(order: Order): string | null {
    const facts = this.#factsOf(order);
    for (const { gate, limit } of this.#gates) {
      const verdict = gate.check(facts, limit);
      if (!verdict.passes) return `${gate.title}: ${verdict.reason}`;
    }
    this.#ordersToday++;
    return null;
  }

  #factsOf(order: Order): OrderFacts {
    const { held, sign, quantity } = order;
    const price = priceOf(order);
    const equity = this.#account.equity();
    const value = quantity * price * pointValue(held);
    const before = expected(held);
    const facts = this.#facts;
    facts.instrumentId = held.instrument.id;
    facts.sector = held.instrument.sector;
    facts.side = sign === 1 ? 'buy' : 'sell';
    facts.quantity = quantity;
    facts.price = price;
    facts.newestPrice = held.price;
    facts.value = Math.abs(value);
    facts.equity = equity;
    this.#sum(held, sign * quantity);
    facts.buyingPower = this.#buyingPower(equity, facts.gross);
    facts.allowed = held.alive;
    facts.reduces = sign * before < 0 && quantity <= Math.abs(before);
    facts.dayLoss = 1 - equity / this.#dayStart;
    facts.drawdown = 1 - equity / Math.max(this.#peak, equity);
    facts.ordersToday = this.#ordersToday;
    facts.sameOrders = 0;
    for (const other of held.orders) if (isSame(other, order)) facts.sameOrders++;
    return facts;
  }

  /** Cash, or what equity carries beyond what is held. */
  #buyingPower(equity: number, gross: number): number {
    return this.#initial === null ? this.#account.cash : equity / this.#initial - gross;
  }

  /** Sums over all that is held, before and after a change of one. */
  #sum(held: Holding, change: number): void {
    const sums = this.#facts;
    sums.position = 0;
    sums.positionAfter = 0;
    sums.gross = 0;
    sums.grossAfter = 0;
    sums.net = 0;
    sums.netAfter = 0;
    sums.sectorGross = 0;
    sums.sectorGrossAfter = 0;
    sums.positions = 0;
    sums.positionsAfter = 0;
    for (const each of this.#holdings) {
      const before = expected(each);
      const after = each === held ? before + change : before;
      if (before === 0 && after === 0) continue;
      const was = before * unitValue(each);
      const is = after * unitValue(each);
      if (each === held) {
        sums.position = was;
        sums.positionAfter = is;
      }
      sums.gross += Math.abs(was);
      sums.grossAfter += Math.abs(is);
      sums.net += was;
      sums.netAfter += is;
      if (each.instrument.sector === held.instrument.sector) {
        sums.sectorGross += Math.abs(was);
        sums.sectorGrossAfter += Math.abs(is);
      }
      if (before !== 0) sums.positions++;
      if (after !== 0) sums.positionsAfter++;
    }
  }
}

const emptyFacts = (): { -readonly [K in keyof OrderFacts]: OrderFacts[K] } => ({
  instrumentId: '',
  sector: null,
  side: 'buy',
  quantity: Number.NaN,
  price: Number.NaN,
  newestPrice: Number.NaN,
  value: Number.NaN,
  equity: Number.NaN,
  buyingPower: Number.NaN,
  allowed: false,
  reduces: false,
  position: Number.NaN,
  positionAfter: Number.NaN,
  gross: Number.NaN,
  grossAfter: Number.NaN,
  net: Number.NaN,
  netAfter: Number.NaN,
  sectorGross: Number.NaN,
  sectorGrossAfter: Number.NaN,
  positions: 0,
  positionsAfter: 0,
  dayLoss: Number.NaN,
  drawdown: Number.NaN,
  ordersToday: 0,
  sameOrders: 0,
});

/** What will be held once what waits has filled; what may only get out at a price does not count. */
function expected(held: Holding): number {
  let quantity = held.quantity;
  for (const order of held.orders) {
    const sure = order.type.kind === 'market' || order.type.kind === 'market-on-open';
    if (sure || (order.exitOf === null && !reduces(order)))
      quantity += order.sign * remaining(order);
  }
  return quantity;
}

/** What an order asks for, else the newest price. */
function priceOf({ type, held }: Order): number {
  if (type.kind === 'limit' || type.kind === 'stop-limit') return type.limit;
  return type.kind === 'stop' ? type.stop : held.price;
}

const isSame = (a: Order, b: Order): boolean =>
  a.sign === b.sign &&
  a.quantity === b.quantity &&
  a.type.kind === b.type.kind &&
  (a.type.kind === 'trailing' || priceOf(a) === priceOf(b));
