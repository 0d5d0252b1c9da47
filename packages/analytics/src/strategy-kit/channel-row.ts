import type { IndicatorRow } from '../strategy/define-strategy.ts';

/** The highest high or lowest low of the bars before the newest. */
export const channelRow = (period: number, output: 'upper' | 'lower'): IndicatorRow => ({
  indicator: 'donchian',
  params: { period, newestLeftOut: true },
  output,
});
