import type { ReturnSample } from '../return-sample.ts';
import { differs, same, type ToolTable } from './tool-figure.ts';

const year = 365;
const yearly = (s: ReturnSample): number => s.growth ** (year / s.n) - 1;

/** Statistics of a portfolio with daily bars and no other setting. */
export const vectorbt: ToolTable = {
  tool: 'vectorbt',
  title: 'vectorbt 1.1.0',
  conventions: [
    'A year has 365 bars of a day, also where markets close on weekends.',
    'The first return is that of the first bar over the cash at the start.',
  ],
  figures: [
    same('total_return', 'total-return'),
    differs('annualized_return', 'cagr', {
      formula: '(Π (1 + r))^(365 ÷ n) − 1',
      value: yearly,
    }),
    differs('annualized_volatility', 'volatility', {
      formula: '√365 × sample deviation(r)',
      value: (s) => s.deviation * Math.sqrt(year),
    }),
    differs('sharpe_ratio', 'sharpe', {
      formula: '√365 × mean(r) ÷ sample deviation(r)',
      value: (s) => (s.moments.mean / s.deviation) * Math.sqrt(year),
    }),
    differs('sortino_ratio', 'sortino', {
      formula: '√365 × mean(r) ÷ √mean(min(0, r)²)',
      value: (s) => (s.moments.mean / Math.sqrt(s.sides.lostSquares / s.n)) * Math.sqrt(year),
    }),
    differs('calmar_ratio', 'calmar', {
      formula: 'annual return ÷ deepest drawdown',
      value: (s) => yearly(s) / s.path.deepest,
    }),
    differs('max_drawdown', 'max-drawdown', {
      formula: 'min over t of W(t) ÷ max W(s ≤ t) − 1',
      note: 'A negative number.',
      value: (s) => -s.path.deepest,
    }),
  ],
};
