import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type FactorReturns, factorRegression } from '@plimsoll/analytics/factors';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { granted } from '../../case-facts.ts';
import { type Columns, NoGoldenData, simpleReturns } from '../../golden-data.ts';
import type { Surroundings } from '../../runner.ts';
import { monthEnds, pricesOf } from '../attribution/case-input.ts';

/** Excess returns of what a case regresses, and the factors on the same days. */
export interface FactorSample {
  readonly excess: Float64Array;
  readonly factors: FactorReturns;
}

/** Returns of all columns less the risk-free rate, and the factors on the same days. */
export interface FactorPanel {
  readonly names: readonly string[];
  readonly excess: Matrix;
  readonly factors: FactorReturns;
}

type Input = Readonly<Record<string, unknown>>;

/**
 * The panel of a case: prices by `file`, monthly where the input speaks of months, factors by the
 * files that `factors` names or else by which factors are `wanted`. Rows are the days of both.
 */
export function factorPanel(
  input: Input,
  wanted: readonly string[],
  surroundings: Surroundings,
): FactorPanel {
  const monthly = /month/i.test(`${input['file']} ${input['factors']} ${input['y']}`);
  // The month before the first gives its first return a price to start from.
  const prices = pricesOf(monthly ? withMonthBefore(input) : input, surroundings);
  const returns = simpleReturns(monthly ? monthEnds(prices) : prices);
  const period = (day: string): string => (monthly ? day.slice(0, 7) : day);
  const tables = factorFiles(input, wanted, { monthly, data: surroundings.data }).map((file) =>
    namedFactors(surroundings.data.columns(file)),
  );
  const places = tables.map(
    ({ days }) => new Map(days.map((day, row) => [period(isoMonth(day)), row])),
  );
  const rows = returns.days.flatMap((day, row) =>
    places.every((place) => place.has(period(day))) ? [row] : [],
  );
  const missing = returns.days.length - rows.length;
  if (missing > 1 || rows.length === 0) {
    throw new NoGoldenData(
      `the files of factors beside the checkout leave out ${missing} of ${returns.days.length} periods`,
    );
  }
  const value = (name: string, row: number): number => {
    for (const [t, { names, values }] of tables.entries()) {
      const column = names.indexOf(name);
      const at = places[t]?.get(period(returns.days[row] ?? ''));
      if (column >= 0 && at !== undefined) return values[at * names.length + column] ?? Number.NaN;
    }
    throw new NoGoldenData(`no file of factors beside the checkout has ${name}`);
  };
  const hasRiskFree = tables.some(({ names }) => names.includes('RF'));
  const width = returns.names.length;
  const excess = matrix(rows.length, width);
  const factors = matrix(rows.length, wanted.length);
  rows.forEach((row, t) => {
    const riskFree = hasRiskFree ? value('RF', row) : 0;
    for (let i = 0; i < width; i++) {
      excess.data[t * width + i] = (returns.values[row * width + i] ?? Number.NaN) - riskFree;
    }
    wanted.forEach((name, j) => {
      factors.data[t * wanted.length + j] = value(name, row);
    });
  });
  return { names: returns.names, excess, factors: { names: wanted, returns: factors } };
}

/** One series of the panel: the column that `y` begins with, or all of them weighted equally. */
export function factorSample(
  input: Input,
  wanted: readonly string[],
  surroundings: Surroundings,
): FactorSample {
  const { names, excess, factors } = factorPanel(input, wanted, surroundings);
  const [head = ''] = String(input['y']).split(' ');
  const column = names.indexOf(head);
  if (column < 0 && !/^equal/i.test(head)) throw new Error(`no column is called ${head}`);
  const { rows, columns } = excess;
  return {
    factors,
    excess: Float64Array.from({ length: rows }, (_, t) => {
      const row = excess.data.subarray(t * columns, (t + 1) * columns);
      if (column >= 0) return row[column] ?? Number.NaN;
      return row.reduce((sum, each) => sum + each, 0) / columns;
    }),
  };
}

/** The regression that a case speaks of, with classic errors. */
export function regressionOf(sample: FactorSample) {
  return granted(factorRegression(sample.excess, sample.factors));
}

/** All that an input says of its factors. */
const factorText = (input: Input): string =>
  [input['factors'], input['factor_file'], input['factors_file']].flat().join(' ');

const fileName = /[\w-]+\.csv/i;
const known = ['MktRF', 'SMB', 'HML', 'RMW', 'CMA', 'MOM'];

/**
 * The factors that an input names, in the order of its words; those of the file that it names if that
 * is not one of French's; else five where nothing is said.
 */
export function factorNames(input: Input, { data }: Surroundings): readonly string[] {
  const text = factorText(input);
  const [file] = text.match(fileName) ?? [];
  if (file && !/^ff|french/i.test(file)) return data.columns(file).names;
  const named = known.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  if (named.length > 0) return named;
  const three = known.slice(0, 3);
  const base = /ff3/i.test(text) ? three : known.slice(0, 5);
  return /mom/i.test(text) ? [...base, 'MOM'] : base;
}

/**
 * French's files: those that the input names, else those beside the checkout whose names tell what they
 * hold, else the names that the cases give them.
 */
function factorFiles(
  input: Input,
  wanted: readonly string[],
  { monthly, data }: { readonly monthly: boolean; readonly data: Surroundings['data'] },
): string[] {
  const named = factorText(input).match(new RegExp(fileName, 'gi'));
  if (named) return named;
  const folder = readdirSync(dirname(data.path('arch_frenchdata_monthly.csv')));
  const like = (pattern: RegExp, otherwise: string): string =>
    folder.find((file) => pattern.test(file)) ?? otherwise;
  if (monthly) return [like(/^ff\d.*month.*\.csv$/i, 'arch_frenchdata_monthly.csv')];
  const main = wanted.includes('RMW') || wanted.length === 0 ? 'ff5' : 'ff3';
  return [
    like(new RegExp(`^${main}.*daily.*\\.csv$`, 'i'), `${main}_daily_2010_2022.csv`),
    ...(wanted.includes('MOM') ? [like(/^ff.*mom.*\.csv$/i, 'ff_mom_daily_2010_2022.csv')] : []),
  ];
}

/**
 * Columns under the names that cases use, in fractions: files of prices and files in percent are told
 * by their size.
 */
function namedFactors(all: Columns): Columns {
  const file = all.values.every((each) => each > 1) ? simpleReturns(all) : all;
  const names = file.names.map((name) => {
    const plain = name.replace(/[^A-Za-z]/g, '');
    return /^(mom|umd|wml)$/i.test(plain) ? 'MOM' : plain;
  });
  const first = file.values.filter((_, at) => at % names.length === 0).map(Math.abs);
  const percent = (first.toSorted()[first.length >> 1] ?? 0) > 0.05;
  return { ...file, names, values: percent ? file.values.map((each) => each / 100) : file.values };
}

const isoMonth = (day: string): string =>
  /^\d{6,8}$/.test(day)
    ? [day.slice(0, 4), day.slice(4, 6), day.slice(6, 8)].filter((part) => part !== '').join('-')
    : day;

function withMonthBefore(input: Input): Input {
  const range = input['price_range'] ?? input['range'];
  if (!Array.isArray(range)) return input;
  const [year = 0, month = 1] = String(range[0]).split('-').map(Number);
  const before = month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
  return { ...input, range: [`${before}-01`, range[1]], price_range: undefined };
}
