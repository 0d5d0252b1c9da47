import { type PanelInput, parameterTable, type SeriesInput } from '@plimsoll/kernel';

/** Factors, and how their days and units go with those of the prices. */
export const factorParameters = parameterTable({
  factors: {
    kind: 'panel',
    of: 'returns',
    title: 'Factor returns',
    help: 'A column a factor, as fractions: 0.01 is 1 %, so percent must be divided by 100. Indices may be given as prices.',
  },
  model: {
    kind: 'choice',
    of: ['all', 'capm', 'ff3', 'carhart', 'ff5', 'ff5-momentum'],
    default: 'all',
    title: 'Model',
    help: 'All columns, or those that the model has by the names Mkt-RF, SMB, HML, RMW, CMA, Mom.',
  },
  riskFreeColumn: {
    kind: 'text',
    default: 'RF',
    title: 'Column of the factors that is the risk-free return',
    help: 'Taken off the returns where there is one, and no factor.',
  },
  riskFreeRate: {
    kind: 'number',
    above: -1,
    default: 0,
    unit: 'a period',
    title: 'Risk-free return',
    help: 'Where no column says it; a fraction.',
  },
  matching: {
    kind: 'choice',
    of: ['day', 'month'],
    optional: true,
    title: 'How days are matched',
    help: 'By month, prices are those of the last day of each month. If not given, by month where one side is monthly, else by day.',
  },
  periodsPerYear: {
    kind: 'number',
    above: 0,
    optional: true,
    title: 'Periods a year',
    help: 'Of the periods that both sides have; by the spacing of their days if not given, 252 without days.',
  },
});

/** What is explained: prices of one or several instruments with weights, or one series. */
export const subjectParameters = parameterTable({
  prices: {
    kind: 'panel',
    of: 'prices',
    optional: true,
    title: 'Prices or returns of the instruments held',
    help: 'One column or several; either this or a series.',
  },
  weights: {
    kind: 'by-name',
    optional: true,
    title: 'Weights',
    help: 'Shares of value by instrument, kept by rebalancing each period; equal ones if not given.',
  },
  series: {
    kind: 'series',
    of: 'prices',
    optional: true,
    title: 'Prices or returns of one thing',
  },
});

/** How the errors of coefficients are estimated. */
export const errorParameters = parameterTable({
  errors: {
    kind: 'choice',
    of: ['newey-west', 'classic', 'white', 'hc1', 'hc2', 'hc3'],
    default: 'newey-west',
    title: 'Errors of the coefficients',
  },
  lags: {
    kind: 'integer',
    min: 0,
    optional: true,
    title: 'Lag of Newey–West',
    help: '⌊4 (n ÷ 100)^(2/9)⌋ if not given.',
  },
  smallSample: {
    kind: 'flag',
    default: false,
    title: 'Multiply Newey–West by n ÷ (n − k)',
  },
});

/** The values of `factorParameters`. */
export interface FactorValues {
  readonly factors: PanelInput;
  readonly model: 'all' | 'capm' | 'ff3' | 'carhart' | 'ff5' | 'ff5-momentum';
  readonly riskFreeColumn: string;
  readonly riskFreeRate: number;
  readonly matching: 'day' | 'month' | undefined;
  readonly periodsPerYear: number | undefined;
}

/** The values of `subjectParameters`. */
export interface SubjectValues {
  readonly prices: PanelInput | undefined;
  readonly weights: Readonly<Record<string, number>> | undefined;
  readonly series: SeriesInput | undefined;
}
