import type {
  IndicatorView,
  InstrumentView,
  StrategyContext,
} from '../strategy/strategy-context.ts';
import { dayMs, dayNumberOf } from './schedule.ts';
import { closeRow } from './signal-strategy.ts';

/** Closes of the past that can be compared over splits. */
export type PriceHistory = ReadonlyMap<InstrumentView, IndicatorView>;

/** The histories of a run's instruments, options left out; to be asked for in `onStart`. */
export const priceHistory = ({
  instruments,
  indicator,
}: Pick<StrategyContext<unknown>, 'instruments' | 'indicator'>): PriceHistory =>
  new Map(
    instruments
      .filter(({ option }) => option === null)
      .map((of) => [of, indicator(closeRow.indicator, closeRow.params, { of })]),
  );

/** Closes of several instruments side by side. */
export interface AlignedCloses {
  /** Oldest first, row-major, shape [rows × instruments]. */
  readonly closes: Float64Array;
  readonly rows: number;
  /** Milliseconds from the first row to the last. */
  readonly span: number;
}

/**
 * The newest `rows` times at which every instrument had a close: days, or instants where all have bars
 * shorter than half a day. Exchanges that close at different hours so share a row, and a holiday of one
 * is left out for all. Null where there are not that many.
 */
export function alignedCloses(
  history: PriceHistory,
  instruments: readonly InstrumentView[],
  rows: number,
): AlignedCloses | null {
  const n = instruments.length;
  const slot = instruments.every(hasShortBars) ? (at: number) => at : dayNumberOf;
  const ago = new Int32Array(n);
  const closes = new Float64Array(rows * n);
  let first = Number.NaN;
  let last = Number.NaN;
  for (let row = rows - 1; row >= 0; ) {
    const common = stepBack(instruments, ago, slot);
    if (Number.isNaN(common)) return null;
    if (fillRow(history, instruments, { ago, into: closes.subarray(row * n, row * n + n) })) {
      first = instruments[0]?.knownAt(ago[0] as number) ?? Number.NaN;
      if (row === rows - 1) last = first;
      row--;
    }
    for (const [i, view] of instruments.entries()) skip(view, ago, i, (at) => slot(at) === common);
  }
  return { closes, rows, span: last - first };
}

/** Whether eight bars take less than a week: those of days take eight days at least. */
const hasShortBars = (view: InstrumentView): boolean =>
  view.knownAt(0) - view.knownAt(8) < 7.5 * dayMs;

/** Walks those that are too late back until all stand in one slot; NaN where one has come to its start. */
function stepBack(
  instruments: readonly InstrumentView[],
  ago: Int32Array,
  slot: (at: number) => number,
): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (;;) {
    const before = earliest;
    for (const [i, view] of instruments.entries()) {
      const bound = earliest;
      skip(view, ago, i, (at) => slot(at) > bound);
      earliest = slot(view.knownAt(ago[i] as number));
      if (Number.isNaN(earliest)) return earliest;
    }
    if (earliest === before) return earliest;
  }
}

/** Goes back over the bars of one instrument for which that holds. */
function skip(
  view: InstrumentView,
  ago: Int32Array,
  i: number,
  holds: (at: number) => boolean,
): void {
  while (holds(view.knownAt(ago[i] as number))) ago[i] = (ago[i] as number) + 1;
}

/** False where one has no price there. */
function fillRow(
  history: PriceHistory,
  instruments: readonly InstrumentView[],
  { ago, into }: { readonly ago: Int32Array; readonly into: Float64Array },
): boolean {
  for (const [i, view] of instruments.entries()) {
    const close = history.get(view)?.at(closeRow.indicator, ago[i]) ?? Number.NaN;
    if (!(close > 0)) return false;
    into[i] = close;
  }
  return true;
}
