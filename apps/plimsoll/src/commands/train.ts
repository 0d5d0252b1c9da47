import { runCommand } from '../cli/runs/run-command.ts';

export const command = runCommand({
  name: 'train',
  kind: 'training',
  summary: 'Learn a model from the past, judge it, and keep it in the registry.',
  notes: [
    'The file says under training: what the model is called, which features it sees, what it foretells.',
    'See it then: plimsoll models show NAME. Let a strategy follow it: model: NAME@VERSION in its file.',
  ],
});
