import { join } from 'node:path';
import { seededRandom } from '@plimsoll/kernel';
import {
  dickeyFuller,
  type Fitted,
  fitArima,
  fitEts,
  fitGarch,
  fitRegimes,
  type GarchFit,
  garchFilter,
  stl,
} from '@plimsoll/quant/time-series';
import { best, ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, ms } from '../report.ts';

/** Normal numbers from a generator so plain that the Python script draws the same. */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

function garchSeries(n: number): Float64Array {
  const normal = normals(1);
  let variance = 1;
  return Float64Array.from({ length: n }, () => {
    const e = normal() * Math.sqrt(variance);
    variance = 0.02 + 0.08 * e * e + 0.9 * variance;
    return 0.05 + e;
  });
}

function seasonalSeries(n: number): Float64Array {
  const normal = normals(2);
  return Float64Array.from(
    { length: n },
    (_, t) => 100 + 0.2 * t + 10 * Math.sin((2 * Math.PI * t) / 12) + 2 * normal(),
  );
}

function had<T extends object>(fitted: Fitted<T>): T {
  if (fitted.why !== undefined) throw new Error(fitted.why);
  return fitted;
}

/** Models of time series beside SciPy and statsmodels on the same numbers. */
export async function run(): Promise<void> {
  const theirs = reference(join(import.meta.dirname, 'time-series.py'), 1);
  const x = garchSeries(5030);
  const y = seasonalSeries(240);
  const part = x.slice(0, 2520);
  let sum = 0;
  const walk = part.map((each) => {
    sum += each;
    return sum;
  });
  const row = (
    name: string,
    key: string,
    runs: number,
    work: () => { readonly logLikelihood?: number },
  ): void => {
    const { logLikelihood } = work();
    const time = best(runs, work);
    const peer = theirs?.[key];
    const peerLikelihood = theirs?.[`ℓ ${key}`];
    line(
      name,
      ms(time),
      peer === undefined ? '–' : ms(peer),
      ratio(time, peer),
      logLikelihood === undefined || peerLikelihood === undefined
        ? '–'
        : (logLikelihood - peerLikelihood).toExponential(1),
    );
  };
  line('one thread', 'ours', 'peer', 'ours to peer', 'ℓ ours − peer');
  row('GARCH(1, 1), normal, 5,030 (SLSQP, filter in C)', 'garch', 40, () => had(fitGarch(x)));
  row('ARIMA(1, 0, 1), 2,520 (statsmodels)', 'arima', 7, () =>
    had(fitArima(part, { ar: 1, ma: 1 })),
  );
  row('ETS(A, A, A), 240 months (statsmodels)', 'ets', 5, () =>
    had(fitEts(y, { trend: 'additive', season: 'additive', period: 12 })),
  );
  row('two regimes, 2,520, one start (statsmodels)', 'regimes', 5, () =>
    had(fitRegimes(part, 2, { uniform: seededRandom(1).next, starts: 1 })),
  );
  row('Dickey–Fuller, lags by AIC, 2,520', 'dickey-fuller', 5, () => {
    had(dickeyFuller(walk));
    return {};
  });
  row('STL, robust, 240 months', 'stl', 9, () => {
    had(stl(y, { period: 12, robust: true }));
    return {};
  });
  limits(x, had(fitGarch(x)));
}

/** The variance recursion cannot be parallel: a product and a sum a step wait for the one before. */
function limits(x: Float64Array, { parameters }: GarchFit): void {
  const normal = best(40, () => fitGarch(x));
  const student = best(20, () => fitGarch(x, { density: 'student-t' }));
  const lean = best(20, () => fitGarch(x, { asymmetric: true }));
  const pass = best(200, () => garchFilter(x, parameters));
  const chain = best(400, () => {
    let h = 1;
    for (let t = 0; t < x.length; t++) h = 0.02 + 0.08 * (x[t] ?? 0) + 0.9 * h;
    return h;
  });
  line('GARCH with Student’s t; GJR', ms(student), ms(lean));
  line(
    'one pass of the filter, with logarithms',
    ms(pass),
    `${((1e6 * pass) / x.length).toFixed(1)} ns a step`,
  );
  line(
    'the bare recursion, which no fit can beat',
    ms(chain),
    `${((1e6 * chain) / x.length).toFixed(1)} ns a step`,
  );
  line('a fit in bare recursions', (normal / chain).toFixed(0));
}
