import type { PairFound, PairRelation } from './estimate-pair.ts';

interface PairRules {
  readonly enter: number;
  readonly leave: number;
  readonly stop: number;
  readonly patience: number;
}

/** What is to be held from now on: 1 the first bought and the second sold, −1 the reverse, 0 nothing. */
export interface PairStep {
  readonly side: -1 | 0 | 1;
  readonly hedgeRatio: number;
  readonly why: string;
}

/**
 * What is known and held of a pair. While it is held the relation stays that of the entry; after it was
 * given up nothing is entered until the spread has been back at its middle.
 */
export class PairState {
  readonly #rules: PairRules;
  #relation: PairRelation | null = null;
  #side: -1 | 0 | 1 = 0;
  #days = 0;
  #given = false;
  #told = '';

  constructor(rules: PairRules) {
    this.#rules = rules;
  }

  get side(): -1 | 0 | 1 {
    return this.#side;
  }

  /** Takes a new estimate; what is new about it in words, null where it is as before. */
  learn(found: PairFound): string | null {
    this.#relation = 'relation' in found ? found.relation : null;
    const said = 'relation' in found ? 'cointegrated' : found.why;
    const kind = 'relation' in found ? 'cointegrated' : 'not traded';
    if (kind === this.#told) return null;
    this.#told = kind;
    return kind === said ? said : `${kind}: ${said}`;
  }

  /** The step at the newest closes, as logarithms; null where nothing changes. */
  next(first: number, second: number, newDay: boolean): PairStep | null {
    const relation = this.#relation;
    if (relation === null) return null;
    const { hedgeRatio, constant, deviation, halfLife } = relation;
    const z = (first - constant - hedgeRatio * second) / deviation;
    if (Number.isNaN(z)) return null;
    if (this.#side === 0) return this.#enter(z, hedgeRatio);
    if (newDay) this.#days++;
    const away = -this.#side * z;
    const late = this.#days > this.#rules.patience * halfLife;
    const lost = away > this.#rules.stop;
    if (!(away < this.#rules.leave) && !late && !lost) return null;
    this.#side = 0;
    this.#given = late || lost;
    const why = lost ? 'given up' : late ? 'too long' : 'back';
    return { side: 0, hedgeRatio, why: `${why} (z ${z.toFixed(2)})` };
  }

  #enter(z: number, hedgeRatio: number): PairStep | null {
    const { enter, leave, stop } = this.#rules;
    if (this.#given && Math.abs(z) < leave) this.#given = false;
    const far = Math.abs(z);
    if (this.#given || !(far > enter) || far > stop) return null;
    this.#side = z < 0 ? 1 : -1;
    this.#days = 0;
    return { side: this.#side, hedgeRatio, why: `spread at z ${z.toFixed(2)}` };
  }
}
