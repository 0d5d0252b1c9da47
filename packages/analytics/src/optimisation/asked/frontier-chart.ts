import type { Chart } from '../../analysis/report.ts';
import type { Corner, EfficientFrontier } from '../frontier/efficient-frontier.ts';

/** Points of the frontier at even steps of return, corners included, from the least risk on. */
export function curveOf({ corners, at }: EfficientFrontier, steps: number): Corner[] {
  const first = corners[0];
  const last = corners[corners.length - 1];
  const low = first.expectedReturn;
  const width = last.expectedReturn - low;
  if (!(width > 0)) return [first];
  return Array.from({ length: steps + 1 }, (_, i) =>
    i === 0 ? first : i === steps ? last : at(low + (width * i) / steps),
  );
}

interface Point {
  readonly name: string;
  readonly volatility: number;
  readonly expectedReturn: number;
}

/** Return over risk: the curve, and single points such as what was chosen, each a line of its own. */
export function frontierChart(curve: readonly Corner[], points: readonly Point[]): Chart {
  const all = [
    ...curve.map(({ volatility, expectedReturn }) => ({
      volatility,
      expectedReturn,
      line: 'Efficient frontier',
    })),
    ...points.map(({ name, ...rest }) => ({ ...rest, line: name })),
  ].sort((a, b) => a.volatility - b.volatility);
  const names = [...new Set(all.map(({ line }) => line))];
  return {
    id: 'frontier',
    title: 'Expected return over volatility, a year',
    kind: 'points',
    x: all.map(({ volatility }) => volatility),
    lines: names.map((name) => ({
      name,
      values: all.map(({ line, expectedReturn }) => (line === name ? expectedReturn : null)),
    })),
    unit: 'fraction',
  };
}
