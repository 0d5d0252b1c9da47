import { invariant, parameterTable } from '@plimsoll/kernel';
import type { QuantileRule } from './historical.ts';
import type { MethodOptions, RiskMethod } from './risk-method.ts';
import { riskMethods } from './risk-methods.ts';

/** What analyses of one column of returns ask for: a series, or a portfolio that makes one. */
export const trackParameters = parameterTable({
  series: {
    kind: 'series',
    of: 'prices',
    optional: true,
    title: 'Prices or returns of one thing',
    help: 'Either this, or prices with weights.',
  },
  prices: {
    kind: 'panel',
    of: 'prices',
    optional: true,
    title: 'Prices or returns of the instruments held',
  },
  weights: {
    kind: 'by-name',
    optional: true,
    title: 'Weights',
    help: 'Shares of value by instrument; equal ones if not given. What is missing to 1 is cash.',
  },
});

/** What analyses of holdings ask for. */
export const bookParameters = parameterTable({
  prices: {
    kind: 'panel',
    of: 'prices',
    title: 'Prices or returns of the instruments held',
  },
  weights: {
    kind: 'by-name',
    optional: true,
    title: 'Weights',
    help: 'Shares of value by instrument; equal ones if not given. What is missing to 1 is cash.',
  },
  periodsPerYear: { kind: 'number', above: 0, default: 252, title: 'Periods a year' },
});

/** The choices of the methods. */
export const methodParameters = parameterTable({
  quantile: {
    kind: 'choice',
    of: ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'lower', 'higher'],
    default: '7',
    title: 'Kind of historical quantile',
    help: 'A type of Hyndman and Fan, or the neighbouring observation.',
  },
  tailMean: {
    kind: 'choice',
    of: ['exact-share', 'at-or-beyond', 'beyond', 'floor-count'],
    default: 'exact-share',
    title: 'Days that CVaR averages',
  },
  ageDecay: {
    kind: 'number',
    above: 0,
    max: 1,
    default: 0.98,
    title: 'λ of the age-weighted method',
  },
  decay: { kind: 'number', above: 0, below: 1, default: 0.94, title: 'λ of the EWMA volatility' },
  asymmetric: {
    kind: 'flag',
    default: false,
    title: 'Let falls weigh more in the GARCH model',
  },
  threshold: {
    kind: 'number',
    min: 0.5,
    below: 1,
    default: 0.95,
    title: 'Threshold of the extreme-value method',
    help: 'The quantile of losses beyond which a tail is fitted.',
  },
  tailFit: {
    kind: 'choice',
    of: ['likelihood', 'moments'],
    default: 'likelihood',
    title: 'How that tail is fitted',
  },
  modifiedCvar: {
    kind: 'choice',
    of: ['quantile', 'edgeworth'],
    default: 'quantile',
    title: 'CVaR of the Cornish–Fisher method',
    help: 'The mean of its quantile, or as PerformanceAnalytics has it, which can be less than VaR.',
  },
  paths: {
    kind: 'integer',
    min: 1000,
    max: 1_000_000,
    default: 20_000,
    title: 'Paths or scenarios that are drawn',
  },
  seed: { kind: 'integer', min: 0, default: 1, title: 'Seed' },
});

/** How a longer horizon follows from returns of one period. */
export const scalingParameter = {
  kind: 'choice',
  of: ['square-root', 'overlapping', 'simulated'],
  default: 'square-root',
  title: 'How longer horizons follow',
  help: 'By √h, from overlapping runs of returns, or (filtered methods) from drawn paths.',
} as const;

const ids = [
  'historical',
  'age-weighted',
  'ewma-filtered',
  'garch-filtered',
  'normal',
  'ewma-normal',
  'student-t',
  'student-t-moments',
  'cornish-fisher',
  'extreme-values',
] as const;

export const methodChoice = parameterTable({
  method: { kind: 'choice', of: ids, default: 'historical', title: 'Method' },
});

export const tailParameters = parameterTable({
  ...trackParameters,
  ...methodChoice,
  levels: { kind: 'numbers', default: [0.95, 0.99], title: 'Levels' },
  horizons: { kind: 'numbers', default: [1, 10], title: 'Horizons, in periods of the returns' },
  scaling: scalingParameter,
  ...methodParameters,
});

/** The method of that id, which the parameter table has already checked. */
export function chosenMethod(id: string): RiskMethod {
  const method = riskMethods.find((each) => each.id === id);
  invariant(method !== undefined, `no risk method ${id}`);
  return method;
}

export const methodOptions = (values: {
  readonly quantile: string;
  readonly tailMean: NonNullable<MethodOptions['tailMean']>;
  readonly ageDecay: number;
  readonly decay: number;
  readonly asymmetric: boolean;
  readonly threshold: number;
  readonly tailFit: NonNullable<MethodOptions['tailFit']>;
  readonly modifiedCvar: NonNullable<MethodOptions['modifiedCvar']>;
  readonly paths: number;
  readonly seed: number;
}): MethodOptions => ({
  quantile: quantileRule(values.quantile),
  tailMean: values.tailMean,
  ageDecay: values.ageDecay,
  decay: values.decay,
  asymmetric: values.asymmetric,
  threshold: values.threshold,
  tailFit: values.tailFit,
  modifiedCvar: values.modifiedCvar,
  paths: values.paths,
  seed: values.seed,
});

const quantileRule = (text: string): QuantileRule =>
  text === 'lower' || text === 'higher' ? text : (Number(text) as QuantileRule);
