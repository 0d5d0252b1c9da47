import type { BacktestResult } from '@plimsoll/analytics/backtest';
import type { Run } from '@plimsoll/ports';
import { expect, it } from 'vitest';
import { artifactsOf } from './run-artifacts.ts';
import type { RunSummary } from './run-use-cases.ts';

it('keeps what was said before the first bar, at no time', async () => {
  const log = [{ at: Number.NEGATIVE_INFINITY, kind: 'strategy', text: 'begun' }];
  const result = { trades: [], orders: [], log, costs: {}, notes: [] } as unknown as BacktestResult;
  const made = await artifactsOf(
    { kind: 'backtest' } as Run,
    { result, report: null },
    { summary: {} as RunSummary, daily: null },
    {},
  );
  const file = made.find(({ name }) => name === 'log.csv');
  expect(new TextDecoder().decode(file?.bytes)).toBe('time,kind,text\n,strategy,begun\n');
});
