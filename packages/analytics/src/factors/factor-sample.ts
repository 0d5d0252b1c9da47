import { type Day, ok, type PanelInput, type Result, refuse } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { yearOf } from '../analysis/infer-periods.ts';
import { type PanelObservations, panelObservations } from '../analysis/observations.ts';
import { onlyColumns } from '../analysis/only-columns.ts';
import type { Sample } from '../analysis/report.ts';
import { sampleOf } from '../analysis/sample-of.ts';
import { equalWeightsNote, weightsOf, whyNoColumn } from '../analysis/weights-by-name.ts';
import type { FactorValues, SubjectValues } from './factor-input.ts';
import { type Matching, matchingOf } from './factor-matching.ts';
import type { FactorReturns } from './factor-regression.ts';

/** Instruments and factors on the same periods. */
export interface FactorPanel {
  readonly names: readonly string[];
  /** Empty where none were given. */
  readonly days: readonly Day[];
  /** Returns, row-major [n × instruments]. */
  readonly returns: Matrix;
  /** Shape [n]. */
  readonly riskFree: Float64Array;
  readonly factors: FactorReturns;
  /** As given, or of the days that both sides have. */
  readonly periodsPerYear: number;
  readonly sample: Sample;
  readonly conventions: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Brings prices and factors to the same periods. Prices on both sides are matched before returns are
 * taken; factor returns by the day, or the month, on which a period ends. A column of the factors that
 * is the risk-free return becomes that.
 *
 * Refused: no periods in common, returns over different times side by side, factors that the model has and the panel has not, lengths that
 * differ where there are no days, and what `panelObservations` refuses.
 */
export function factorPanel(prices: PanelInput, values: FactorValues): Result<FactorPanel> {
  const wanted = chosenFactors(values);
  if (!wanted.ok) return wanted;
  const free = values.factors.names.filter((name) => isRiskFree(name, values));
  const used = onlyColumns(values.factors, [...wanted.value, ...free]);
  const percent = whyNotFractions(used);
  if (percent) return refuse({ code: 'factors.percent', detail: percent });
  const matching = matchingOf(prices, used, values.matching);
  if (!matching.ok) return matching;
  const { byMonth } = matching.value;
  const ends = byMonth ? monthEnds(prices) : prices;
  const given = byMonth ? monthEnds(used) : used;
  const both = onCommonDays(ends, given, byMonth);
  const own = panelObservations(both[0], 'prices');
  if (!own.ok) return own;
  const factors = panelObservations(both[1], 'returns');
  if (!factors.ok) return factors;
  const rows = commonRows(own.value, factors.value, byMonth);
  if (!rows.ok) return rows;
  return ok(
    panelOf(own.value, factors.value, rows.value, {
      ...values,
      ...matching.value,
      wanted: wanted.value,
    }),
  );
}

/** One column of returns: a series, or the weighted sum of a panel's columns. */
export interface FactorSubject extends FactorPanel {
  readonly subject: string;
  /** Returns of the subject, shape [n]. */
  readonly own: Float64Array;
  /** `own` less the risk-free return, shape [n]. */
  readonly excess: Float64Array;
  /** Of the columns, shape [instruments]. */
  readonly weights: Float64Array;
}

/** The panel of `factorPanel` with the returns of the whole that is to be explained. */
export function factorSubject(values: FactorValues & SubjectValues): Result<FactorSubject> {
  const read = subjectInput(values);
  if (!read.ok) return read;
  const input = read.value;
  const { weights } = values;
  const unknown = whyNoColumn(weights, input, 'factors.unknown-instrument');
  if (unknown) return unknown;
  const held = input.names.filter((name) => !weights || weights[name]);
  if (held.length === 0) {
    return refuse({
      code: 'factors.no-weights',
      detail: 'All weights are zero, so that there is nothing to explain; give one at least.',
    });
  }
  const panel = factorPanel(onlyColumns(input, held), values);
  if (!panel.ok) return panel;
  const { names, returns, riskFree, notes } = panel.value;
  const shares = weightsOf(names, weights);
  const own = new Float64Array(returns.rows);
  for (let t = 0; t < returns.rows; t++) {
    for (let i = 0; i < names.length; i++) own[t] += shares[i] * returns.data[t * names.length + i];
  }
  const isAlone = names.length === 1 && weights === undefined;
  return ok({
    ...panel.value,
    subject: isAlone ? names[0] : 'portfolio',
    weights: shares,
    own,
    excess: own.map((each, t) => each - riskFree[t]),
    notes: [
      ...notes,
      ...(weights === undefined && !isAlone ? [equalWeightsNote(names.length)] : []),
    ],
  });
}

function subjectInput({ series, prices }: SubjectValues): Result<PanelInput> {
  if (series && !prices) {
    return ok({
      ...series,
      names: [series.name ?? 'series'],
      values: series.values.map((each) => [each]),
    });
  }
  if (prices && !series) return ok(prices);
  return refuse({
    code: 'factors.input',
    detail: series
      ? 'Give either a series or prices with weights, not both.'
      : 'There is nothing to explain; give a series, or prices with weights.',
  });
}

const models: Readonly<Record<Exclude<FactorValues['model'], 'all'>, readonly string[]>> = {
  capm: ['mktrf'],
  ff3: ['mktrf', 'smb', 'hml'],
  carhart: ['mktrf', 'smb', 'hml', 'mom'],
  ff5: ['mktrf', 'smb', 'hml', 'rmw', 'cma'],
  'ff5-momentum': ['mktrf', 'smb', 'hml', 'rmw', 'cma', 'mom'],
};

/** `Mkt-RF`, `MKT_RF` and `MktRF` are one, and so are the names that momentum goes by. */
function plainName(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (['umd', 'wml', 'momentum'].includes(plain)) return 'mom';
  return plain === 'mkt' || plain === 'market' ? 'mktrf' : plain;
}

const isRiskFree = (name: string, { riskFreeColumn }: Pick<FactorValues, 'riskFreeColumn'>) =>
  plainName(name) === plainName(riskFreeColumn);

function chosenFactors({ factors, model, riskFreeColumn }: FactorValues): Result<string[]> {
  const names = factors.names.filter((name) => !isRiskFree(name, { riskFreeColumn }));
  if (model === 'all') {
    if (names.length > 0) return ok(names);
    return refuse({ code: 'factors.none', detail: 'The panel of factors has no factor in it.' });
  }
  const found = models[model].map((plain) => names.find((name) => plainName(name) === plain));
  const missing = models[model].filter((_, i) => found[i] === undefined);
  if (missing.length === 0) return ok(found.filter((name) => name !== undefined));
  return refuse({
    code: 'factors.missing',
    detail: `The model ${model} needs ${missing.join(', ')}, which is not among ${factors.names.join(', ')}; give those columns or choose another model.`,
  });
}

/** A factor that moved by more than the whole in a period is in percent, most likely. */
function whyNotFractions({ names, values, days, are }: PanelInput): string | undefined {
  if (are === 'prices') return undefined;
  for (const [t, row] of values.entries()) {
    const at = row.findIndex((each) => each !== null && Math.abs(each) > 1);
    if (at >= 0) {
      return `${names[at]} is ${row[at]} at ${days?.[t] ?? `row ${t + 1}`}, which as a fraction is ${((row[at] ?? 0) * 100).toFixed(0)} %; divide factors in percent by 100.`;
    }
  }
  return undefined;
}

/** The rows of the last day of each month; as they are without days. */
function monthEnds(panel: PanelInput): PanelInput {
  const { days, values, are } = panel;
  if (!days || are === 'returns') return panel;
  const kept = days.flatMap((day, i) => (day.slice(0, 7) === days[i + 1]?.slice(0, 7) ? [] : [i]));
  return { ...panel, days: kept.map((i) => days[i]), values: kept.map((i) => values[i]) };
}

const periodOf = (day: Day, byMonth: boolean): string => (byMonth ? day.slice(0, 7) : day);

/** Where both sides are prices with days, only the days that both have. */
function onCommonDays(a: PanelInput, b: PanelInput, byMonth: boolean): [PanelInput, PanelInput] {
  if (!a.days || !b.days || a.are === 'returns' || b.are !== 'prices') return [a, b];
  const only = (panel: PanelInput, other: PanelInput): PanelInput => {
    const known = new Set(other.days?.map((day) => periodOf(day, byMonth)));
    const kept = (panel.days ?? []).flatMap((day, i) =>
      known.has(periodOf(day, byMonth)) ? [i] : [],
    );
    return {
      ...panel,
      days: kept.map((i) => panel.days?.[i] ?? ''),
      values: kept.map((i) => panel.values[i]),
    };
  };
  return [only(a, b), only(b, a)];
}

/** Places of the periods that both sides have, and how many of the factors' lie between and are not used. */
interface CommonRows {
  readonly own: readonly number[];
  readonly factors: readonly number[];
  readonly skipped: number;
}

function commonRows(
  own: PanelObservations,
  factors: PanelObservations,
  byMonth: boolean,
): Result<CommonRows> {
  if (own.days.length === 0 || factors.days.length === 0) {
    const all = Array.from({ length: own.n }, (_, t) => t);
    if (own.n === factors.n && own.n > 0) return ok({ own: all, factors: all, skipped: 0 });
    return refuse({
      code: 'factors.lengths',
      detail: `There are ${own.n} returns and ${factors.n} periods of factors, and not both have days; give days with both.`,
    });
  }
  const places = new Map(factors.days.map((day, t) => [periodOf(day, byMonth), t]));
  const rows: number[] = [];
  const found: number[] = [];
  own.days.forEach((day, t) => {
    const at = places.get(periodOf(day, byMonth));
    if (at === undefined) return;
    rows.push(t);
    found.push(at);
  });
  if (rows.length > 0) {
    const between = found[found.length - 1] - found[0] + 1;
    return ok({ own: rows, factors: found, skipped: between - found.length });
  }
  return refuse({
    code: 'factors.days-apart',
    detail: `The returns (${own.days[0]} to ${own.days.at(-1)}) and the factors (${factors.days[0]} to ${factors.days.at(-1)}) have no ${byMonth ? 'month' : 'day'} in common.`,
  });
}

function panelOf(
  own: PanelObservations,
  factors: PanelObservations,
  rows: CommonRows,
  values: FactorValues & Matching & { readonly wanted: readonly string[] },
): FactorPanel {
  const { wanted, riskFreeRate } = values;
  const columns = wanted.map((name) => factors.names.indexOf(name));
  const free = factors.names.findIndex((name) => isRiskFree(name, values));
  const n = rows.own.length;
  const pick = (
    from: PanelObservations,
    places: readonly number[],
    picked: readonly number[],
  ): Matrix => {
    const made = matrix(n, picked.length);
    places.forEach((row, t) => {
      picked.forEach((column, j) => {
        made.data[t * picked.length + j] = from.returns[row * from.names.length + column];
      });
    });
    return made;
  };
  const riskFree =
    free >= 0 ? pick(factors, rows.factors, [free]).data : new Float64Array(n).fill(riskFreeRate);
  const moved = pick(factors, rows.factors, columns);
  // An index earns the risk-free return too; a long-short factor does not.
  const areIndices = values.factors.are === 'prices';
  if (areIndices)
    moved.data.forEach((each, at) => {
      moved.data[at] = each - riskFree[Math.floor(at / columns.length)];
    });
  const days = own.days.length === 0 ? [] : rows.own.map((row) => own.days[row]);
  const { periodsPerYear, notes } = yearOf(days, values.periodsPerYear);
  const unused = own.n - n;
  return {
    names: own.names,
    days,
    returns: pick(
      own,
      rows.own,
      own.names.map((_, i) => i),
    ),
    riskFree,
    factors: { names: wanted, returns: moved },
    periodsPerYear,
    sample: sampleOf({
      start: rows.own[0] === 0 ? own.start : null,
      days,
      n,
      missing: own.missing + unused,
    }),
    conventions: [
      `Simple returns, ${periodsPerYear} periods a year.`,
      free >= 0
        ? `The risk-free return of each period is the factors’ column ${factors.names[free]}.`
        : `The risk-free return is ${riskFreeRate} a period.`,
      ...(areIndices && riskFree.some((each) => each !== 0)
        ? ['Factors given as prices count less the risk-free return.']
        : []),
    ],
    notes: [...values.notes, ...notes, ...leftOut(own.missing + unused, rows.skipped)],
  };
}

/** What of either side is in no common period. */
const leftOut = (missing: number, skipped: number): string[] => [
  ...(missing > 0 ? [`${missing} periods have no price, or no factors, and are left out.`] : []),
  ...(skipped > 0
    ? [
        `${skipped} periods of the factors have no return beside them; the return after each spans it, the factors do not.`,
      ]
    : []),
];
