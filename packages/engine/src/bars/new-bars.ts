import type { Instrument, TimedBars, Timeframe } from '@plimsoll/domain';
import type { BarStore } from '@plimsoll/ports';

const fields = ['open', 'high', 'low', 'close', 'volume'] as const;

/** The bars that are not kept yet as they are: those that are new, and those that have other values. */
export async function newBars(
  store: BarStore,
  of: {
    readonly workspace: string;
    readonly instrument: Instrument;
    readonly timeframe: Timeframe;
  },
  bars: TimedBars,
): Promise<TimedBars> {
  const { from } = bars;
  if (from.length === 0) return bars;
  const kept = await store.read(of.workspace, of.instrument.id, {
    timeframe: of.timeframe,
    from: from[0] as number,
    until: (from.at(-1) as number) + 1,
  });
  const isNew = new Uint8Array(from.length);
  let at = 0;
  for (let i = 0; i < from.length; i++) {
    while (at < kept.from.length && (kept.from[at] as number) < (from[i] as number)) at++;
    const same =
      kept.from[at] === from[i] &&
      fields.every((field) => Object.is(kept[field][at], bars[field][i]));
    isNew[i] = same ? 0 : 1;
  }
  const pick = (column: Float64Array) => column.filter((_, i) => isNew[i] === 1);
  return {
    from: pick(from),
    open: pick(bars.open),
    high: pick(bars.high),
    low: pick(bars.low),
    close: pick(bars.close),
    volume: pick(bars.volume),
  };
}
