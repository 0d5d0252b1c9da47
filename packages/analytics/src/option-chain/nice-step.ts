/** The nearest of 1, 2, 2.5, 5 and 10 times a power of ten to a distance above 0, by ratio. */
export function niceStep(distance: number): number {
  const power = 10 ** Math.floor(Math.log10(distance));
  const ratio = (nice: number): number => Math.abs(Math.log((nice * power) / distance));
  const nearest = [1, 2, 2.5, 5, 10].reduce((best, nice) =>
    ratio(nice) < ratio(best) ? nice : best,
  );
  return nearest * power;
}
