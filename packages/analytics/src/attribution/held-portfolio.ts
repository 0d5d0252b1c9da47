import { ok, type PanelInput, parameterTable, type Result, refuse } from '@plimsoll/kernel';
import { type PanelObservations, panelObservations } from '../analysis/observations.ts';
import type { Sample } from '../analysis/report.ts';
import { sampleOf } from '../analysis/sample-of.ts';
import { equalWeightsNote, weightsOf, whyNoColumn } from '../analysis/weights-by-name.ts';
import {
  lastOfEach,
  type RebalancedPath,
  type RebalancingCalendar,
  rebalancedPath,
} from './rebalanced-path.ts';

/** Prices, weights and when they are set back. */
export const heldParameters = parameterTable({
  prices: { kind: 'panel', of: 'prices', title: 'Prices or returns of the instruments' },
  weights: {
    kind: 'by-name',
    optional: true,
    title: 'Weights',
    help: 'Shares of value by instrument at the start; equal ones if not given. What is missing to 1 is cash that earns nothing.',
  },
  rebalance: {
    kind: 'choice',
    of: ['never', 'day', 'week', 'month', 'quarter', 'year'],
    default: 'month',
    title: 'Rebalance at the end of each',
  },
  band: {
    kind: 'number',
    above: 0,
    optional: true,
    title: 'Rebalance too where a weight is further off than this',
    help: 'As a share of the whole: 0.05 is five percentage points.',
  },
});

/** The values of `heldParameters`. */
export interface HeldValues {
  readonly prices: PanelInput;
  readonly weights: Readonly<Record<string, number>> | undefined;
  readonly rebalance: RebalancingCalendar;
  readonly band: number | undefined;
}

/** A portfolio followed through prices. */
export interface HeldPortfolio {
  readonly returns: PanelObservations;
  /** Shape [instruments]. */
  readonly weights: Float64Array;
  follow(rebalance: RebalancingCalendar, band?: number): RebalancedPath;
  readonly sample: Sample;
  readonly notes: readonly string[];
}

/**
 * Reads prices and weights. Refused: weights of unknown instruments, no return, and no days where the
 * calendar needs them.
 */
export function heldPortfolio({ prices, weights, rebalance }: HeldValues): Result<HeldPortfolio> {
  const unknown = whyNoColumn(weights, prices, 'attribution.holdings');
  if (unknown) return unknown;
  const read = panelObservations(prices, 'prices');
  if (!read.ok) return read;
  const returns = read.value;
  const { names, days, n, missing } = returns;
  if (n === 0) {
    return refuse({
      code: 'attribution.too-few',
      detail: 'There is no return; give two prices or more on common days.',
    });
  }
  if (days.length === 0 && rebalance !== 'never' && rebalance !== 'day') {
    return refuse({
      code: 'attribution.no-days',
      detail: `Without days there is no telling where a ${rebalance} ends; give days, or rebalance never or each row.`,
    });
  }
  const shares = weightsOf(names, weights);
  const cash = shares.reduce((rest, each) => rest - each, 1);
  return ok({
    returns,
    weights: shares,
    follow: (calendar, band) =>
      rebalancedPath(returns.returns, shares, {
        due: days.length > 0 ? lastOfEach(calendar, days) : everyRow(n, calendar),
        ...(band === undefined ? {} : { band }),
      }),
    sample: sampleOf(returns),
    notes: [
      ...(weights ? [] : [equalWeightsNote(names.length)]),
      ...(Math.abs(cash) > 1e-9
        ? [
            `Weights leave ${cash.toFixed(4)} of the whole as ${cash > 0 ? 'cash that earns nothing' : 'a loan that costs nothing'}.`,
          ]
        : []),
      ...(missing > 0
        ? [`${missing} rows in which an instrument had no price are left out; returns span them.`]
        : []),
    ],
  });
}

const everyRow = (n: number, calendar: RebalancingCalendar): Uint8Array =>
  new Uint8Array(n).fill(calendar === 'day' ? 1 : 0);
