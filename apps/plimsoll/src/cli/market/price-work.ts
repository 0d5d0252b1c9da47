import { isDay } from '@plimsoll/kernel';
import type { Call } from '../command.ts';
import { theInstrument } from '../look-up.ts';
import { UsageRefusal, written } from '../refusals.ts';
import { followJob } from './follow-job.ts';

/** Asks the providers for what is new, or for the whole history, and waits until it is done. */
export async function refreshPrices(
  call: Call,
  kind: 'refresh' | 'backfill',
  names: readonly string[],
): Promise<void> {
  const from = call.text('from');
  if (from !== undefined && !isDay(from)) {
    throw new UsageRefusal(`"${from}" is not a day like 2026-03-31.`);
  }
  if (from !== undefined && kind === 'refresh') {
    throw new UsageRefusal(
      'A refresh begins where prices end; --from goes with "prices backfill".',
    );
  }
  const engine = await call.engine();
  const instruments: string[] = [];
  for (const name of names) {
    instruments.push((await theInstrument(engine, call.workspace, name)).id);
  }
  const request = { kind, instruments, from };
  const job = written(await engine.refreshPrices(call.workspace, request, { actor: 'owner' }));
  await followJob(call, engine, job);
}
