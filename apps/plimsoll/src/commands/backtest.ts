import { runCommand } from '../cli/runs/run-command.ts';

export const command = runCommand({
  name: 'backtest',
  kind: 'backtest',
  summary: 'Run a strategy over the past, and say how far to trust the result.',
});
