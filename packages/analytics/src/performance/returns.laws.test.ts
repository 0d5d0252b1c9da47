import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributions } from './contribution.ts';
import { annualise, dailyReturns, linkReturns, type ValueColumns } from './daily-returns.ts';
import { maxDrawdown } from './drawdown.ts';
import { modifiedDietz } from './money-weighted.ts';
import { sameFlows } from './same-flows.ts';

const runs = { numRuns: 1000 };

interface Path {
  readonly startValue: number;
  readonly returns: readonly number[];
  readonly inflows: readonly number[];
  readonly outflows: readonly number[];
}

const anyReturn = fc.double({ min: -0.6, max: 0.8, noNaN: true });
const anyInflow = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 5000, noNaN: true }));

const anyPath: fc.Arbitrary<Path> = fc
  .tuple(
    fc.double({ min: 100, max: 1e6, noNaN: true }),
    fc.array(fc.tuple(anyReturn, anyInflow, fc.double({ min: 0, max: 0.4, noNaN: true })), {
      minLength: 1,
      maxLength: 60,
    }),
  )
  .map(([startValue, days]) => ({
    startValue,
    returns: days.map(([r]) => r),
    inflows: days.map(([, inflow]) => inflow),
    outflows: days.map(([, , share]) => (share > 0.2 ? share : 0)),
  }));

/** Values that a path of returns makes of a start and its flows; outflows are shares of the day's worth. */
function columnsOf(path: Path): ValueColumns {
  let worth = path.startValue;
  const outflow = new Float64Array(path.returns.length);
  const value = Float64Array.from(path.returns, (r, t) => {
    const end = (worth + (path.inflows[t] ?? 0)) * (1 + r);
    outflow[t] = end * (path.outflows[t] ?? 0);
    worth = end - (outflow[t] ?? 0);
    return worth;
  });
  return { startValue: path.startValue, value, inflow: Float64Array.from(path.inflows), outflow };
}

function returnsOf(columns: ValueColumns): Float64Array {
  const out = new Float64Array(columns.value.length);
  dailyReturns(columns, out);
  return out;
}

const scaled = ({ startValue, value, inflow, outflow }: ValueColumns, k: number): ValueColumns => ({
  startValue: startValue * k,
  value: value.map((each) => each * k),
  inflow: inflow.map((each) => each * k),
  outflow: outflow.map((each) => each * k),
});

const close = (found: number, wanted: number, tolerance = 1e-9): void => {
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(wanted)));
};

describe('time-weighted return', { timeout: 60_000 }, () => {
  it('is what the path returned, whatever flowed in and out', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        returnsOf(columnsOf(path)).forEach((found, t) => {
          close(found, path.returns[t] ?? Number.NaN);
        });
      }),
      runs,
    );
  });

  it('does not change with the size of the money', () => {
    fc.assert(
      fc.property(anyPath, fc.double({ min: 0.5, max: 1000, noNaN: true }), (path, k) => {
        const columns = columnsOf(path);
        close(linkReturns(returnsOf(scaled(columns, k))), linkReturns(returnsOf(columns)));
      }),
      runs,
    );
  });

  it('of a whole is that of its parts linked', () => {
    fc.assert(
      fc.property(anyPath, fc.nat(), (path, at) => {
        const columns = columnsOf(path);
        const cut = at % (columns.value.length + 1);
        const part = (from: number, to: number): number =>
          linkReturns(
            returnsOf({
              startValue: from === 0 ? columns.startValue : (columns.value[from - 1] ?? 0),
              value: columns.value.slice(from, to),
              inflow: columns.inflow.slice(from, to),
              outflow: columns.outflow.slice(from, to),
            }),
          );
        const joined = (1 + part(0, cut)) * (1 + part(cut, columns.value.length)) - 1;
        close(joined, linkReturns(returnsOf(columns)));
      }),
      runs,
    );
  });

  it('has no return on a day without capital, and says which and from where values are negative', () => {
    const columns = {
      startValue: 0,
      value: Float64Array.of(0, 10, 10, -5, 3),
      inflow: new Float64Array(5),
      outflow: new Float64Array(5),
    };
    const out = new Float64Array(5);
    expect(dailyReturns(columns, out)).toEqual({ withoutCapital: [1, 4], negativeAt: 3 });
    expect([...out]).toEqual([0, 0, 0, -1.5, 0]);
  });

  it('is yearly only beyond a year', () => {
    expect(annualise(0.1, 365)).toBeNull();
    expect(annualise(0.21, 730)).toBeCloseTo(0.1, 12);
    expect(annualise(-1, 730)).toBe(-1);
    expect(annualise(-1.2, 730)).toBeNull();
  });
});

interface Split {
  readonly total: ValueColumns;
  readonly lines: ValueColumns[];
}

/** A whole made of lines that money moves between without leaving. */
const anySplit: fc.Arbitrary<Split> = fc
  .tuple(
    fc.array(anyPath, { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 1, max: 40 }),
    fc.nat(),
  )
  .map(([paths, days, seed]) => {
    const lines = paths.map((path) => {
      const repeat = <T>(list: readonly T[]): T[] =>
        Array.from({ length: days }, (_, t) => list[t % list.length] as T);
      const { startValue, returns, inflows, outflows } = path;
      return columnsOf({
        startValue,
        returns: repeat(returns),
        inflows: repeat(inflows),
        outflows: repeat(outflows),
      });
    });
    const sum = (of: (line: ValueColumns) => Float64Array): Float64Array =>
      Float64Array.from({ length: days }, (_, t) =>
        lines.reduce((total, line) => total + (of(line)[t] ?? 0), 0),
      );
    const total = {
      startValue: lines.reduce((all, { startValue }) => all + startValue, 0),
      value: sum(({ value }) => value),
      inflow: sum(({ inflow }) => inflow),
      outflow: sum(({ outflow }) => outflow),
    };
    // Money that moves between two lines is in their flows and not in those of the whole.
    const [from, to] = [lines[0], lines[1]];
    const at = seed % days;
    if (from && to) {
      from.outflow[at] = (from.outflow[at] ?? 0) + 77;
      to.inflow[at] = (to.inflow[at] ?? 0) + 77;
    }
    return { total, lines };
  });

describe('contributions', { timeout: 60_000 }, () => {
  it('add up to the time-weighted return to 1e-12', () => {
    fc.assert(
      fc.property(anySplit, ({ total, lines }) => {
        const returns = returnsOf(total);
        const found = contributions(total, returns, lines) ?? [];
        const twr = linkReturns(returns);
        const sum = found.reduce((all, each) => all + each, 0);
        const size = found.reduce((all, each) => all + Math.abs(each), 1);
        // Close to a total loss the linking factors grow with ln(1 + R), and rounding with them.
        const scale = Math.max(1, 1 + twr, -Math.log1p(twr));
        expect(Math.abs(sum - twr)).toBeLessThanOrEqual(1e-12 * size * scale);
      }),
      runs,
    );
  });

  it('of one line alone is the return', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const total = columnsOf(path);
        const returns = returnsOf(total);
        close(contributions(total, returns, [total])?.[0] ?? Number.NaN, linkReturns(returns));
      }),
      runs,
    );
  });

  it('are unknown after a total loss', () => {
    const total = {
      startValue: 1,
      value: Float64Array.of(0),
      inflow: Float64Array.of(0),
      outflow: Float64Array.of(0),
    };
    expect(contributions(total, Float64Array.of(-1), [total])).toBeNull();
  });
});

describe('the benchmark with the same flows', { timeout: 60_000 }, () => {
  it('is the portfolio itself where its price is the portfolio growth', () => {
    fc.assert(
      fc.property(anyPath, (path) => {
        const columns = columnsOf(path);
        const growth = new Float64Array(path.returns.length);
        linkReturns(returnsOf(columns), growth);
        const price = growth.map((each) => 100 * (1 + each));
        const out = new Float64Array(price.length);
        const last = sameFlows(columns, price, 100, out);
        out.forEach((worth, t) => {
          close(worth, columns.value[t] ?? Number.NaN, 1e-7);
        });
        expect(last).toBe(out.at(-1));
      }),
      runs,
    );
  });

  it('buys on the first day that the benchmark is known', () => {
    const flows = {
      startValue: 50,
      inflow: Float64Array.of(50, 0, 0),
      outflow: Float64Array.of(0, 0, 10),
    };
    const out = new Float64Array(3);
    expect(sameFlows(flows, Float64Array.of(Number.NaN, 10, 12), Number.NaN, out)).toBeCloseTo(110);
    expect(out[0]).toBeNaN();
    expect(
      sameFlows(flows, Float64Array.of(Number.NaN), Number.NaN, new Float64Array(1)),
    ).toBeNaN();
  });
});

describe('Modified Dietz', { timeout: 60_000 }, () => {
  it('is the return where there are no flows, and does not change with the size of the money', () => {
    fc.assert(
      fc.property(anyPath, fc.double({ min: 0.5, max: 1000, noNaN: true }), (path, k) => {
        const { startValue, value, inflow, outflow } = columnsOf(path);
        const end = value.at(-1) ?? 0;
        const none = new Float64Array(value.length);
        close(modifiedDietz(end - startValue, startValue, none, none) ?? 9, end / startValue - 1);
        const moved = inflow.reduce((a, b) => a + b, 0) - outflow.reduce((a, b) => a + b, 0);
        const gain = end - startValue - moved;
        const once = modifiedDietz(gain, startValue, inflow, outflow);
        const many = modifiedDietz(
          gain * k,
          startValue * k,
          inflow.map((each) => each * k),
          outflow.map((each) => each * k),
        );
        if (once !== null && Math.abs(once) < 1e6) close(many ?? Number.NaN, once, 1e-6);
      }),
      runs,
    );
  });

  it('counts an inflow from the start of its day and an outflow to its end', () => {
    const day = (at: number, amount: number): Float64Array => {
      const flows = new Float64Array(10);
      flows[at] = amount;
      return flows;
    };
    const none = new Float64Array(10);
    expect(modifiedDietz(10, 0, day(0, 100), none)).toBeCloseTo(0.1, 12);
    expect(modifiedDietz(10, 0, day(5, 100), none)).toBeCloseTo(0.2, 12);
    expect(modifiedDietz(10, 100, none, day(9, 100))).toBeCloseTo(0.1, 12);
    expect(modifiedDietz(10, 0, none, none)).toBeNull();
  });
});

describe('drawdown', { timeout: 60_000 }, () => {
  it('is that of trying every pair of days', () => {
    fc.assert(
      fc.property(fc.array(anyReturn, { maxLength: 60 }), (returns) => {
        const growth = new Float64Array(returns.length);
        linkReturns(Float64Array.from(returns), growth);
        const levels = [1, ...growth.map((each) => 1 + each)];
        let worst = 0;
        for (let i = 0; i < levels.length; i++) {
          for (let j = i; j < levels.length; j++) {
            worst = Math.max(worst, 1 - (levels[j] ?? 0) / (levels[i] ?? 1));
          }
        }
        const under = new Float64Array(growth.length);
        const found = maxDrawdown(growth, under);
        close(found?.depth ?? 0, worst, 1e-12);
        if (!found) return;
        const { peak, trough, recovered } = found;
        close(1 - (levels[trough + 1] ?? 0) / (levels[peak + 1] ?? 1), worst, 1e-12);
        expect(peak).toBeLessThan(trough);
        expect(under[trough]).toBe(found.depth);
        if (recovered !== null) {
          expect(levels[recovered + 1]).toBeGreaterThanOrEqual(levels[peak + 1] ?? 9);
        }
      }),
      runs,
    );
  });
});
