import { runCommand } from '../cli/runs/run-command.ts';

export const command = runCommand({
  name: 'sweep',
  kind: 'sweep',
  summary: 'Try many parameters of a strategy on the same past.',
  notes: ['The file says under sweep: which parameters are tried, and how they are searched.'],
});
