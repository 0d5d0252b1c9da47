interface PeriodParameter {
  readonly kind: 'integer';
  readonly title: string;
  readonly unit: 'bars';
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** The longest period that is taken: a window costs memory, and nobody means more by accident. */
const longest = 100_000;

/** A number of bars. */
export const period = (bars: number, title = 'Period', min = 1): PeriodParameter => ({
  kind: 'integer',
  title,
  unit: 'bars',
  min,
  max: longest,
  default: bars,
});

interface FactorParameter {
  readonly kind: 'number';
  readonly title: string;
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** A multiplier such as the number of deviations from the middle of a band. */
export const factor = (preset: number, title: string, max = 1000): FactorParameter => ({
  kind: 'number',
  title,
  min: 0,
  max,
  default: preset,
});

/** How an exponential average begins. */
export const beginning = {
  kind: 'choice',
  title: 'Begin with',
  help: 'The mean of the first values of a period, or the first value alone (as pandas does).',
  of: ['mean', 'first'],
  default: 'mean',
} as const;

/** By what a sum of squares is divided. */
export const freedom = {
  kind: 'choice',
  title: 'Deviation',
  help: 'Of a population divides by n, of a sample by n − 1.',
  of: ['population', 'sample'],
  default: 'population',
} as const;
