import { type DayNumber, type Decimal, toFloat } from '@plimsoll/kernel';

/** What happened to one instrument, or the cash of one currency, over all accounts looked at. */
export interface Line {
  /** Instrument id, or `cash:EUR`. */
  readonly key: string;
  /** Units held at the moment. */
  quantity: Decimal;
  /** Days on which the quantity changed, and what it was at their end. */
  readonly days: number[];
  readonly quantities: number[];
  /** Base-currency worth that flowed in on a day, and out. */
  readonly flowDays: number[];
  readonly inflows: number[];
  readonly outflows: number[];
}

/** The float columns that daily valuation and contribution need, gathered while the ledger is folded. */
export class Lines {
  readonly #lines = new Map<string, Line>();

  [Symbol.iterator](): IterableIterator<Line> {
    return this.#lines.values();
  }

  get(key: string): Line | undefined {
    return this.#lines.get(key);
  }

  #line(key: string): Line {
    let line = this.#lines.get(key);
    if (!line) {
      line = {
        key,
        quantity: 0n,
        days: [],
        quantities: [],
        flowDays: [],
        inflows: [],
        outflows: [],
      };
      this.#lines.set(key, line);
    }
    return line;
  }

  /** Units come (positive) or go. */
  change(key: string, day: DayNumber, units: Decimal): void {
    if (units === 0n) return;
    const line = this.#line(key);
    line.quantity += units;
    const last = line.days.length - 1;
    if (line.days[last] === day) {
      line.quantities[last] = toFloat(line.quantity);
    } else {
      line.days.push(day);
      line.quantities.push(toFloat(line.quantity));
    }
  }

  /** Worth enters the line (positive) or leaves it. */
  flow(key: string, day: DayNumber, base: Decimal): void {
    if (base === 0n) return;
    const line = this.#line(key);
    const last = line.flowDays.length - 1;
    if (line.flowDays[last] !== day) {
      line.flowDays.push(day);
      line.inflows.push(0);
      line.outflows.push(0);
    }
    const at = line.flowDays.length - 1;
    const amount = toFloat(base);
    if (amount > 0) line.inflows[at] = (line.inflows[at] ?? 0) + amount;
    else line.outflows[at] = (line.outflows[at] ?? 0) - amount;
  }
}
