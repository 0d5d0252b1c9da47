import { canonicalJson } from '@plimsoll/kernel';
import { variance } from '@plimsoll/quant/statistics';
import { type Estimate, estimate } from '../analysis/estimate.ts';
import type { ParameterSet } from './parameter-space.ts';
import type { TrialDependence } from './trial-dependence.ts';

/** All that was tried of one strategy on the same data. */
export interface LedgerEntry {
  readonly strategy: string;
  /** Fingerprint of the data. */
  readonly data: string;
  /** Sharpe ratio per period by parameter set, as canonical JSON; null where there was none. */
  readonly trials: Readonly<Record<string, number | null>>;
  /** The widest measurement of how alike trials are; null where none was made. */
  readonly dependence: TrialDependence | null;
}

/** What was ever tried, so that luck can be told from skill: plain data. */
export interface TrialLedger {
  readonly entries: readonly LedgerEntry[];
}

export const emptyLedger: TrialLedger = { entries: [] };

/** What is added at once. */
export interface TrialBatch {
  readonly strategy: string;
  readonly data: string;
  readonly trials: readonly {
    readonly parameters: ParameterSet;
    readonly sharpe?: number | null | undefined;
  }[];
  readonly dependence?: TrialDependence;
}

/** Adds trials; a parameter set that was tried before is not counted again. */
export function recordTrials(ledger: TrialLedger, batch: TrialBatch): TrialLedger {
  const { strategy, data, dependence = null } = batch;
  const trials: Record<string, number | null> = {};
  for (const { parameters, sharpe = null } of batch.trials) {
    const key = canonicalJson(parameters);
    trials[key] = higher(trials[key] ?? null, Number.isFinite(sharpe) ? sharpe : null);
  }
  return mergeLedgers(ledger, { entries: [{ strategy, data, trials, dependence }] });
}

/**
 * All that stands in either. The order of merging does not matter, and merging the same again changes
 * nothing: of two figures of one parameter set the higher stays, of two measurements the wider.
 */
export function mergeLedgers(a: TrialLedger, b: TrialLedger): TrialLedger {
  const byKey = new Map<string, LedgerEntry>();
  for (const entry of [...a.entries, ...b.entries]) {
    const key = keyOf(entry);
    const same = byKey.get(key);
    byKey.set(key, same ? mergeEntries(same, entry) : entry);
  }
  const keys = [...byKey.keys()].sort();
  return { entries: keys.flatMap((key) => byKey.get(key) ?? []) };
}

const keyOf = ({ strategy, data }: Pick<LedgerEntry, 'strategy' | 'data'>): string =>
  canonicalJson([strategy, data]);

const higher = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

function mergeEntries(a: LedgerEntry, b: LedgerEntry): LedgerEntry {
  const trials: Record<string, number | null> = { ...a.trials };
  for (const [key, sharpe] of Object.entries(b.trials)) {
    trials[key] = higher(trials[key] ?? null, sharpe);
  }
  return { ...a, trials, dependence: wider(a.dependence, b.dependence) };
}

/** Of two as wide the one that finds less alike, so that luck is not understated. */
function wider(a: TrialDependence | null, b: TrialDependence | null): TrialDependence | null {
  if (a === null || b === null) return a ?? b;
  if (a.trials !== b.trials) return a.trials > b.trials ? a : b;
  const [alikeA, alikeB] = [a.averageCorrelation ?? 0, b.averageCorrelation ?? 0];
  if (alikeA !== alikeB) return alikeA < alikeB ? a : b;
  return (a.clusters ?? Number.POSITIVE_INFINITY) >= (b.clusters ?? Number.POSITIVE_INFINITY)
    ? a
    : b;
}

/** How much was tried, as luck counts it. */
export interface TrialCount {
  /** Distinct parameter sets. */
  readonly tried: number;
  /** Of these the ones that have a Sharpe ratio. */
  readonly withSharpe: number;
  /** Sample variance of the Sharpe ratios, per period. */
  readonly variance: Estimate;
  /** The highest of them, per period. */
  readonly best: Estimate;
  /** Mean correlation of the trials' returns; null where it was not measured. */
  readonly averageCorrelation: number | null;
  /** ρ̄ + (1 − ρ̄) × tried; all of them where ρ̄ was not measured or is below 0. */
  readonly effective: number;
  /** Groups of trials that move alike; null where they were not measured. */
  readonly clusters: number | null;
}

/**
 * Counts the trials of a strategy on some data.
 *
 * Source: Bailey and López de Prado, "The deflated Sharpe ratio" (2014), appendix 3: the number of
 * independent trials by average correlation.
 */
export function countTrials(ledger: TrialLedger, strategy: string, data: string): TrialCount {
  const entry = ledger.entries.find((each) => each.strategy === strategy && each.data === data);
  const all = Object.values(entry?.trials ?? {});
  const sharpes = Float64Array.from(all.filter((each) => each !== null));
  const rho = entry?.dependence?.averageCorrelation ?? null;
  const alike = Math.min(1, Math.max(0, rho ?? 0));
  return {
    tried: all.length,
    withSharpe: sharpes.length,
    variance: estimate(
      variance(sharpes),
      `needs 2 trials with a Sharpe ratio, has ${sharpes.length}`,
    ),
    best: estimate(
      sharpes.reduce((best, each) => Math.max(best, each), Number.NEGATIVE_INFINITY),
      'no trial has a Sharpe ratio',
    ),
    averageCorrelation: rho,
    effective: all.length === 0 ? 0 : alike + (1 - alike) * all.length,
    clusters: entry?.dependence?.clusters ?? null,
  };
}
