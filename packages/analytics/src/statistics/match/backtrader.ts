import { mean, standardDeviation } from '@plimsoll/quant/statistics';
import { differs, only, same, type ToolTable } from './tool-figure.ts';

const population = (x: Float64Array): number =>
  standardDeviation(x) * Math.sqrt((x.length - 1) / x.length);

/** Analysers of the engine, over the value of the broker’s account. */
export const backtrader: ToolTable = {
  tool: 'backtrader',
  title: 'backtrader 1.9.78.123',
  conventions: [
    'The first return is that of the first bar over the cash at the start.',
    'Drawdowns are positive numbers in per cent.',
  ],
  figures: [
    same('TimeReturn', 'total-return'),
    differs('SharpeRatio', 'sharpe', {
      formula: '(mean of the calendar years’ returns − 0.01) ÷ their population deviation',
      needs: { observations: 2, days: true },
      note: 'The default: years, not days; a risk-free rate of 1 % a year whatever was said; not annualised. The years at both ends count as whole ones.',
      value: ({ years }) => {
        const returns = Float64Array.from(years, ({ value }) => value);
        return (mean(returns) - 0.01) / population(returns);
      },
    }),
    differs('SharpeRatio(timeframe=Days, annualize=True, riskfreerate=0, factor=252)', 'sharpe', {
      formula: '√252 × mean(r) ÷ population deviation(r)',
      value: (s) => (Math.sqrt(252) * s.moments.mean) / population(s.returns),
    }),
    differs('DrawDown.max.drawdown', 'max-drawdown', {
      unit: 'number',
      formula: '100 × max over t of 1 − W(t) ÷ max W(s ≤ t)',
      note: 'In per cent.',
      value: (s) => 100 * s.path.deepest,
    }),
    only('DrawDown.max.len', {
      id: 'longest-drawdown-bars',
      title: 'Longest drawdown',
      section: 'drawdown',
      unit: 'periods',
      needs: { observations: 1 },
      formula: 'most bars in a row below the highest value so far',
      value: (s) => s.episodes.reduce((most, { length }) => Math.max(most, length), 0),
    }),
  ],
};
