/** 32 bits that look random, of two numbers and a round. */
function scramble(a: number, b: number): number {
  let z = (a ^ Math.imul(b + 0x9e3779b9, 0x85ebca6b)) >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** A seed of its own for each number under one seed. */
export const seedOf = (seed: number, number: number): number =>
  scramble(scramble(seed >>> 0, 0x51ed270b), number >>> 0);

const rounds = 6;

/**
 * A seeded order of the numbers 0 … size − 1 that needs no memory: a Feistel network over the next
 * even power of two, walked until it lands inside.
 *
 * @param size At most 2⁴⁸.
 * @returns where the i-th number is taken from: a bijection for each seed. About six rounds of
 *   hashing, four times at the worst on average.
 *
 * Source: Black and Rogaway, "Ciphers with arbitrary finite domains" (2002), generalised Feistel and
 * cycle walking.
 */
export function permutation(size: number, seed: number): (index: number) => number {
  let half = 1;
  while (4 ** half < size) half += 1;
  const side = 2 ** half;
  const once = (value: number): number => {
    let left = Math.floor(value / side);
    let right = value % side;
    for (let round = 0; round < rounds; round++) {
      const mixed = scramble(seedOf(seed, round), right) % side;
      [left, right] = [right, (left ^ mixed) >>> 0];
    }
    return left * side + right;
  };
  return (index) => {
    let value = once(index);
    while (value >= size) value = once(value);
    return value;
  };
}
