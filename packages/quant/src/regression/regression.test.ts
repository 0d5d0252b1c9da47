import { describe, expect, it } from 'vitest';
import { matrix } from '../linear-algebra/matrix.ts';
import { neweyWestLag } from './coefficient-covariance.ts';
import { huberRegression } from './huber-regression.ts';
import { ordinaryLeastSquares, type RegressionOptions } from './ordinary-least-squares.ts';
import { elasticNet, lasso, ridge, standardise } from './penalised.ts';
import { breuschPagan, durbinWatson, varianceInflation } from './residual-tests.ts';
import { rollingRegression } from './rolling-regression.ts';

/** Expected values below: statsmodels 0.13.5, scikit-learn 1.2.1 and NumPy 1.24.2 on these columns. */
const n = 60;
const rows = Array.from({ length: n }, (_, i) => [Math.sin(i), Math.cos(1.7 * i) + 0.02 * i]);
const factors = matrix(n, 2, Float64Array.from(rows.flat()));
const x = matrix(n, 3, Float64Array.from(rows.flatMap((row) => [1, ...row])));
const y = Float64Array.from(
  rows,
  ([a = 0, b = 0], i) => 0.5 + 1.2 * a - 0.7 * b + 0.3 * Math.sin(i * i) * (1 + 0.5 * Math.sin(i)),
);
const weights = Float64Array.from(rows, (_, i) => 1 + 0.5 * Math.cos(i));

function relative(found: ArrayLike<number>, wanted: readonly number[], tolerance = 1e-12): void {
  wanted.forEach((each, i) => {
    expect(Math.abs((found[i] ?? Number.NaN) / each - 1)).toBeLessThanOrEqual(tolerance);
  });
}

describe('least squares as statsmodels has it', () => {
  it('coefficients, goodness of fit and information criteria', () => {
    const fit = ordinaryLeastSquares(x, y);
    relative(fit.coefficients, [0.44388697073893535, 1.2338915158792636, -0.6211539202439934]);
    relative(fit.p, [1.1468191894622314e-17, 7.1634952267902435e-37, 3.643436734978175e-24]);
    relative([fit.r2, fit.adjustedR2], [0.9561195403259677, 0.9545798750742472]);
    relative([fit.f, fit.fP], [620.9918287482255, 2.017104043570875e-39]);
    relative(
      [fit.logLikelihood, fit.aic, fit.bic],
      [6.7355131002174105, -7.471026200434821, -1.1879925137685206],
    );
  });

  const errors: [string, RegressionOptions, number[]][] = [
    ['classic', {}, [0.03610895682694929, 0.040662752654587006, 0.03622846788103398]],
    [
      'HC0',
      { covariance: 'white' },
      [0.03244262345778721, 0.04324916453277605, 0.0319949557877038],
    ],
    [
      'HC1',
      { covariance: 'hc1' },
      [0.03328542935253968, 0.04437270655639726, 0.032826132014105704],
    ],
    ['HC2', { covariance: 'hc2' }, [0.03337936621848717, 0.04449287233386829, 0.03309580501970728]],
    [
      'HC3',
      { covariance: 'hc3' },
      [0.03435111482630161, 0.045779117763927846, 0.03424299712539019],
    ],
    [
      'HAC of lag 3',
      { covariance: 'newey-west', lags: 3 },
      [0.02100265368958129, 0.023053810609866502, 0.027648933259490235],
    ],
    [
      'HAC of lag 8, small-sample',
      { covariance: 'newey-west', lags: 8, smallSample: true },
      [0.019591750999991744, 0.019779209834378877, 0.02140248999807598],
    ],
    ['WLS', { weights }, [0.03581767653654721, 0.0404046478373002, 0.0361979691427359]],
    [
      'WLS with HC3',
      { weights, covariance: 'hc3' },
      [0.03508163715985057, 0.04663599130751259, 0.03513325456041594],
    ],
    [
      'WLS with HAC of lag 3',
      { weights, covariance: 'newey-west', lags: 3 },
      [0.02128051676734852, 0.025887446754420975, 0.028884633509109588],
    ],
  ];
  it.each(errors)('%s errors', (_, options, wanted) => {
    relative(ordinaryLeastSquares(x, y, options).standardErrors, wanted);
  });

  it('weighted coefficients and their fit', () => {
    const fit = ordinaryLeastSquares(x, y, { weights });
    relative(fit.coefficients, [0.44706680800071336, 1.2375764881929752, -0.6155084545866432]);
    relative([fit.r2, fit.f, fit.aic], [0.9565653369274812, 627.657961958085, -4.451613450043055]);
  });

  it('no constant: R² about 0', () => {
    const fit = ordinaryLeastSquares(factors, y);
    relative(
      [fit.r2, fit.f, fit.adjustedR2],
      [0.8415220650653293, 153.99077415385727, 0.8360573086882717],
    );
  });

  it('normal p-values of robust errors', () => {
    const { p } = ordinaryLeastSquares(x, y, {
      covariance: 'newey-west',
      lags: 3,
      distribution: 'normal',
    });
    relative([p[0] ?? 0], [3.807655881963011e-99], 1e-9);
  });

  it('tests of residuals', () => {
    const { residuals } = ordinaryLeastSquares(x, y);
    const test = breuschPagan(x, residuals);
    relative(
      [test?.statistic ?? 0, test?.p ?? 0],
      [20.361512742124702, 3.78925372702571e-5],
      1e-11,
    );
    relative([durbinWatson(residuals)], [2.521182932081055]);
    relative(varianceInflation(factors), [1.000645394765027, 1.000645394765027]);
  });

  it('the lag of Newey and West', () => {
    expect([10, 100, 252, 1257, 2520].map(neweyWestLag)).toEqual([2, 4, 4, 7, 8]);
    expect(neweyWestLag(1)).toBe(0);
  });
});

describe('other regressions', () => {
  const z = standardise(factors).x;
  const mean = y.reduce((sum, each) => sum + each, 0) / n;
  const centred = y.map((each) => each - mean);

  it('lasso, ridge and elastic net as scikit-learn has them', () => {
    relative(lasso(z, centred, 0.05).coefficients, [0.8207841102003658, -0.44255503086105463]);
    relative(ridge(z, centred, 7) ?? [], [0.7798187036280336, -0.4420257365502915]);
    const net = elasticNet(z, centred, { alpha: 0.1, absoluteShare: 0.3 });
    relative(net.coefficients, [0.7860034839502151, -0.4331199387786431]);
  });

  it("Huber's as statsmodels' RLM has it", () => {
    const { fit, scale } = huberRegression(x, y);
    relative(
      fit.coefficients,
      [0.44044464224857105, 1.2321093552571654, -0.614186023069489],
      1e-11,
    );
    relative([scale], [0.21923111066781148], 1e-10);
  });

  it('rolling as NumPy has each window', () => {
    const { coefficients } = rollingRegression(factors, matrix(n, 1, y), 20);
    relative(
      coefficients.slice(60, 63),
      [0.44850073403994273, 1.2288058182366473, -0.6310664165519],
    );
    relative(
      coefficients.slice(120, 123),
      [0.45808271885185836, 1.2243004238797137, -0.6279145752207044],
    );
  });
});
