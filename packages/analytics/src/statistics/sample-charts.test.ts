import { describe, expect, it } from 'vitest';
import tearSheet from '../analyses/tear-sheet/index.ts';
import { reportOf } from '../analysis/testing/ask-analysis.ts';

describe('charts of a sample', () => {
  it.each([
    [[1e300, 1e-300, 1e300, 1e10]],
    [[1e-300, 1e300, 1e-300, 1e300, 1e300]],
    [[1e-300, 1e300]],
    [[1, 1e200, 1e-200, 1e150]],
  ])('hold nothing that is not finite, for prices %j', (values) => {
    const { charts } = reportOf(tearSheet, {
      series: { days: values.map((_, t) => `2024-01-0${t + 1}`), values },
    });
    expect(charts.find(({ id }) => id === 'histogram')?.x.length).toBeGreaterThan(0);
    const numbers = charts
      .flatMap(({ x, lines }) => [...x, ...lines.flatMap(({ values: all }) => all)])
      .filter((each) => typeof each === 'number');
    for (const each of numbers) expect(each).toSatisfy(Number.isFinite);
  });
});
