/** What a bar tells the turtles, adjusted for splits; NaN where it is not known. */
export interface TurtleBar {
  readonly close: number;
  /** Highest high and lowest low of the bars before, over the way in, the fail-safe and the way out. */
  readonly high: number;
  readonly low: number;
  readonly safeHigh: number;
  readonly safeLow: number;
  readonly leaveHigh: number;
  readonly leaveLow: number;
  /** Average true range. */
  readonly range: number;
}

export interface TurtleRules {
  readonly filter: boolean;
  readonly short: boolean;
  readonly units: number;
  readonly addAt: number;
  readonly stopAt: number;
}

/** What is to be done: units more, everything sold, or nothing. */
export type TurtleStep = { readonly side: -1 | 0 | 1; readonly why: string } | null;

/**
 * The state of one market: what is held, and the trade that every breakout would have been, by which
 * the last one is judged.
 */
export class TurtleState {
  readonly #rules: TurtleRules;
  #side: -1 | 0 | 1 = 0;
  #units = 0;
  /** Close at which the newest unit was taken, and N then. */
  #last = Number.NaN;
  #range = Number.NaN;
  #shadow: { readonly side: 1 | -1; readonly entry: number; readonly range: number } | null = null;
  #lastWon = false;

  constructor(rules: TurtleRules) {
    this.#rules = rules;
  }

  next(bar: TurtleBar): TurtleStep {
    const lastWon = this.#lastWon;
    this.#follow(bar);
    if (this.#side === 0) return this.#enter(bar, lastWon);
    return this.#leave(bar) ?? this.#add(bar);
  }

  #enter(bar: TurtleBar, lastWon: boolean): TurtleStep {
    const skips = this.#rules.filter && lastWon;
    const { close, range } = bar;
    if (!(range > 0)) return null;
    const up = close > (skips ? bar.safeHigh : bar.high);
    const down = this.#rules.short && close < (skips ? bar.safeLow : bar.low);
    if (!up && !down) return null;
    this.#side = up ? 1 : -1;
    return this.#take(close, range, skips ? 'fail-safe breakout' : 'breakout');
  }

  #add({ close, range }: TurtleBar): TurtleStep {
    const far = this.#side * (close - this.#last) >= this.#rules.addAt * this.#range;
    if (!far || this.#units >= this.#rules.units || !(range > 0)) return null;
    return this.#take(close, range, `unit ${this.#units + 1}`);
  }

  #take(close: number, range: number, why: string): TurtleStep {
    this.#units++;
    this.#last = close;
    this.#range = range;
    return { side: this.#side, why };
  }

  #leave({ close, leaveHigh, leaveLow }: TurtleBar): TurtleStep {
    const stopped = this.#side * (this.#last - close) > this.#rules.stopAt * this.#range;
    const left = this.#side === 1 ? close < leaveLow : close > leaveHigh;
    if (!stopped && !left) return null;
    this.#side = 0;
    this.#units = 0;
    return { side: 0, why: stopped ? 'stop' : 'way out' };
  }

  /** The trade of one unit that every breakout would have been, taken or not. */
  #follow({ close, high, low, leaveHigh, leaveLow, range }: TurtleBar): void {
    const shadow = this.#shadow;
    if (shadow === null) {
      if (close > high) this.#shadow = { side: 1, entry: close, range };
      else if (this.#rules.short && close < low) this.#shadow = { side: -1, entry: close, range };
      return;
    }
    const gain = shadow.side * (close - shadow.entry);
    const stopped = -gain > this.#rules.stopAt * shadow.range;
    if (!stopped && !(shadow.side === 1 ? close < leaveLow : close > leaveHigh)) return;
    this.#lastWon = gain > 0;
    this.#shadow = null;
  }
}
