import type { DayNumber } from '@plimsoll/kernel';
import type { BarColumns } from '../bar-columns.ts';
import type { QuarantinedBar } from '../inspect-bars.ts';
import type { PriceAction } from './price-action.ts';

/** What was wrong, and is mended. */
export const priceRepairCodes = [
  'swapped-high-low',
  'zero-row',
  'missing-row',
  'unit-slip-100x',
  'unit-switch',
  'missed-split',
  'doubled-split',
  'bad-split',
  'dividend-missing-from-adjusted',
  'dividend-unit-slip',
  'dividend-split-adjusted-wrongly',
  'dividend-too-big',
  'dividend-too-small',
  'phantom-dividend',
  'dividend-on-wrong-day',
  'capital-gain-counted-twice',
] as const;

export type PriceRepairCode = (typeof priceRepairCodes)[number];

export type RepairedField = Exclude<keyof BarColumns, 'days'> | 'dividend';

/** One mended mistake with its evidence. Where a factor was applied, `before` = `after` / `factor`. */
export interface PriceRepair {
  readonly code: PriceRepairCode;
  /** The day of the mistake; for a stretch its last day. */
  readonly day: DayNumber;
  /** First day whose figures changed. */
  readonly from: DayNumber;
  /** The day after the last one whose figures changed. */
  readonly until: DayNumber;
  /** How many bars changed. */
  readonly rows: number;
  readonly fields: readonly RepairedField[];
  /** The first of `fields` on `day`, as it was given; NaN where it was unknown. */
  readonly before: number;
  /** The same figure, mended. */
  readonly after: number;
  /** What prices were multiplied with; NaN where a figure was replaced by another. */
  readonly factor: number;
  /** One sentence with the figures that prove it. */
  readonly why: string;
  /**
   * How much better the figures fit after than before, as a difference of log-likelihoods (nats);
   * Infinity where the figure before was impossible.
   */
  readonly certainty: number;
}

/** What is odd about a series but may be true, or cannot be decided: for the user to look at. */
export interface QualityNote {
  readonly day: DayNumber;
  readonly kind:
    | 'suspect-split'
    | 'suspect-unit-change'
    | 'jump-at-corporate-action'
    | 'unit-wavers'
    | 'adjustment-differs'
    | 'dividend-doubtful'
    | 'impossible-action'
    | 'gap'
    | 'ticker-reuse'
    | 'close-outside-range';
  /** One sentence with the figures. */
  readonly detail: string;
}

/** A series with what is provable mended. */
export interface Repaired {
  /** As many bars as were given, in their order; those of `quarantined` among them. */
  readonly bars: BarColumns;
  /** By day. */
  readonly actions: readonly PriceAction[];
  /** By day. */
  readonly repairs: readonly PriceRepair[];
  /** Bars that cannot be mended, by index. */
  readonly quarantined: readonly QuarantinedBar[];
  /** By day. */
  readonly notes: readonly QualityNote[];
}
