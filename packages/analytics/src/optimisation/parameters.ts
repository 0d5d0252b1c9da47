import type { NumberParameter } from '@plimsoll/kernel';

/**
 * Parameters that optimisers ask for, in one place: under one name a parameter is the same for all of
 * them, whichever objective is chosen.
 */
export const riskAversion = {
  kind: 'number',
  title: 'Risk aversion',
  help: 'How much expected return a unit of half the variance must bring.',
  min: 0,
  default: 1,
} as const satisfies NumberParameter;

export const targetReturn = {
  kind: 'number',
  title: 'Target return',
  help: 'Expected return a year that the weights must make, exactly.',
  unit: 'a year',
  default: 0.1,
} as const satisfies NumberParameter;

export const targetVolatility = {
  kind: 'number',
  title: 'Target volatility',
  help: 'Greatest standard deviation a year.',
  above: 0,
  unit: 'a year',
  default: 0.15,
} as const satisfies NumberParameter;

export const trackingErrorLimit = {
  kind: 'number',
  title: 'Greatest tracking error',
  help: 'Greatest standard deviation a year of the difference to the benchmark.',
  above: 0,
  unit: 'a year',
  default: 0.05,
} as const satisfies NumberParameter;
