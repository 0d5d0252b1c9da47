/** Length of a bar. Ticks are single trades or quotes. */
export const timeframes = ['1s', '1m', '5m', '15m', '1h', '1d'] as const;
export type Timeframe = (typeof timeframes)[number];

/** Frames whose bars lie on the clock everywhere; hours and days follow the exchange's session. */
export type ClockTimeframe = Exclude<Timeframe, '1h' | '1d'>;

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Longest time that a bar of the frame covers, in milliseconds. */
export const timeframeMs: Readonly<Record<Timeframe, number>> = {
  '1s': second,
  '1m': minute,
  '5m': 5 * minute,
  '15m': 15 * minute,
  '1h': hour,
  '1d': 24 * hour,
};
