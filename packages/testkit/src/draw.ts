import { type Decimal, mulDiv, type Random, roundTo, seededRandom, whole } from '@plimsoll/kernel';

/** Choices made from one number, so that a generated step shrinks to a smaller number. */
export class Draw {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  below(limit: number): number {
    return this.#random.integer(limit);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  /** One of a list that may be empty. */
  any<T>(list: readonly T[]): T | undefined {
    return list[this.below(Math.max(1, list.length))];
  }

  /** A whole number of 10⁻¹⁸ in [1, limit], of any bit pattern. */
  dust(limit: Decimal): Decimal {
    const wide = (BigInt(this.below(2 ** 31)) << 62n) | (BigInt(this.below(2 ** 31)) << 31n);
    return ((wide | BigInt(this.below(2 ** 31))) % limit) + 1n;
  }

  /** Units as brokers write them: mostly whole, some with two or eight digits, a few with eighteen. */
  quantity(): Decimal {
    const kind = this.below(10);
    if (kind < 5) return whole(1 + this.below(100));
    if (kind < 7) return BigInt(1 + this.below(10_000)) * 10n ** 16n;
    if (kind < 9) return BigInt(1 + this.below(1_000_000_000)) * 10n ** 10n;
    return this.dust(whole(50));
  }

  /** Money: mostly to the cent, sometimes with every digit. */
  money(most: number): Decimal {
    if (this.chance(15)) return this.dust(whole(most));
    return BigInt(1 + this.below(most * 100)) * 10n ** 16n;
  }

  /** A part of an amount, to the cent of a unit where that is possible, never 0 and never more than all. */
  partOf(amount: Decimal): Decimal {
    if (this.chance(25)) return amount;
    const exact = mulDiv(amount, BigInt(1 + this.below(999)), 1000n);
    const rounded = this.chance(60) ? roundTo(exact, 2) : exact;
    if (rounded > 0n && rounded <= amount) return rounded;
    return exact > 0n ? exact : amount;
  }
}
