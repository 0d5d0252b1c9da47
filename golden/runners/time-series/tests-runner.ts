import { autocorrelation, kurtosis, skewness } from '@plimsoll/quant/statistics';
import {
  archTest,
  type Deterministic,
  detrendedFluctuation,
  dickeyFuller,
  type Fitted,
  johansen,
  kpss,
  ljungBox,
  meanReversion,
  phillipsPerron,
  rescaledRange,
  varianceRatio,
} from '@plimsoll/quant/time-series';
import { expectedOf, inputOf, toleranceOf } from '../../case-facts.ts';
import { compare, joined } from '../../compare.ts';
import { type GoldenCase, isRecord } from '../../golden-case.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { columnOf, levelsOf, rowsOf, seriesOf } from './series-of.ts';

type Input = Readonly<Record<string, unknown>>;

function had<T>(fitted: Fitted<T>): T {
  if (fitted.why !== undefined) throw new Error(fitted.why);
  return fitted;
}

const deterministicOf = (name: string): Deterministic =>
  /(^|_)ctt(_|$)/.test(name)
    ? 'quadratic'
    : /(^|_)ct(_|$)/.test(name)
      ? 'trend'
      : /(^|_)(n|nc)(_|$)/.test(name)
        ? 'none'
        : 'constant';

/** The number after one of the words in a name, such as 10 in `ljung_box_10`. */
const numberIn = (name: string, otherwise: number): number =>
  Number(/(\d+)/.exec(name)?.[1] ?? otherwise);

/** Which figure of a test a name asks for: `adf_stat`, `adf_p`, `adf_lag`. */
function part(
  name: string,
  of: {
    readonly statistic: number;
    readonly p: number;
    readonly lags?: number;
    readonly n?: number;
    readonly critical?: unknown;
  },
  wanted: unknown,
): unknown {
  if (Array.isArray(wanted)) return [of.statistic, of.p, of.lags, of.n].slice(0, wanted.length);
  if (isRecord(wanted)) {
    return Object.fromEntries(Object.keys(wanted).map((key) => [key, part(key, of, wanted[key])]));
  }
  if (/(^|_)p_?(value|val)?\d*$|_p_/.test(name)) return of.p;
  if (/crit/.test(name) || /^\d+%$/.test(name)) return criticalOf(of.critical, name, wanted);
  if (/lag/.test(name)) return of.lags;
  if (/nobs|(^|_)n$/.test(name)) return of.n;
  return of.statistic;
}

/** Critical values under the names of their levels: `5%`, or a name that ends so. */
function criticalOf(critical: unknown, name: string, wanted: unknown): unknown {
  const levels = Array.isArray(critical)
    ? { '10%': critical[0], '5%': critical[1], '2.5%': critical[2], '1%': critical[3] }
    : isRecord(critical)
      ? { '1%': critical['one'], '5%': critical['five'], '10%': critical['ten'] }
      : {};
  if (isRecord(wanted)) return levels;
  const level = /(\d+)(?:pct|%)?$/.exec(name)?.[1] ?? '5';
  return (levels as Record<string, unknown>)[`${level}%`];
}

/** What a figure is asked of. */
interface Asked {
  readonly key: string;
  readonly input: Input;
  readonly wanted: unknown;
  readonly surroundings: Surroundings;
  /** The series of the case. */
  readonly x: Float64Array;
  readonly lags: { readonly lags?: number };
  readonly deterministic: Deterministic;
}

function adf({ key, input, wanted, x, lags, deterministic }: Asked): unknown {
  const by = String(input['autolag'] ?? 'aic').toLowerCase();
  const known = { aic: 'aic', bic: 'bic', 't-stat': 't-statistic' } as const;
  const choose = by in known ? known[by as keyof typeof known] : 'fixed';
  return part(key, had(dickeyFuller(x, { deterministic, choose, ...lags })), wanted);
}

function stationary({ key, input, wanted, x, lags, deterministic }: Asked): unknown {
  const used = lags.lags ?? (input['nlags'] === 'legacy' ? 'schwert' : 'auto');
  const around = deterministic === 'trend' ? 'trend' : 'constant';
  return part(key, had(kpss(x, { deterministic: around, lags: used })), wanted);
}

function arch({ key, input, wanted, x }: Asked): unknown {
  const mean = x.reduce((sum, each) => sum + each / x.length, 0);
  const e = /demean|resid/.test(JSON.stringify(input)) ? x.map((each) => each - mean) : x;
  return part(key, had(archTest(e, numberIn(key, 10))), wanted);
}

function walk({ key, input, surroundings }: Asked): number {
  const levels = levelsOf(input, surroundings).map(Math.log);
  const { ratio, statistic, p } = had(varianceRatio(levels, numberIn(key, 2)));
  if (/stat|z/.test(key)) return statistic;
  return /_p$/.test(key) ? p : ratio;
}

const memory = ({ key, x }: Asked): number =>
  had(/dfa/.test(key) ? detrendedFluctuation(x) : rescaledRange(x, !/raw|rs/.test(key))).exponent;

/** Tests by the words that speak of them, each on the series that it is usually run on. */
const tests: readonly (readonly [RegExp, (asked: Asked) => unknown])[] = [
  [/adf|dickey/i, adf],
  [/kpss/i, stationary],
  [
    /^pp|phillips|perron/i,
    ({ key, wanted, x, lags, deterministic }) =>
      part(key, had(phillipsPerron(x, { deterministic, ...lags })), wanted),
  ],
  [
    /ljung|^lb|box/i,
    ({ key, wanted, x }) => part(key, had(ljungBox(x, numberIn(key, 10))), wanted),
  ],
  [/arch/i, arch],
  [/variance_ratio|^vr/i, walk],
  [/hurst|dfa/i, memory],
  [/half_?life/i, ({ x }) => had(meanReversion(x)).halfLife],
  [/^acf/i, ({ key, wanted, x }) => lagged(x, wanted, numberIn(key, 1))],
  [/jarque|^jb/i, ({ key, x }) => jarqueBera(x, key)],
  [/johansen|trace|max_?eig|eigenv/i, johansenFigure],
];

const testOf = (name: string) => tests.find(([words]) => words.test(name))?.[1];

/** The figure of the test that a name speaks of; undefined where it speaks of none. */
function figure(name: string, input: Input, wanted: unknown, surroundings: Surroundings): unknown {
  const test = testOf(name);
  if (!test) return undefined;
  const key = name.toLowerCase();
  const fixed = input['maxlag'] ?? input['lags'] ?? input['nlags'];
  const lags = fixed === undefined || Number.isNaN(Number(fixed)) ? {} : { lags: Number(fixed) };
  const deterministic = deterministicOf(String(input['regression'] ?? input['trend'] ?? key));
  const x = seriesOf(input, surroundings);
  return test({ key, input, wanted, surroundings, x, lags, deterministic });
}

const lagged = (x: Float64Array, wanted: unknown, lag: number): unknown =>
  Array.isArray(wanted) ? wanted.map((_, i) => autocorrelation(x, i)) : autocorrelation(x, lag);

function jarqueBera(x: Float64Array, key: string): number {
  const statistic =
    (x.length / 6) * (skewness(x, 'population') ** 2 + kurtosis(x, 'population') ** 2 / 4);
  return /_p/.test(key) ? Math.exp(-statistic / 2) : statistic;
}

function johansenFigure({ key, input, wanted, surroundings }: Asked): unknown {
  const rows = rowsOf(input, surroundings);
  const names = Array.isArray(input['columns']) ? (input['columns'] as string[]) : rows.names;
  const columns = names.map((name) => columnOf(rows, name));
  const data = Float64Array.from(
    rows.days.flatMap((_, t) => columns.map((column) => Math.log(column[t] ?? Number.NaN))),
  );
  const order = Number(input['det_order'] ?? 0);
  const { steps, eigenvalues } = had(
    johansen(
      { rows: rows.days.length, columns: names.length, data },
      {
        deterministic: order < 0 ? 'none' : order > 0 ? 'trend' : 'constant',
        lags: Number(input['k_ar_diff'] ?? 1),
      },
    ),
  );
  const list = /eigenv|^eig/.test(key)
    ? [...eigenvalues]
    : steps.map((step) => (/trace/.test(key) ? step.trace : step.largest));
  return Array.isArray(wanted) ? list.slice(0, wanted.length) : list[0];
}

/** Figures under their own names, and those grouped by the series or the test that they are of. */
function outcomes(
  expected: Input,
  golden: GoldenCase,
  input: Input,
  surroundings: Surroundings,
): Outcome {
  const id = String(golden['id']);
  return joined(
    Object.entries(expected).map(([key, wanted]) => {
      if (isRecord(wanted) && !testOf(key) && !testOf(id)) {
        const series = key.replaceAll('_', ' ');
        return outcomes(wanted, golden, { ...input, series }, surroundings);
      }
      const found =
        figure(key, input, wanted, surroundings) ??
        figure(`${id.replaceAll('.', '_')}_${key}`, input, wanted, surroundings);
      return compare({ [key]: found }, { [key]: wanted }, toleranceOf(golden));
    }),
  );
}

/** Tests of unit roots, stationarity, autocorrelation and changing variance. */
export const testsRunner: Runner = {
  category: 'ts_tests',
  handles: ({ category }) => category === 'ts_tests',
  run: (golden, surroundings) =>
    outcomes(expectedOf(golden), golden, inputOf(golden, surroundings), surroundings),
};
