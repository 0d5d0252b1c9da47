import type { StrategyRef } from '@plimsoll/analytics/runs';
import type { StrategyGroup } from '@plimsoll/analytics/strategy';
import type { Json, ParameterFault, ParameterTable, Result } from '@plimsoll/kernel';

/** A strategy as it can be chosen. */
export interface StrategyEntry {
  readonly ref: StrategyRef;
  readonly id: string;
  readonly group: StrategyGroup;
  readonly title: string;
  readonly summary: string;
  readonly source: string | null;
  readonly params: ParameterTable;
  /** Instruments that it can be given; `max` null where any number will do. */
  readonly instruments: { readonly min: number; readonly max: number | null };
  /** Whether it can be written as columns, which makes sweeps fast. */
  readonly vector: boolean;
}

/** A file of the user's own folder that gives no strategy. */
export interface BrokenStrategy {
  readonly file: string;
  /** From 1; null where they are not known. */
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

/** All strategies that there are: those that come with the product, and the user's own. */
export interface StrategyCatalogue {
  list(): Promise<{
    readonly strategies: readonly StrategyEntry[];
    readonly broken: readonly BrokenStrategy[];
  }>;
  /**
   * The strategy of an id, or of a file of the user's folder, `./trend.ts`.
   *
   * @returns refused where there is none, or the file gives none.
   */
  resolve(named: string): Promise<Result<StrategyEntry>>;
  /** Checks values against the strategy's table and its own check, and fills in the defaults. */
  readParams(
    entry: StrategyEntry,
    given: Readonly<Record<string, Json>>,
  ): Promise<Result<Readonly<Record<string, Json>>, ParameterFault>>;
}
