/** How a strategy is tried on small markets of instruments A, B, C, D and E. */
export interface StrategyCase {
  readonly params: Readonly<Record<string, unknown>>;
  /** How many instruments it is given; 1 where it is left out. */
  readonly names?: number;
  /** It needs options, which a model makes for A. */
  readonly options?: true;
  /** It needs a model that has learnt. */
  readonly model?: true;
  /**
   * Why a run that began earlier may decide otherwise later on; none where it may not, once both runs
   * have been flat or weights have been set anew.
   */
  readonly remembers?: string;
}

const smoothed = 'exponential smoothing fades and never forgets';
const held = 'what is held has grown since it was bought';

/** Every strategy, with windows short enough for a hundred bars. */
export const strategyCases: Readonly<Record<string, StrategyCase>> = {
  'sma-cross': { params: { fast: 3, slow: 8, short: true } },
  'ema-cross': { params: { fast: 3, slow: 8, join: true }, remembers: smoothed },
  'macd-cross': { params: { fast: 3, slow: 6, signal: 3 }, remembers: smoothed },
  'rsi-reversion': { params: { period: 4, enter: 35, leave: 60 }, remembers: smoothed },
  'bollinger-reversion': { params: { period: 8, deviations: 1, short: true } },
  'bollinger-breakout': { params: { period: 8, deviations: 1, short: true } },
  'donchian-breakout': { params: { enter: 6, leave: 3, short: true } },
  'atr-trend': { params: { enter: 6, length: 5, distance: 2, short: true }, remembers: smoothed },
  turtle: {
    params: { enter: 5, leave: 3, safe: 9, length: 5, short: true },
    names: 2,
    remembers: `${smoothed}, and the last trade is remembered`,
  },
  pairs: {
    params: { window: 40, chance: 0.5, halfLife: 20, enter: 1, leave: 0.2 },
    names: 2,
    remembers: 'what is held keeps the relation of its entry',
  },
  'time-series-momentum': { params: { lookback: 20, skip: 3 }, names: 4 },
  'cross-sectional-momentum': {
    params: { lookback: 20, skip: 3, top: 2, weighting: 'inverse-volatility', every: 'week' },
    names: 5,
  },
  'dual-momentum': { params: { lookback: 20, safe: 'E', hurdle: 'D', every: 'week' }, names: 5 },
  'equal-weight': { params: { every: 'week' }, names: 3 },
  'buy-and-hold': { params: {}, names: 3, remembers: held },
  'fixed-weights': {
    params: { weights: { A: 0.5, B: 0.2, C: 0.2 }, every: 'week', band: 0.02 },
    names: 3,
  },
  'sixty-forty': { params: { stocks: 'A', bonds: 'B', every: 'month' }, names: 2 },
  'all-weather': {
    params: {
      stocks: 'A',
      longBonds: 'B',
      middleBonds: 'C',
      gold: 'D',
      commodities: 'E',
      every: 'month',
    },
    names: 5,
  },
  'risk-parity': { params: { window: 30, every: 'week' }, names: 4 },
  'min-variance': { params: { window: 30, most: 0.4, every: 'week' }, names: 4 },
  'volatility-target': { params: { window: 15, every: 'week' }, names: 2 },
  'dollar-cost-averaging': { params: { every: 'week' }, names: 2, remembers: held },
  'value-averaging': { params: { every: 'week' }, names: 2, remembers: held },
  'turn-of-month': { params: {} },
  seasonal: { params: { enter: 3, leave: 2 } },
  'ml-signal': {
    params: { history: 100, horizon: 3, long: 0.5, every: 'week' },
    names: 2,
    remembers: 'what was learnt first rests on what was known then',
  },
  'model-signal': {
    params: { long: 0.5, short: 0.3, leave: 0.45 },
    names: 2,
    model: true,
    remembers: 'what is held is left at another level than it is entered',
  },
  'covered-call': { params: { days: 20 }, options: true, remembers: held },
  'cash-secured-put': {
    params: { days: 20, strike: { kind: 'delta', delta: 0.4 } },
    options: true,
    remembers: held,
  },
  'vertical-spread': {
    params: { days: 20, leaveAt: 5, risk: 0.2, take: 0.5 },
    options: true,
    remembers: 'what is open was chosen when it was opened',
  },
};
