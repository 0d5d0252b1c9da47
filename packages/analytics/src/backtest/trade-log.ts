import type { Holding } from './holding.ts';
import type { Trade } from './result.ts';

/** Numbers a trade. */
const width = 12;

/** The numbers of a trade that has ended; those of `Trade` by the same names. */
export interface EndedTrade extends Omit<Trade, 'instrumentId' | 'net'> {
  readonly held: Holding;
}

/** Trades that have ended, in columns: a run with a million of them does not keep a million objects. */
export class TradeLog {
  #length = 0;
  #numbers = new Float64Array(16 * width);
  readonly #held: Holding[] = [];
  readonly #whys: string[] = [];

  /** Takes a trade down; what is given may be used again by the caller. */
  add(trade: EndedTrade): void {
    const at = this.#length * width;
    if (at === this.#numbers.length) {
      const wider = new Float64Array(2 * at);
      wider.set(this.#numbers);
      this.#numbers = wider;
    }
    const numbers = this.#numbers;
    numbers[at] = trade.side === 'long' ? 1 : -1;
    numbers[at + 1] = trade.entryAt;
    numbers[at + 2] = trade.exitAt ?? Number.NaN;
    numbers[at + 3] = trade.entryPrice;
    numbers[at + 4] = trade.exitPrice ?? Number.NaN;
    numbers[at + 5] = trade.quantity;
    numbers[at + 6] = trade.gross;
    numbers[at + 7] = trade.commission;
    numbers[at + 8] = trade.carry;
    numbers[at + 9] = trade.bars;
    numbers[at + 10] = trade.mae;
    numbers[at + 11] = trade.mfe;
    this.#held.push(trade.held);
    this.#whys.push(trade.whyEntered, trade.whyLeft);
    this.#length++;
  }

  /** All of them, in the order in which they ended. */
  toTrades(): Trade[] {
    return Array.from({ length: this.#length }, (_, place) => this.#trade(place));
  }

  #trade(place: number): Trade {
    const at = place * width;
    const number = (field: number): number => this.#numbers[at + field] as number;
    const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
    return {
      instrumentId: (this.#held[place] as Holding).instrument.id,
      side: number(0) === 1 ? 'long' : 'short',
      entryAt: number(1),
      exitAt: known(number(2)),
      entryPrice: number(3),
      exitPrice: known(number(4)),
      quantity: number(5),
      gross: number(6),
      commission: number(7),
      carry: number(8),
      net: number(6) - number(7) + number(8),
      bars: number(9),
      mae: number(10),
      mfe: number(11),
      whyEntered: this.#whys[2 * place] as string,
      whyLeft: this.#whys[2 * place + 1] as string,
    };
  }
}
