import { describe, expect, it } from 'vitest';
import { cornishFisherTailOf } from './cornish-fisher.ts';
import { entropicValueAtRisk } from './entropic.ts';
import { peaksOverThreshold, thresholdTail } from './extreme-values.ts';
import { fitGeneralisedPareto, paretoByMoments } from './generalised-pareto.ts';
import { historicalTail } from './historical.ts';
import { normalTailOf, studentTTail } from './parametric.ts';
import { riskMethods } from './risk-methods.ts';
import { fitStudentT, fitStudentTByMoments } from './student-t-fit.ts';
import { ageWeightedTail } from './weighted-tail.ts';

/** 120 returns with thick tails, made by SciPy from quantiles of t(4) and a wave. */
const returns = Float64Array.of(
  -0.046427,
  0.050729,
  0.035636,
  0.028459,
  0.024758,
  0.023762,
  0.02381,
  0.022988,
  0.020581,
  0.017585,
  0.015719,
  0.015792,
  0.016933,
  0.017368,
  0.016036,
  0.013555,
  0.011643,
  0.011534,
  0.012835,
  0.013888,
  0.013284,
  0.011163,
  0.009077,
  0.008563,
  0.00973,
  0.011153,
  0.011187,
  0.009473,
  0.007271,
  0.0063,
  0.007153,
  0.008758,
  0.009355,
  0.008121,
  0.005921,
  0.004513,
  0.004935,
  0.006545,
  0.007614,
  0.006916,
  0.004852,
  0.003082,
  0.003002,
  0.004454,
  0.005876,
  0.005737,
  0.003942,
  0.001922,
  0.001316,
  0.002466,
  0.004101,
  0.004504,
  0.003095,
  0.000959,
  -0.000149,
  0.000583,
  0.002274,
  0.003165,
  0.002229,
  0.000124,
  -0.001421,
  -0.001189,
  0.000401,
  0.001684,
  0.001275,
  -0.000655,
  -0.002537,
  -0.002847,
  -0.001506,
  4.5e-5,
  0.000171,
  -0.001453,
  -0.003545,
  -0.004394,
  -0.003434,
  -0.001762,
  -0.001134,
  -0.002347,
  -0.004507,
  -0.005853,
  -0.005375,
  -0.003742,
  -0.002689,
  -0.00342,
  -0.005504,
  -0.007269,
  -0.007341,
  -0.005906,
  -0.004543,
  -0.004768,
  -0.006643,
  -0.00872,
  -0.009372,
  -0.008289,
  -0.006765,
  -0.006507,
  -0.008069,
  -0.010341,
  -0.011573,
  -0.010982,
  -0.009477,
  -0.008821,
  -0.010016,
  -0.012379,
  -0.014177,
  -0.014221,
  -0.012961,
  -0.012082,
  -0.012953,
  -0.015381,
  -0.017794,
  -0.018699,
  -0.018068,
  -0.017387,
  -0.018319,
  -0.021223,
  -0.0249,
  -0.02784,
  -0.029916,
  -0.033393,
);

const had = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!result.ok) throw new Error('refused');
  return result.value;
};

/** NumPy 1.24.2, SciPy 1.10.1 on the same returns. */
describe('tail risk beside SciPy', () => {
  it.each([
    [0.95, 0.0188252, 0.0306165],
    [0.99, 0.03273237, 0.04425466666666667],
  ])('historical at %d', (level, valueAtRisk, cvar) => {
    const found = had(historicalTail(returns, level));
    expect(found.valueAtRisk).toBeCloseTo(valueAtRisk, 14);
    expect(found.cvar).toBeCloseTo(cvar, 14);
  });

  it.each([
    [8, 0.0203396, 0.03943208666666667],
    [6, 0.0210968, 0.04368986],
  ] as const)('historical quantile of type %d', (quantile, at95, at99) => {
    expect(had(historicalTail(returns, 0.95, { quantile })).valueAtRisk).toBeCloseTo(at95, 14);
    expect(had(historicalTail(returns, 0.99, { quantile })).valueAtRisk).toBeCloseTo(at99, 14);
  });

  it('averages what each rule says', () => {
    const rules = ['at-or-beyond', 'beyond', 'floor-count'] as const;
    const found = rules.map((tailMean) => had(historicalTail(returns, 0.99, { tailMean })).cvar);
    expect(found).toEqual([0.03991, 0.03991, 0.03991].map((each) => expect.closeTo(each, 14)));
  });

  it.each([
    [0.95, 0.02190477269622803, 0.02757302610743512],
    [0.99, 0.03114923176409591, 0.03574594858345801],
  ])('normal at %d', (level, valueAtRisk, cvar) => {
    const found = had(normalTailOf(returns, level));
    expect(found.valueAtRisk).toBeCloseTo(valueAtRisk, 14);
    expect(found.cvar).toBeCloseTo(cvar, 14);
  });

  it.each([
    [0.95, 0.02112773453608546, 0.030976055540785072],
    [0.99, 0.036718725914271916, 0.0478496012886008],
  ])(
    'Cornish–Fisher at %d, CVaR by numeric integration of its quantile',
    (level, valueAtRisk, cvar) => {
      const found = had(cornishFisherTailOf(returns, level));
      expect(found.valueAtRisk).toBeCloseTo(valueAtRisk, 13);
      expect(found.cvar).toBeCloseTo(cvar, 11);
      expect(found.valid).toBe(true);
    },
  );

  it('entropic', () => {
    expect(had(entropicValueAtRisk(returns, 0.95))).toBeCloseTo(0.03755228730884718, 12);
    expect(had(entropicValueAtRisk(returns, 0.99))).toBeCloseTo(0.0459325407793852, 12);
  });

  it('Student-t', () => {
    const fit = had(fitStudentT(returns));
    expect(fit.degreesOfFreedom).toBeCloseTo(4.536680713828155, 5);
    expect(fit.location).toBeCloseTo(0.00039905100981474655, 9);
    expect(fit.scale).toBeCloseTo(0.010317284194958384, 9);
    expect(fit.logLikelihood).toBeCloseTo(350.92165494925405, 9);
    const tail = studentTTail(fit, 0.99);
    expect(tail.valueAtRisk).toBeCloseTo(0.03585075160657948, 8);
    expect(tail.cvar).toBeCloseTo(0.04854849974517351, 8);
  });

  it('generalised Pareto', () => {
    const fit = had(peaksOverThreshold(returns, { quantile: 0.8 }));
    expect(fit.threshold).toBeCloseTo(0.008931200000000002, 15);
    expect(fit.exceedances).toBe(24);
    expect(fit.shape).toBeCloseTo(-0.026739214176480022, 7);
    expect(fit.scale).toBeCloseTo(0.009221291438064359, 9);
    expect(fit.logLikelihood).toBeCloseTo(89.11150560308536, 9);
  });
});

describe('what does not fit', () => {
  const constant = new Float64Array(50).fill(0.01);

  it('gives a loss or a reason for returns that are all equal, never NaN', () => {
    for (const { estimate } of riskMethods) {
      for (const tail of estimate(constant, [0.95, 0.99], {})) {
        if (tail.ok) {
          expect(Number.isFinite(tail.value.valueAtRisk + tail.value.cvar)).toBe(true);
        } else {
          expect(tail.fault.detail.length).toBeGreaterThan(20);
        }
      }
    }
  });

  it('gives a loss or a reason for samples of every size', () => {
    for (let n = 0; n <= 40; n++) {
      for (const { estimate } of riskMethods) {
        for (const tail of estimate(returns.slice(0, n), [0.95, 0.99], {})) {
          if (tail.ok) expect(Number.isFinite(tail.value.valueAtRisk + tail.value.cvar)).toBe(true);
        }
      }
    }
  });

  it('refuses a tail without a mean', () => {
    const fit = {
      shape: 1.2,
      scale: 0.01,
      logLikelihood: 0,
      threshold: 0.02,
      exceedances: 50,
      n: 1000,
    };
    expect(thresholdTail(fit, 0.99)).toMatchObject({ ok: false, fault: { code: 'risk.no-mean' } });
  });

  it('refuses a level inside the threshold', () => {
    const fit = had(peaksOverThreshold(returns, { quantile: 0.9 }));
    expect(thresholdTail(fit, 0.8)).toMatchObject({
      ok: false,
      fault: { code: 'risk.inside-threshold' },
    });
  });

  it('refuses a Student-t fit of returns that are mostly one value', () => {
    const mostly = Float64Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? 0.01 * (i - 30) : 0));
    expect(fitStudentT(mostly).ok).toBe(false);
  });

  it('says that thin tails have no t distribution by moments', () => {
    const flat = Float64Array.from({ length: 50 }, (_, i) => i / 1000);
    expect(fitStudentTByMoments(flat)).toMatchObject({
      ok: false,
      fault: { code: 'risk.no-excess-kurtosis' },
    });
    expect(had(fitStudentT(flat)).degreesOfFreedom).toBeGreaterThan(9000);
  });

  it('says where Cornish–Fisher is no quantile function', () => {
    const jump = Float64Array.from({ length: 100 }, (_, i) => (i === 50 ? -0.3 : 0.001 * (i % 3)));
    expect(had(cornishFisherTailOf(jump, 0.99)).valid).toBe(false);
  });

  it('takes a decay of 1 as equal weights without interpolation', () => {
    const plain = had(ageWeightedTail(returns, 0.95, 1));
    const lowest = had(historicalTail(returns, 0.95, { quantile: 1 }));
    expect(plain.valueAtRisk).toBeCloseTo(lowest.valueAtRisk, 15);
    expect(plain.cvar).toBeCloseTo(lowest.cvar, 14);
  });
});

/** 30 excesses drawn by SciPy, with its maximum of the likelihood by Nelder–Mead. */
it('fits a bounded tail as SciPy does', () => {
  const excesses = Float64Array.of(
    0.0127264,
    0.0180527,
    0.0033112,
    0.0024235,
    0.010198,
    0.0163504,
    0.0331514,
    0.0016314,
    0.0065819,
    0.0225109,
    0.0054942,
    0.0089038,
    0.000248,
    0.011192,
    0.025144,
    0.0175345,
    0.0216736,
    0.0107986,
    0.0028177,
    0.0146325,
    0.0023784,
    0.0177948,
    0.0006477,
    0.0174576,
    0.0017973,
    0.0047024,
    0.0038088,
    0.0117551,
    0.0019671,
    0.0050461,
  );
  const fit = had(fitGeneralisedPareto(excesses));
  expect(fit.shape).toBeCloseTo(-0.3436327605067836, 7);
  expect(fit.scale).toBeCloseTo(0.014109030406874902, 9);
  expect(had(paretoByMoments(excesses)).shape).toBeCloseTo(-0.2096318881717063, 12);
});
