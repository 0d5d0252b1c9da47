/** The terms of the live pipeline. Times are in milliseconds. */
export interface LiveSettings {
  /** How often changed quotes are handed on. */
  readonly publishMs: number;
  /** Ticks are made durable at least so often; what came since is lost where the power goes. */
  readonly flushMs: number;
  /** Bars are written at most so often: they derive from the ticks. */
  readonly barsMs: number;
  /** A bar still takes ticks for so long after its end: longer than exchanges delay their free data. */
  readonly lateMs: number;
  /** A stamp further ahead of our clock is not believed. */
  readonly aheadMs: number;
  /** A price further away, as a fraction, from both the last known one and the previous close is held back. */
  readonly jump: number;
  /** A provider that sent nothing for so long is doubted, and the next one is asked beside it. */
  readonly silentMs: number;
  /** Another provider's tick is taken for an instrument whose own has sent nothing for so long. */
  readonly takeOverMs: number;
  /** How often a provider without a stream is asked. */
  readonly pollMs: number;
  /** Older ticks are shown and not stored. */
  readonly storeBackMs: number;
  /** Days that stay in the database beside today. */
  readonly keepDays: number;
}

const second = 1_000;
const minute = 60 * second;

export const liveSettings: LiveSettings = {
  publishMs: 100,
  flushMs: second,
  barsMs: 5 * second,
  lateMs: 20 * minute,
  aheadMs: 5 * second,
  jump: 0.5,
  silentMs: minute,
  takeOverMs: 15 * second,
  pollMs: 30 * second,
  storeBackMs: 24 * 60 * minute,
  keepDays: 3,
};
