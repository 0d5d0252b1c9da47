import { ok, type PanelInput, type Result } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { panelObservations } from '../analysis/observations.ts';

/** Returns of columns that do not all cover the same periods. */
export interface GappedReturns {
  readonly names: readonly string[];
  /** Shape [T × n], NaN where a column has none. */
  readonly returns: Matrix;
  /** Returns that columns lack. */
  readonly missing: number;
}

/**
 * Simple returns of a panel, each column by itself: a gap in prices is bridged, so that the next known
 * price carries the return of the whole gap; a gap in returns stays one. Refused as
 * `panelObservations` does.
 */
export function gappedReturns(
  panel: PanelInput,
  expected: 'prices' | 'returns',
): Result<GappedReturns> {
  const checked = panelObservations({ ...panel, values: filled(panel) }, expected);
  if (!checked.ok) return checked;
  const { names, values, are = expected } = panel;
  const columns = names.map((_, j) => {
    const column = values.map((row) => row[j] ?? Number.NaN);
    return are === 'returns' ? column : returnsOfPrices(column);
  });
  const rows = are === 'returns' ? values.length : Math.max(0, values.length - 1);
  const returns = matrix(
    rows,
    names.length,
    Float64Array.from({ length: rows * names.length }, (_, at) => {
      return columns[at % names.length][Math.floor(at / names.length)];
    }),
  );
  return ok({ names, returns, missing: returns.data.filter(Number.isNaN).length });
}

/** Each known price over the last known before it; NaN where there is none of either. */
function returnsOfPrices(prices: readonly number[]): number[] {
  let before = prices[0];
  return prices.slice(1).map((now) => {
    if (Number.isNaN(now)) return Number.NaN;
    const found = now / before - 1;
    before = now;
    return found;
  });
}

/** The values with harmless ones in the gaps, so that every row is checked and not only complete ones. */
const filled = ({ values }: PanelInput): number[][] =>
  values.map((row) => row.map((value) => value ?? 1));
