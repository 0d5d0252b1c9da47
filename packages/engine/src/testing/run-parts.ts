import barFiles from '@plimsoll/adapters/bars';
import objectsFolder from '@plimsoll/adapters/objects-folder';
import { onnx } from '@plimsoll/adapters/onnx';
import { carryOut } from '@plimsoll/analytics/runs';
import { strategies } from '@plimsoll/analytics/strategies';
import { defineStrategy, type Strategy } from '@plimsoll/analytics/strategy';
import { ok, present, type Result, readParameters, refuse } from '@plimsoll/kernel';
import type { RunParts } from '../engine-context.ts';
import type { StrategyCatalogue, StrategyEntry } from '../runs/strategy-catalogue.ts';
import { sha256 } from '../write.ts';

/** A strategy that throws from the bar on that it is told. */
const broken = defineStrategy({
  id: 'broken',
  group: 'own',
  title: 'Broken',
  summary: 'Throws from a bar on.',
  params: { bar: { kind: 'integer', title: 'First bar', min: 1, default: 5 } },
  onStart: () => null,
  onBar: ({ count, params }) => {
    if (count >= params.bar) throw new Error(`It broke after bar ${params.bar}.`);
  },
});

const all: readonly Strategy[] = [...strategies, broken];

/** Runs carried out in this thread, with files in a folder; `hold` waits before each begins. */
export async function runPartsIn(
  folder: string,
  hold: (signal: AbortSignal) => Promise<void> = async () => undefined,
): Promise<RunParts> {
  return {
    compute: async (task, { signal, onProgress }) => {
      await hold(signal);
      const { strategy: ref } = task;
      const named = all.find(({ id }) => ref.kind === 'built-in' && id === ref.id);
      const fresh = async () => present(named, 'the strategy of the task');
      return carryOut(task, {
        fresh,
        onProgress,
        shouldStop: () => signal.aborted,
        digest: sha256,
      });
    },
    strategies: builtInCatalogue,
    objects: await objectsFolder.open(folder),
    files: barFiles.openColumnFiles(),
    inference: onnx,
    codeVersion: 'test',
  };
}

const builtInCatalogue: StrategyCatalogue = {
  list: async () => ({ strategies: all.map(entryOf), broken: [] }),
  resolve: async (named): Promise<Result<StrategyEntry>> => {
    const found = all.find(({ id }) => id === named);
    const detail = `There is no strategy "${named}".`;
    return found ? ok(entryOf(found)) : refuse({ code: 'strategy.unknown', detail });
  },
  readParams: async (entry, given) => {
    const read = readParameters(entry.params, given);
    return read.ok ? ok(JSON.parse(JSON.stringify(read.value))) : read;
  },
};

const entryOf = (strategy: Strategy): StrategyEntry => ({
  ref: { kind: 'built-in', id: strategy.id },
  id: strategy.id,
  group: strategy.group,
  title: strategy.title,
  summary: strategy.summary,
  source: strategy.source ?? null,
  params: strategy.params,
  instruments: { min: strategy.instruments?.min ?? 1, max: strategy.instruments?.max ?? null },
  vector: strategy.signals !== undefined,
});
