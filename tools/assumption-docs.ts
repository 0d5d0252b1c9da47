import { assumptions } from '../packages/analytics/src/backtest/index.ts';

/** What the engine of backtests takes for granted, as a numbered list. */
export const assumptionList = (): string =>
  assumptions
    .map(({ number, title, text, where }) => {
      const matters = where === '' ? '' : ` *Matters with: ${where}.*`;
      return `${number}. **${title}.** ${text}${matters}`;
    })
    .join('\n');
