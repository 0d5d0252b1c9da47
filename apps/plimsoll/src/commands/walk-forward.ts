import { runCommand } from '../cli/runs/run-command.ts';

export const command = runCommand({
  name: 'walk-forward',
  kind: 'walk-forward',
  summary: 'Choose parameters on one stretch, trade them on the next, again and again.',
  notes: [
    'The file says under sweep: what is tried, and under walkForward: the windows in and out of sample.',
  ],
});
