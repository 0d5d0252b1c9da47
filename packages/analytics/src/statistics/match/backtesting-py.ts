import type { ReturnSample } from '../return-sample.ts';
import { differs, same, type ToolTable } from './tool-figure.ts';

/** Trading days a year: 365 where there are returns of a weekend. */
const yearOf = ({ days }: ReturnSample): number =>
  days.some((day) => new Date(day).getUTCDay() % 6 === 0) ? 365 : 252;

/** Returns from the close of the first bar on. */
const fromFirstBar = (s: ReturnSample): ReturnSample => s.between(1, s.n);

const yearly = (whole: ReturnSample): number => {
  const s = fromFirstBar(whole);
  return s.growth ** (yearOf(whole) / s.n) - 1;
};

/** Deviation of a year’s return, of returns that are independent. */
const deviation = (whole: ReturnSample): number => {
  const s = fromFirstBar(whole);
  const year = yearOf(whole);
  const growth = s.growth ** (1 / s.n);
  return Math.sqrt((s.deviation ** 2 + growth ** 2) ** year - growth ** (2 * year));
};

const downside = (whole: ReturnSample): number => {
  const s = fromFirstBar(whole);
  return Math.sqrt((s.sides.lostSquares / s.n) * yearOf(whole));
};

const needs = { observations: 3 } as const;
const note = 'The first bar does not count; 252 days a year, 365 where there are weekends.';

/** Statistics of the report, of the equity at the end of each day. */
export const backtestingPy: ToolTable = {
  tool: 'backtesting.py',
  title: 'backtesting.py 0.6.6',
  conventions: [
    'Returns run from the close of the first bar.',
    'Figures a year are of geometric means, and their deviation is that of a compounded year.',
    'Drawdowns are negative numbers.',
  ],
  figures: [
    same('Return [%]', 'total-return', 'Ours is a fraction.'),
    differs('Return (Ann.) [%]', 'cagr', {
      formula: '(Π (1 + r))^(252 ÷ n) − 1',
      needs,
      note,
      value: yearly,
    }),
    differs('Volatility (Ann.) [%]', 'volatility', {
      formula: '√((s² + g²)^252 − g^504), g = 1 + geometric mean, s the sample deviation',
      needs,
      note,
      value: deviation,
    }),
    differs('Sharpe Ratio', 'sharpe', {
      formula: 'annual return ÷ annual deviation, both as above; no risk-free rate',
      needs,
      note,
      value: (s) => yearly(s) / deviation(s),
    }),
    differs('Sortino Ratio', 'sortino', {
      formula: 'annual return ÷ √(252 × mean(min(0, r)²))',
      needs,
      note,
      value: (s) => yearly(s) / downside(s),
    }),
    differs('Calmar Ratio', 'calmar', {
      formula: 'annual return ÷ deepest drawdown',
      needs,
      note,
      value: (s) => yearly(s) / s.path.deepest,
    }),
    differs('Max. Drawdown [%]', 'max-drawdown', {
      formula: 'min over t of W(t) ÷ max W(s ≤ t) − 1',
      note: 'A negative number.',
      value: (s) => -s.path.deepest,
    }),
  ],
};
