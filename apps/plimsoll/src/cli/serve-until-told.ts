import { environment, inFolder, readConfig } from '../config.ts';
import type { RunningServer } from '../server.ts';
import type { Call } from './command.ts';

/** Starts the server as configured and called. */
export async function startAsCalled(call: Call): Promise<RunningServer> {
  const [port, host] = [call.text('port'), call.text('host')];
  const config = readConfig(environment(), {
    ...inFolder(call.dataFolder),
    ...(port === undefined ? {} : { PLIMSOLL_PORT: port }),
    ...(host === undefined ? {} : { PLIMSOLL_HOST: host }),
  });
  const { startServer } = await import('../server.ts');
  return startServer(config, {
    onDeath: (error) => call.output.note(`A thread died and is started anew: ${error.stack}`),
    onGivenUp: (error) => {
      call.output.note(`A thread keeps dying, so the server ends: ${error.message}`);
      process.exit(70);
    },
  });
}

/** Resolves when the process is asked to end and the server has ended in order. */
export async function untilTold(server: RunningServer, call: Call): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let asked = false;
  const ask = (signal: NodeJS.Signals): void => {
    // Whoever asks a second time does not want to wait; the record is safe either way.
    if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
    asked = true;
    resolve(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  await promise;
  call.output.note('Stopping …');
  await server.stop();
}
