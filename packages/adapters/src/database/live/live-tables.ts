import type { LiveTimeframe } from '@plimsoll/ports';

/** The table of bars of each frame. */
export const barTables: Readonly<Record<LiveTimeframe, string>> = {
  '1m': 'plimsoll_live.bar_1m',
  '5m': 'plimsoll_live.bar_5m',
};

/** A parameter in milliseconds as an instant. */
export const instantOf = (parameter: string): string => `to_timestamp(${parameter}::float8 / 1000)`;
