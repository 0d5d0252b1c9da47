import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BusDefinition } from '@plimsoll/ports';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('./tidy-process.ts', import.meta.url));

/** What a bus owes the process it is in, beside what it owes its messages. */
export function itLeavesNothingBehind(id: string, address: () => string): void {
  it('leaves nothing behind that keeps a process alive', async () => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, id, address()],
      { stdio: ['ignore', 'pipe', 'inherit'], timeout: 60_000 },
    );
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const ended = await new Promise((resolve) =>
      child.once('exit', (code, signal) => resolve(code ?? signal)),
    );
    expect([said, ended]).toEqual(['closed\n', 0]);
  });
}

/** With the right credentials it is up; with others, or none there, it says so and repeats none. */
export function itKeepsCredentials(
  definition: BusDefinition,
  addressOf: (userAndPassword: string) => string,
  right: string,
): void {
  it.each([
    [right, 'up'],
    ['plimsoll:wr0ng%2Fsecret', 'down'],
  ])('with the credentials %s is %s, and tells nobody what they are', async (who, state) => {
    const troubles: string[] = [];
    const bus = await definition.open(addressOf(who), {
      clock: { now: () => new Date().toISOString() },
      random: Math.random,
      onTrouble: (detail) => troubles.push(detail),
    });
    const health = await bus.health();
    const refused = await bus
      .publish([
        { ...{ id: '1', topic: 'a', key: 'k' }, ...{ workspaceId: null, at: '', payload: 1 } },
      ])
      .catch(String);
    await bus.close();
    expect(health.state).toBe(state);
    const said = JSON.stringify([health, refused, troubles]);
    if (state === 'down') expect(said).toContain('bus');
    for (const secret of who.split(':').slice(1)) {
      expect(said).not.toContain(secret);
      expect(said).not.toContain(decodeURIComponent(secret));
    }
  });
}
