import type { Engine } from '@plimsoll/engine';

/** How often it is looked whether a run was left by whoever had it. */
const lookMs = 20_000;

export interface KeepRunningOptions {
  readonly engine: Pick<Engine, 'workspaces' | 'runs' | 'resumeRuns'>;
  readonly onTrouble: (detail: string) => void;
}

/**
 * Goes on with runs that were left: by this server when it was ended, or by another process on the same
 * record. The thread that carries runs out is started only where there is one. Ends with the function
 * that it gives.
 */
export function keepRunning({ engine, onTrouble }: KeepRunningOptions): () => void {
  const look = async (): Promise<void> => {
    if (await isAnyLeft(engine)) await engine.resumeRuns();
  };
  const tell = (error: unknown) => onTrouble(`Going on with runs: ${String(error)}`);
  const timer = setInterval(() => void look().catch(tell), lookMs);
  timer.unref();
  void look().catch(tell);
  return () => clearInterval(timer);
}

async function isAnyLeft({ workspaces, runs }: KeepRunningOptions['engine']): Promise<boolean> {
  for (const { id } of await workspaces()) {
    for (const state of ['queued', 'running'] as const) {
      const page = await runs(id, { state, limit: 1 });
      if (page.ok && page.value.items.length > 0) return true;
    }
  }
  return false;
}
