/** How a parameter set fared: computed; not, because the event engine has to; refused by its check. */
export const sweepStatus = { pending: 0, computed: 1, doubtful: 2, refused: 3 } as const;

/**
 * Figures of a sweep, one a parameter set, NaN where there is none. Fractions are not percent.
 *
 * Returns are those of equity from bar to bar, the first against the cash at the start, and none is
 * left out.
 */
export interface SweepColumns {
  /** See `sweepStatus`. */
  readonly status: Uint8Array;
  /** Equity at the end ÷ cash at the start − 1. */
  readonly totalReturn: Float64Array;
  /** √p × mean ÷ sample deviation of the returns, p bars a year; risk-free 0. NaN where all are alike. */
  readonly sharpe: Float64Array;
  /** Max of 1 − equity ÷ highest equity so far, the start among them. */
  readonly maxDrawdown: Float64Array;
  /** (1 + total return)^(p ÷ bars) − 1. */
  readonly cagr: Float64Array;
  /** Times that a position was opened or turned around. */
  readonly trades: Float64Array;
  /** Share of the bars at whose close something was held. */
  readonly timeInMarket: Float64Array;
  /** Σ value traded ÷ equity at the decision, a year. */
  readonly turnover: Float64Array;
}

const names = [
  'totalReturn',
  'sharpe',
  'maxDrawdown',
  'cagr',
  'trades',
  'timeInMarket',
  'turnover',
] as const;

/** Empty columns for so many sets, in memory that threads may share. */
export function emptySweepColumns(count: number): SweepColumns {
  const column = () => new Float64Array(new SharedArrayBuffer(8 * count)).fill(Number.NaN);
  const figures = Object.fromEntries(names.map((name) => [name, column()]));
  const status = new Uint8Array(new SharedArrayBuffer(count));
  return { status, ...figures } as unknown as SweepColumns;
}
