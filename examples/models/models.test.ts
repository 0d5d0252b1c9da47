import { readFileSync } from 'node:fs';
import { readTraining } from '@plimsoll/analytics/runs';
import { strategies } from '@plimsoll/analytics/strategies';
import { readParameters } from '@plimsoll/kernel';
import { expect, it } from 'vitest';
import { parseRunFile } from '../../apps/plimsoll/src/runs/read-run-file.ts';

function configOf(name: string) {
  const read = parseRunFile(name, readFileSync(`${import.meta.dirname}/${name}`));
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value.config;
}

it('trains a model, and follows that very model on later days', () => {
  const [train, follow] = [configOf('train-five-days.yaml'), configOf('follow-five-days.yaml')];
  const training = readTraining(train.training);
  if (!training.ok) throw new Error(training.fault.detail);
  expect(follow.model).toBe(training.value.name);
  expect((follow.from ?? '') > (train.to ?? '')).toBe(true);
  const strategy = strategies.find(({ id }) => id === follow.strategy);
  expect(readParameters(strategy?.params ?? {}, follow.params)).toMatchObject({ ok: true });
});
