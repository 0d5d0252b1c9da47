import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, RunDetailView, RunView } from '@plimsoll/engine';
import type { Call } from '../command.ts';
import { processOutput } from '../output.ts';
import { CommandRefusal, taken, written } from '../refusals.ts';
import { plain } from '../table.ts';

const firstLookMs = 15;
const longestLookMs = 500;
const owner = { actor: 'owner' } as const;

/** Waits until a run has ended, telling on a terminal how far it is; Ctrl-C cancels it. */
export async function followRun(
  call: Call,
  engine: Engine,
  { id }: Pick<RunView, 'id'>,
): Promise<RunDetailView> {
  const line = progressLineOf(call);
  let interrupted = false;
  const onInterrupt = (): void => {
    interrupted = true;
  };
  process.once('SIGINT', onInterrupt);
  try {
    for (let waitMs = firstLookMs; ; waitMs = Math.min(longestLookMs, waitMs * 1.5)) {
      const run = taken(await engine.run(call.workspace, id));
      if (run.endedAt !== null) return run;
      line.show(progressText(run));
      if (interrupted) {
        written(await engine.cancelRun(call.workspace, id, owner));
        const detail = `The run ${id} was cancelled.`;
        throw new CommandRefusal({ code: 'run.cancelled', detail });
      }
      await pause(waitMs);
    }
  } finally {
    process.off('SIGINT', onInterrupt);
    line.clear();
  }
}

/** `running: 41 %, done about 22:41:07 UTC`. */
export function progressText({ state, progress }: RunView): string {
  if (progress === null || progress.of <= 0) return state;
  const { done, of, doing, expectedAt } = progress;
  const until = expectedAt === null ? '' : `, done about ${expectedAt.slice(11, 19)} UTC`;
  return plain(`${doing}: ${Math.floor((100 * done) / of)} %${until}`);
}

/** A line that is written over; nothing where nobody looks. */
function progressLineOf({ output, json }: Call) {
  const { stderr } = process;
  if (json || output !== processOutput || !stderr.isTTY) {
    return { show: () => undefined, clear: () => undefined };
  }
  const erase = '\r\u001b[2K';
  return {
    show: (text: string) => void stderr.write(`${erase}${text.slice(0, stderr.columns - 1)}`),
    clear: () => void stderr.write(erase),
  };
}
