import { defineIndicator } from '../../indicator/define-indicator.ts';

/** Follows one leg at a time: the furthest price that it reached, and how far back that is. */
class Legs {
  /** 1 in a rise, −1 in a fall, 0 before the first turn. */
  direction = 0;
  /** Of the turn found last. */
  turn = 0;
  turnAt = 0;
  readonly #share: number;
  #high = Number.NaN;
  #highAt = 0;
  #low = Number.NaN;
  #lowAt = 0;

  constructor(share: number) {
    this.#share = share;
  }

  /** Whether the value makes a turn known. */
  next(x: number, at: number): boolean {
    this.#stretch(x, at);
    if (
      this.direction >= 0 &&
      x < this.#high &&
      this.#high - x >= this.#share * Math.abs(this.#high)
    ) {
      this.#take(-1, this.#high, this.#highAt);
      this.#low = x;
      this.#lowAt = at;
      return true;
    }
    if (
      this.direction <= 0 &&
      x > this.#low &&
      x - this.#low >= this.#share * Math.abs(this.#low)
    ) {
      this.#take(1, this.#low, this.#lowAt);
      this.#high = x;
      this.#highAt = at;
      return true;
    }
    return false;
  }

  /** While a leg goes on, what it left behind is its other end and stays. */
  #stretch(x: number, at: number): void {
    if (this.direction >= 0 && !(x <= this.#high)) {
      this.#high = x;
      this.#highAt = at;
    }
    if (this.direction <= 0 && !(x >= this.#low)) {
      this.#low = x;
      this.#lowAt = at;
    }
  }

  #take(direction: number, turn: number, at: number): void {
    this.direction = direction;
    this.turn = turn;
    this.turnAt = at;
  }
}

export default defineIndicator({
  id: 'zigzag',
  group: 'pattern',
  title: 'Zigzag',
  summary: 'Turns of at least some percent, each given when it is known and not before.',
  formula:
    'a high is a turn once the value is percent below it, a low once it is percent above; turn = its price at the bar where it is known, barsAgo = how far back it is, direction = of the leg now',
  source: 'Achelis, Technical Analysis from A to Z, 2000',
  params: { percent: { kind: 'number', title: 'Percent', above: 0, max: 1000, default: 5 } },
  needs: ['value'],
  outputs: ['turn', 'barsAgo', 'direction'],
  warmUp: ({ percent }) => Math.ceil(60 + 60 * percent),
  keeps: 'path',
  start: ({ percent }) => {
    const legs = new Legs(percent / 100);
    return {
      advance({ value }, from, until, [turn, barsAgo, direction]) {
        for (let i = from; i < until; i++) {
          const isTurn = !Number.isNaN(value[i]) && legs.next(value[i], i);
          turn[i] = isTurn ? legs.turn : Number.NaN;
          barsAgo[i] = isTurn ? i - legs.turnAt : Number.NaN;
          direction[i] = legs.direction === 0 ? Number.NaN : legs.direction;
        }
      },
    };
  },
});
