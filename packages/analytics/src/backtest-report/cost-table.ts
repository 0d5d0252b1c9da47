import type { ReportTable } from '../analysis/report.ts';
import type { BacktestResult } from '../backtest/result.ts';
import type { Activity } from './activity.ts';

/**
 * What the run paid and what that was a year of the mean equity, the largest first. Interest earned
 * and dividends stand below zero: they came in.
 */
export function costTable({ costs }: BacktestResult, { meanEquity, years }: Activity): ReportTable {
  const paid: readonly (readonly [string, number])[] = [
    ['Commission', costs.commission],
    ['Slippage', costs.slippage],
    ['Changing money', costs.currency],
    ['Borrowed units', costs.borrow],
    ['Interest paid', costs.interestPaid],
    ['Tax withheld', costs.withheld],
  ];
  const share = (money: number): number | null =>
    years > 0 && meanEquity > 0 ? money / meanEquity / years : null;
  const all = paid.reduce((sum, [, money]) => sum + money, 0);
  const earned: readonly (readonly [string, number])[] = [
    ['Interest earned', -costs.interestEarned],
    ['Dividends', -costs.dividends],
  ];
  const rows = [
    ...paid.filter(([, money]) => money !== 0).sort((a, b) => b[1] - a[1]),
    ['All costs', all] as const,
    ...earned.filter(([, money]) => money !== 0),
  ];
  return {
    id: 'costs',
    title: 'Costs',
    columns: [
      { id: 'cost', title: 'Cost' },
      { id: 'money', title: 'Paid', unit: 'money' },
      { id: 'share', title: 'A year, of mean equity', unit: 'fraction' },
    ],
    rows: rows.map(([name, money]) => [name, money + 0, share(money)]),
  };
}
