import type { LiveBars, StoredTicks, TickHistory, TickStore, TimedBars } from '@plimsoll/ports';

const fields = ['at', 'bid', 'ask', 'last', 'size', 'tradeId'] as const;
const dayMs = 86_400_000;

interface Row {
  readonly instrumentId: string;
  readonly source: string;
  readonly batch: number;
  readonly values: readonly number[];
}

/** A store of ticks in memory, which can be made to fail. */
export class MemoryTicks implements TickStore {
  rows: Row[] = [];
  readonly #bars = new Map<string, readonly number[]>();
  readonly #batches = new Set<number>();
  /** Thrown by the next flushes, before (`false`) or after (`true`) they took place. */
  failing: { readonly error: Error; readonly afterwards: boolean } | null = null;

  describe = async () => ({ kind: 'partitions' as const, version: 'memory' });
  prepare: TickStore['prepare'] = async () => undefined;
  close = async () => undefined;

  flush = async (batch: number, ticks: StoredTicks, bars: readonly LiveBars[]) => {
    if (this.failing && !this.failing.afterwards) throw this.failing.error;
    for (const { timeframe, instrumentIds, of, bars: some } of bars) {
      const keys = Array.from(of, (number, row) => `${instrumentIds[number]}\n${some.from[row]}`);
      if (new Set(keys).size < keys.length) throw new Error(`Two ${timeframe} bars of one start`);
    }
    if (!this.#batches.has(batch)) {
      const order = Array.from(ticks.of, (_, row) => row);
      const place = (row: number) =>
        `${ticks.instrumentIds[ticks.of[row] ?? 0]}\n${ticks.sources[ticks.by[row] ?? 0]}`;
      order.sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : a - b));
      for (const row of order) {
        this.rows.push({
          instrumentId: ticks.instrumentIds[ticks.of[row] ?? 0] ?? '',
          source: ticks.sources[ticks.by[row] ?? 0] ?? '',
          batch,
          values: fields.map((field) => ticks[field][row] ?? Number.NaN),
        });
      }
      this.#batches.add(batch);
    }
    for (const { timeframe, instrumentIds, of, bars: some } of bars) {
      of.forEach((number, row) => {
        const key = `${timeframe}\n${instrumentIds[number]}\n${some.from[row]}`;
        const { from, open, high, low, close, volume } = some;
        this.#bars.set(
          key,
          [from, open, high, low, close, volume].map((column) => column[row] ?? Number.NaN),
        );
      });
    }
    if (this.failing) throw this.failing.error;
  };

  ticks = async (instrumentId: string, from: number, until: number) =>
    historyOf(
      this.rows
        .filter((row) => row.instrumentId === instrumentId)
        .map(({ values }) => values)
        .filter(([at = 0]) => at >= from && at < until)
        .sort(([a = 0], [b = 0]) => a - b),
    );

  replay = async (
    from: number,
    handle: (instrumentId: string, source: string, ticks: TickHistory) => void,
  ) => {
    for (const { instrumentId, source, values } of this.rows) {
      if ((values[0] ?? 0) >= from) handle(instrumentId, source, historyOf([values]));
    }
  };

  bars = async (instrumentId: string, timeframe: string, from: number, until: number) => {
    const found = [...this.#bars]
      .filter(([key]) => key.startsWith(`${timeframe}\n${instrumentId}\n`))
      .map(([, values]) => values)
      .filter(([at = 0]) => at >= from && at < until)
      .sort(([a = 0], [b = 0]) => a - b);
    const column = (index: number) => Float64Array.from(found, (row) => row[index] ?? Number.NaN);
    const bars: TimedBars = {
      from: column(0),
      open: column(1),
      high: column(2),
      low: column(3),
      close: column(4),
      volume: column(5),
    };
    return bars;
  };

  instruments = async (from: number, until: number) => {
    const held = [...this.#bars].filter(([, [at = 0]]) => at >= from && at < until);
    return [...new Set(held.map(([key]) => key.split('\n')[1] ?? ''))].sort();
  };

  firstDay = async () => {
    const times = [...this.rows.map(({ values }) => values[0] ?? 0), ...this.#barTimes()];
    return times.length === 0 ? null : new Date(Math.min(...times)).toISOString().slice(0, 10);
  };

  drop = async (before: string) => {
    const until = Date.parse(`${before}T00:00:00Z`);
    this.rows = this.rows.filter(({ values }) => (values[0] ?? 0) >= until);
    for (const [key, [at = 0]] of this.#bars) {
      if (Math.floor(at / dayMs) * dayMs < until) this.#bars.delete(key);
    }
  };

  #barTimes(): number[] {
    return [...this.#bars.values()].map(([at = 0]) => at);
  }
}

function historyOf(rows: readonly (readonly number[])[]): TickHistory {
  const column = (index: number) => Float64Array.from(rows, (row) => row[index] ?? Number.NaN);
  return {
    at: column(0),
    bid: column(1),
    ask: column(2),
    last: column(3),
    size: column(4),
    tradeId: column(5),
  };
}
