import type { BacktestInstrument, BacktestMarket } from '@plimsoll/analytics/backtest';

type BacktestBars = BacktestInstrument['bars'];

const minute = 60_000;

/** Numbers in (0, 1) that sweep.py draws too: Lehmer’s generator with the multiplier of Park and Miller. */
export function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Bars of a geometric random walk that open where the one before closed, but for a small gap. */
export function drawnBars(
  count: number,
  { seed = 1, drift = 0.0003, volatility = 0.012, every = 24 * 60 * minute } = {},
): BacktestBars {
  const next = lehmer(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
  const column = () => new Float64Array(count);
  const [open, high, low, close, from] = [column(), column(), column(), column(), column()];
  let price = 100;
  for (let i = 0; i < count; i++) {
    open[i] = price * Math.exp(0.1 * volatility * normal());
    price = (open[i] ?? 0) * Math.exp(drift + volatility * normal());
    close[i] = price;
    high[i] = Math.max(open[i] ?? 0, price) * (1 + 0.2 * volatility * next());
    low[i] = Math.min(open[i] ?? 0, price) * (1 - 0.2 * volatility * next());
    from[i] = i * every;
  }
  const session = from.map((at) => Math.floor(at / (24 * 60 * minute)));
  const edges = new Uint8Array(count).map(
    (_, i) => (session[i - 1] === session[i] ? 0 : 1) | (session[i + 1] === session[i] ? 0 : 2),
  );
  return {
    ...{ from, open, high, low, close, session, edges },
    volume: column().fill(1e6),
    opened: from,
    known: from.map((at) => at + every),
  };
}

export const instrumentOf = (id: string, bars: BacktestBars): BacktestInstrument => ({
  ...{ id, bars },
  currency: 'USD',
  multiplier: 1,
  step: 0,
  sector: null,
  option: null,
  finer: null,
  events: [],
});

export const marketOf = (...instruments: readonly BacktestInstrument[]): BacktestMarket => ({
  base: 'USD',
  instruments,
  rates: [],
  notes: [],
});
