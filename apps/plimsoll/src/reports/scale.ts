/** A straight way from values to places on the page. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly place: (value: number) => number;
}

/** Round steps of 1, 2 or 5, about `count` of them. */
function stepOf(span: number, count: number): number {
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = rough / power;
  return (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10) * power;
}

/** A scale over the values, widened to round ticks; `through` values are in it too. */
export function scaleOver(
  values: readonly number[],
  [from, to]: readonly [number, number],
  through: readonly number[] = [],
): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  for (const value of through) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low <= high)) [low, high] = [0, 1];
  if (low === high)
    [low, high] = [low - (Math.abs(low) || 1) * 0.05, high + (Math.abs(high) || 1) * 0.05];
  const step = stepOf(high - low, 4);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  const [bottom, top] = [first * step, last * step];
  return {
    low: bottom,
    high: top,
    ticks,
    place: (value) => from + ((value - bottom) / (top - bottom)) * (to - from),
  };
}

/** A log scale over values above zero, with ticks at 1, 2 and 5 times powers of ten. */
export function logScaleOver(
  values: readonly number[],
  [from, to]: readonly [number, number],
): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const times of [1, 2, 5]) ticks.push(times * 10 ** power);
  }
  const bottom = ticks.findLast((tick) => tick <= low) ?? low;
  const top = ticks.find((tick) => tick >= high) ?? high;
  const shown = ticks.filter((tick) => tick >= bottom && tick <= top);
  const sparse = shown.filter((tick) => /^1/.test(tick.toExponential()));
  const span = Math.log(top / bottom);
  return {
    low: bottom,
    high: top,
    ticks: shown.length > 7 ? sparse : shown,
    place: (value) => from + (Math.log(value / bottom) / span) * (to - from),
  };
}
