/** Target weights of equity, decided on at the closes of some bars. */
export interface WeightRows {
  /** Bars, rising: places in the columns that the instruments share. */
  readonly bars: Int32Array;
  /** Shape [bars × instruments], instruments as in the market; 0 sells what is held. */
  readonly weights: Float64Array;
}
