/**
 * An order and what it would do, in base currency, as it looks before it is sent. Orders that wait count
 * as filled, so that many small ones cannot do what one large one may not.
 */
export interface OrderFacts {
  readonly instrumentId: string;
  readonly sector: string | null;
  readonly side: 'buy' | 'sell';
  /** Units, above zero. */
  readonly quantity: number;
  /** At which it would fill as far as one can say: its limit or stop, or the newest price. */
  readonly price: number;
  /** The newest price; NaN where none is known. */
  readonly newestPrice: number;
  /** Of the order, ≥ 0. */
  readonly value: number;
  readonly equity: number;
  /** What the account can still pay for. */
  readonly buyingPower: number;
  /** Whether the instrument may be traded at all. */
  readonly allowed: boolean;
  /** Whether it makes the position smaller without turning it around. */
  readonly reduces: boolean;
  /** Value of the position, signed, before and after. */
  readonly position: number;
  readonly positionAfter: number;
  /** Sums of all positions’ absolute values, before and after. */
  readonly gross: number;
  readonly grossAfter: number;
  /** Sums of all positions’ values, before and after. */
  readonly net: number;
  readonly netAfter: number;
  /** Sums of the absolute values in the sector, before and after. */
  readonly sectorGross: number;
  readonly sectorGrossAfter: number;
  /** How many instruments are held, before and after. */
  readonly positions: number;
  readonly positionsAfter: number;
  /** Lost since the session began, as a share of equity then; below zero where won. */
  readonly dayLoss: number;
  /** Fall of equity from its highest so far, as a share of that. */
  readonly drawdown: number;
  /** Orders of this session so far. */
  readonly ordersToday: number;
  /** Open orders of the same instrument, side, kind, price and quantity. */
  readonly sameOrders: number;
}

/** What a gate says: pass, or why not, with the figure and the limit it exceeds. */
export type GateVerdict =
  | { readonly passes: true }
  | {
      readonly passes: false;
      /** A clause such as `the order is 12.0 % of equity`. */
      readonly reason: string;
      readonly figure: number;
      readonly limit: number;
    };

/**
 * A check that every order goes through before it is sent, in backtests, on paper and live. A folder
 * `gates/<id>/` whose index exports it by default is all that it takes.
 */
export interface Gate {
  /** As its folder; the limit of the same name in camel case sets it. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what it keeps from happening. */
  readonly summary: string;
  check(facts: OrderFacts, limit: number): GateVerdict;
}

/** Keeps the type of a gate while it is written. */
export const defineGate = (gate: Gate): Gate => gate;

const passed: GateVerdict = { passes: true };

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Passes while the share is at most the limit. A figure that is no number does not pass. */
export const shareWithin = (what: string, figure: number, limit: number): GateVerdict =>
  figure <= limit * (1 + 1e-9)
    ? passed
    : {
        passes: false,
        reason: `${what} ${percent(figure)}, limit ${percent(limit)}`,
        figure,
        limit,
      };

/** Passes while the number is at most the limit. */
export const countWithin = (what: string, figure: number, limit: number): GateVerdict =>
  figure <= limit
    ? passed
    : { passes: false, reason: `${what} ${figure}, limit ${limit}`, figure, limit };

/** Passes what makes a position smaller: losses must never hold up the way out. */
export const unlessReducing = (facts: OrderFacts, check: () => GateVerdict): GateVerdict =>
  facts.reduces ? passed : check();

/** Passes what does not make a sum larger, though it be above its limit already. */
export const unlessFalling = (
  before: number,
  after: number,
  check: () => GateVerdict,
): GateVerdict => (after <= before ? passed : check());
