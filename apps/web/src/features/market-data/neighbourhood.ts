/** Closes around a day, ready to be drawn: points in a box of `width` × `height`, oldest first. */
export interface Neighbourhood {
  /** The line through the known closes, as an SVG path. */
  readonly path: string;
  readonly odd: { readonly x: number; readonly y: number } | null;
  /** Whether the height counts in ratios, as the odd close is far off. */
  readonly isLogarithmic: boolean;
  readonly low: number;
  readonly high: number;
  readonly points: readonly { readonly day: string; readonly close: number }[];
}

interface Box {
  readonly width: number;
  readonly height: number;
}

const dayMs = 86_400_000;
/** Beyond this ratio a straight scale would flatten the neighbours. */
const far = 4;
const margin = 6;

/** Where each close lies. Null where there are no neighbours to compare with. */
export function neighbourhoodOf(
  bars: { readonly from: readonly number[]; readonly close: readonly (number | null)[] },
  finding: { readonly day: string; readonly close: number | null },
  { width, height }: Box,
): Neighbourhood | null {
  const known = bars.from.flatMap((at, row) => {
    const close = bars.close[row];
    return close !== null && close !== undefined && close > 0 ? [{ at, close }] : [];
  });
  if (known.length < 2) return null;
  const oddAt = Date.parse(`${finding.day}T00:00:00Z`);
  const odd =
    finding.close === null || Number.isNaN(oddAt) ? null : { at: oddAt, close: finding.close };
  const all = odd === null ? known : [...known, odd];
  const closes = all.map(({ close }) => close);
  const [low, high] = [Math.min(...closes), Math.max(...closes)];
  const isLogarithmic = high / low > far;
  const place = scales(all, { width, height }, isLogarithmic);
  return {
    path: known
      .map((one, index) => {
        const { x, y } = place(one);
        return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
      })
      .join(''),
    odd: odd === null ? null : place(odd),
    isLogarithmic,
    low,
    high,
    points: known.map(({ at, close }) => ({ day: new Date(at).toISOString().slice(0, 10), close })),
  };
}

interface Point {
  readonly at: number;
  readonly close: number;
}

function scales(all: readonly Point[], { width, height }: Box, isLogarithmic: boolean) {
  const measure = (close: number) => (isLogarithmic ? Math.log(close) : close);
  const times = all.map(({ at }) => at);
  const levels = all.map(({ close }) => measure(close));
  const [first, low] = [Math.min(...times), Math.min(...levels)];
  const wide = Math.max(Math.max(...times) - first, dayMs);
  const tall = Math.max(...levels) - low;
  return ({ at, close }: Point) => ({
    x: margin + ((at - first) / wide) * (width - 2 * margin),
    // All the same: in the middle.
    y:
      tall === 0
        ? height / 2
        : height - margin - ((measure(close) - low) / tall) * (height - 2 * margin),
  });
}

/** The day so many calendar days later; what is no day stays as it is. */
export function dayAfter(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + days * dayMs).toISOString().slice(0, 10);
}
