/** Bars at whose close a signal changes, and what to; for many strategies one after the other. */
export class SignalChanges {
  readonly places: Int32Array;
  readonly signals: Float64Array;
  count = 0;
  /** Whether a signal is said again while it holds; after it was turned down that is a new order. */
  repeats = false;
  #current = Number.NaN;

  /** @param bars The most changes there can be. */
  constructor(bars: number) {
    this.places = new Int32Array(bars);
    this.signals = new Float64Array(bars);
  }

  /** Takes the changes from a column: NaN stays as it was, and to be flat at first is no change. */
  fromColumn(column: Float64Array, start: number): void {
    this.#begin();
    for (let bar = start; bar < column.length; bar++) this.#add(bar, column[bar] as number);
  }

  /**
   * Takes the changes from so many crossings as `SweepRows` gives them. `known` is the first bar that counts at
   * which the two rows are told apart, −1 where there is none; `joins` says that the side there is
   * taken at once.
   */
  fromCrossings(
    crossings: Int32Array,
    count: number,
    below: 0 | -1,
    known: number,
    joins: boolean,
  ): void {
    this.#begin();
    if (known < 0) return;
    let next = countUntil(crossings, count, known);
    if (joins) this.#add(known, (crossings[next - 1] as number) >= 0 ? 1 : below);
    for (; next < count; next++) {
      const place = crossings[next] as number;
      this.#add(barOf(place), place >= 0 ? 1 : below);
    }
  }

  #begin(): void {
    this.count = 0;
    this.repeats = false;
    this.#current = Number.NaN;
  }

  #add(bar: number, signal: number): void {
    if (Number.isNaN(signal)) return;
    if (signal === this.#current) {
      this.repeats = true;
      return;
    }
    const opens = !Number.isNaN(this.#current) || signal !== 0;
    this.#current = signal;
    if (!opens) return;
    this.places[this.count] = bar;
    this.signals[this.count++] = signal;
  }
}

const barOf = (place: number): number => (place >= 0 ? place : ~place);

/** How many of them come no later than a bar. */
function countUntil(crossings: Int32Array, most: number, bar: number): number {
  let count = 0;
  while (count < most && barOf(crossings[count] as number) <= bar) count++;
  return count;
}
