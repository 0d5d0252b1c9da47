import { parameterTable, type ValuesOf } from '@plimsoll/kernel';

/** How a chain of options is made up where none was recorded. */
export const optionChainParameters = parameterTable({
  expiries: {
    kind: 'choice',
    title: 'Options expire',
    help: 'monthly: on the third Friday; weekly: on each Friday. The day before where nothing is traded then.',
    of: ['monthly', 'weekly'],
    default: 'monthly',
  },
  ahead: { kind: 'integer', title: 'Expiries listed at once', min: 1, max: 12, default: 3 },
  strikes: {
    kind: 'integer',
    title: 'Strikes on each side of the price',
    min: 1,
    max: 50,
    default: 10,
  },
  step: {
    kind: 'number',
    title: 'Distance between strikes, as a share of the price at listing',
    help: 'Taken to the next of 1, 2, 2.5, 5 and 10 times a power of ten.',
    above: 0,
    max: 0.5,
    default: 0.025,
  },
  window: {
    kind: 'integer',
    title: 'Returns that volatility is measured of',
    min: 2,
    max: 1000,
    unit: 'bars',
    default: 21,
  },
  factor: {
    kind: 'number',
    title: 'Volatility that options are priced with, for one measured',
    help: 'Implied volatility has been above that which followed in most years.',
    above: 0,
    max: 5,
    default: 1.1,
  },
  least: {
    kind: 'number',
    title: 'Least volatility',
    above: 0,
    max: 5,
    unit: 'a year',
    default: 0.05,
  },
  rate: {
    kind: 'number',
    title: 'Interest rate, continuously compounded',
    min: -0.1,
    max: 1,
    unit: 'a year',
    default: 0.02,
  },
  dividendYield: {
    kind: 'number',
    title: 'Dividend yield, continuously compounded',
    min: 0,
    max: 1,
    unit: 'a year',
    default: 0,
  },
  contract: {
    kind: 'number',
    title: 'Units of the underlying in one option',
    above: 0,
    default: 100,
  },
  settlement: {
    kind: 'choice',
    title: 'What is handed over',
    of: ['physical', 'cash'],
    default: 'physical',
  },
});

export type OptionChainParameters = ValuesOf<typeof optionChainParameters>;
