import { parameterTable } from '@plimsoll/kernel';

/** What every analysis of an option asks for. */
export const optionTerms = parameterTable({
  type: { kind: 'choice', of: ['call', 'put'], default: 'call', title: 'Call or put' },
  spot: { kind: 'number', above: 0, title: 'Spot price' },
  strike: { kind: 'number', above: 0, title: 'Strike' },
  years: { kind: 'number', min: 0, max: 200, unit: 'years', title: 'Time to expiry' },
  rate: {
    kind: 'number',
    min: -1,
    max: 5,
    default: 0,
    unit: 'a year',
    title: 'Interest rate',
    help: 'Continuously compounded.',
  },
  dividendYield: {
    kind: 'number',
    min: -1,
    max: 5,
    default: 0,
    unit: 'a year',
    title: 'Yield of the underlying',
    help: 'Dividends or a foreign rate, continuously compounded.',
  },
});

/** Beside the terms, where the price is asked for. */
export const volatilityTerm = parameterTable({
  volatility: { kind: 'number', min: 0, max: 50, unit: 'a year', title: 'Volatility' },
});

/** The conventions of all prices of options. */
export const optionConventions = [
  'Rates and yields are continuously compounded, volatility is that of log returns a year.',
] as const;
