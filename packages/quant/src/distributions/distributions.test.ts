import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  betaCdf,
  binomialCdf,
  bivariateNormalCdf,
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareSf,
  digamma,
  erf,
  erfc,
  erfcx,
  fCdf,
  fSf,
  gammaCdf,
  gammaSf,
  logGamma,
  logNormalCdf,
  normalCdf,
  normalPdf,
  normalQuantile,
  studentTCdf,
  studentTLogPdf,
  studentTPdf,
  studentTQuantile,
} from './index.ts';

/** How far a value is from the true one, as a share of it. */
const off = (found: number, truth: number): number => Math.abs(found - truth) / Math.abs(truth);

// True values: mpmath 1.2.1 with 40 digits.
describe('values to the last digits', () => {
  it.each([
    ['erf(1e-10)', erf(1e-10), 1.1283791670955126e-10, 2e-15],
    ['erf(0.3)', erf(0.3), 0.3286267594591274, 2e-15],
    ['erf(-2.5)', erf(-2.5), -0.999593047982555, 2e-15],
    ['erfc(0.7)', erfc(0.7), 0.32219880616258156, 2e-15],
    ['erfc(5)', erfc(5), 1.537459794428035e-12, 2e-15],
    ['erfc(26)', erfc(26), 5.663192408856143e-296, 2e-15],
    ['erfcx(50)', erfcx(50), 0.011281536265323773, 2e-15],
    ['erfcx(-3)', erfcx(-3), 16205.988853999586, 2e-15],
    ['normalPdf(-30)', normalPdf(-30), 1.4736461348785476e-196, 2e-15],
    ['normalCdf(-1.6448536269514722)', normalCdf(-1.6448536269514722), 0.05000000000000005, 2e-15],
    ['normalCdf(-8.2)', normalCdf(-8.2), 1.2019351542735859e-16, 2e-15],
    ['normalCdf(-37)', normalCdf(-37), 5.725571222524577e-300, 2e-15],
    ['logNormalCdf(-100)', logNormalCdf(-100), -5005.524208694205, 2e-15],
    ['logNormalCdf(9)', logNormalCdf(9), -1.1285884059538405e-19, 2e-15],
    ['normalQuantile(0.01)', normalQuantile(0.01), -2.326347874040841, 2e-15],
    ['normalQuantile(0.3)', normalQuantile(0.3), -0.5244005127080408, 2e-15],
    ['normalQuantile(1e-20)', normalQuantile(1e-20), -9.262340089798407, 2e-15],
    ['normalQuantile(1e-300)', normalQuantile(1e-300), -37.0470962993612, 2e-15],
    ['logGamma(0.001)', logGamma(0.001), 6.907178885383853, 2e-15],
    ['logGamma(1.0000001)', logGamma(1.0000001), -5.772155829918507e-8, 1e-15],
    ['logGamma(1.99)', logGamma(1.99), -0.004195529088791668, 2e-15],
    ['logGamma(4.5)', logGamma(4.5), 2.4537365708424423, 2e-15],
    ['logGamma(12345.6)', logGamma(12345.6), 103959.18506616846, 2e-15],
    ['digamma(0.3)', digamma(0.3), -3.502524222200133, 2e-15],
    ['digamma(25)', digamma(25), 3.198742512851974, 2e-15],
    ['gammaCdf(0.5, 0.02)', gammaCdf(0.5, 0.02), 0.15851941887820606, 2e-15],
    ['gammaCdf(1000, 900)', gammaCdf(1000, 900), 0.0005499022657117829, 2e-14],
    ['gammaSf(3, 60)', gammaSf(3, 60), 1.6295866529378224e-23, 1e-14],
    ['gammaSf(1000, 1200)', gammaSf(1000, 1200), 1.2881606086281433e-9, 2e-14],
    ['betaCdf(0.5, 0.5, 0.01)', betaCdf(0.5, 0.5, 0.01), 0.06376856085851985, 5e-15],
    ['betaCdf(20, 3, 0.6)', betaCdf(20, 3, 0.6), 0.0015575234954668267, 5e-15],
    ['betaCdf(2000, 3000, 0.38)', betaCdf(2000, 3000, 0.38), 0.0018533264846074399, 2e-14],
    [
      'chiSquareSf(3.841458820694124, 1)',
      chiSquareSf(3.841458820694124, 1),
      0.05000000000000006,
      5e-15,
    ],
    ['chiSquareSf(250, 5)', chiSquareSf(250, 5), 5.496922467455173e-52, 1e-14],
    ['chiSquareQuantile(0.95, 3)', chiSquareQuantile(0.95, 3), 7.814727903251178, 5e-15],
    ['chiSquareQuantile(1e-9, 4)', chiSquareQuantile(1e-9, 4), 8.944405246065528e-5, 5e-15],
    ['studentTCdf(-2.5, 3.5)', studentTCdf(-2.5, 3.5), 0.03784732190474504, 5e-15],
    ['studentTCdf(-40, 8)', studentTCdf(-40, 8), 8.392859439572896e-11, 1e-14],
    ['studentTCdf(-3, 1000000)', studentTCdf(-3, 1000000), 0.0013499312707108985, 2e-14],
    ['studentTLogPdf(0.5, 500000)', studentTLogPdf(0.5, 500000), -1.0439392519546207, 2e-15],
    ['studentTPdf(2, 3)', studentTPdf(2, 3), 0.0675096606638929, 2e-15],
    ['studentTQuantile(0.01, 4)', studentTQuantile(0.01, 4), -3.746947387979197, 5e-15],
    ['studentTQuantile(0.4, 27.5)', studentTQuantile(0.4, 27.5), -0.25581176750282786, 5e-15],
    ['studentTQuantile(1e-12, 6.5)', studentTQuantile(1e-12, 6.5), -133.67514704773436, 5e-15],
    ['fSf(4, 3, 20)', fSf(4, 3, 20), 0.02207699966236243, 5e-15],
    ['fSf(60, 7, 90)', fSf(60, 7, 90), 3.526019828411377e-31, 1e-14],
    ['binomialCdf(3, 250, 0.05)', binomialCdf(3, 250, 0.05), 0.0012824952688924164, 2e-14],
    [
      'bivariateNormalCdf(0.5, -0.3, 0.4)',
      bivariateNormalCdf(0.5, -0.3, 0.4),
      0.3171269282861651,
      2e-15,
    ],
    [
      'bivariateNormalCdf(-1, -2, -0.7)',
      bivariateNormalCdf(-1, -2, -0.7),
      3.582609056861854e-6,
      1e-11,
    ],
    [
      'bivariateNormalCdf(1, 1.2, 0.97)',
      bivariateNormalCdf(1, 1.2, 0.97),
      0.8351206014250859,
      2e-15,
    ],
  ] as const)('%s', (_, found, truth, tolerance) => {
    expect(off(found, truth)).toBeLessThan(tolerance);
  });
});

describe('ends and refusals', () => {
  it('gives the limits at the ends of the line', () => {
    expect([normalCdf(-40), normalCdf(40), normalQuantile(0), normalQuantile(1)]).toEqual([
      0,
      1,
      -Infinity,
      Infinity,
    ]);
    expect([studentTCdf(-Infinity, 3), studentTQuantile(0.5, 3)]).toEqual([0, 0]);
    expect([chiSquareQuantile(0, 3), chiSquareQuantile(1, 3)]).toEqual([0, Infinity]);
    expect([gammaCdf(2, 0), gammaSf(2, 0), betaCdf(2, 3, 0), betaCdf(2, 3, 1)]).toEqual([
      0, 1, 0, 1,
    ]);
    expect([binomialCdf(-1, 5, 0.3), binomialCdf(5, 5, 0.3), logGamma(0)]).toEqual([
      0,
      1,
      Infinity,
    ]);
  });

  it('gives NaN for what is no probability or no shape', () => {
    for (const value of [
      normalQuantile(1.1),
      studentTCdf(1, 0),
      chiSquareCdf(1, -2),
      logGamma(-1),
      digamma(0),
      binomialCdf(1, 2.5, 0.5),
      bivariateNormalCdf(0, 0, 2),
    ]) {
      expect(value).toBeNaN();
    }
  });

  it('is the normal where the degrees of freedom have no end', () => {
    expect(studentTCdf(-1.3, Infinity)).toBe(normalCdf(-1.3));
    expect(studentTQuantile(0.03, Infinity)).toBe(normalQuantile(0.03));
  });
});

describe('laws', () => {
  const share = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });
  const dof = fc.double({ min: 0.3, max: 3000, noNaN: true });

  it('brings every quantile back to its probability', () => {
    fc.assert(
      fc.property(share, dof, (p, nu) => {
        expect(off(normalCdf(normalQuantile(p)), p)).toBeLessThan(1e-13);
        expect(off(studentTCdf(studentTQuantile(p, nu), nu), p)).toBeLessThan(1e-12);
        expect(off(chiSquareCdf(chiSquareQuantile(p, nu), nu), p)).toBeLessThan(1e-11);
      }),
      { numRuns: 200 },
    );
  });

  it('has tails that add to one and mirror each other', () => {
    const positive = fc.double({ min: 1e-3, max: 400, noNaN: true });
    fc.assert(
      fc.property(positive, positive, share, (a, b, x) => {
        // A dyadic share, so that 1 − x is exact.
        const part = Math.round(x * 2 ** 20) / 2 ** 20;
        expect(Math.abs(gammaCdf(a, b) + gammaSf(a, b) - 1)).toBeLessThan(1e-14);
        expect(Math.abs(betaCdf(a, b, part) + betaCdf(b, a, 1 - part) - 1)).toBeLessThan(1e-11);
        expect(Math.abs(fCdf(x, a, b) + fSf(x, a, b) - 1)).toBeLessThan(1e-14);
        expect(Math.abs(studentTCdf(b, a) + studentTCdf(-b, a) - 1)).toBeLessThan(1e-15);
        expect(Math.abs(erf(b) + erfc(b) - 1)).toBeLessThan(1e-15);
      }),
      { numRuns: 200 },
    );
  });

  it('obeys the recurrences of the gamma function', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 500, noNaN: true }), (x) => {
        const scale = Math.max(1, Math.abs(logGamma(x)));
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(4e-15 * scale);
        expect(off(digamma(x + 1), digamma(x) + 1 / x)).toBeLessThan(1e-11);
      }),
    );
  });

  it('knows the quadrant of two normals and what is left without one of them', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (rho, x, y) => {
          const quadrant = 0.25 + Math.asin(rho) / (2 * Math.PI);
          expect(Math.abs(bivariateNormalCdf(0, 0, rho) - quadrant)).toBeLessThan(1e-14);
          const whole = bivariateNormalCdf(x, y, rho) + bivariateNormalCdf(x, -y, -rho);
          expect(Math.abs(whole - normalCdf(x))).toBeLessThan(1e-14);
        },
      ),
      { numRuns: 200 },
    );
  });
});
