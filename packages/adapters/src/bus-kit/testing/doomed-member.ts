import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./doomed-process.ts', import.meta.url));

/** Starts a process that hangs in its first message. */
export async function doomedMember(id: string, address: string, topic: string, group: string) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, id, address, topic, group],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = Promise.withResolvers<void>();
  const took = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'ready') ready.resolve();
    else took.resolve(line.slice('took '.length));
  });
  const early = ended.then(() => ready.reject(new Error('The member ended before it was ready')));
  await Promise.race([ready.promise, early]);
  return {
    took: took.promise,
    kill: async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
