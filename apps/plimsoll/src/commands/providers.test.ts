import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeProvider } from '@plimsoll/ports/conformance';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plimsoll } from '../testing/run-plimsoll.ts';
import { temporaryFolder } from '../testing/test-server.ts';

let data: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  data = temporaryFolder();
});
afterEach(() => data.remove());

const run = (...args: string[]) => plimsoll(data.folder, 'providers', ...args);
const file = () => join(data.folder, 'market-data.yaml');

describe('plimsoll providers', () => {
  it('lists every provider, and none is on at first', async () => {
    const { status, json } = await run('--json');
    expect(status).toBe(0);
    const { providers } = json();
    expect(providers.map((one: { id: string }) => one.id)).toEqual(
      expect.arrayContaining(['csv-folder', 'ecb', 'simulated', 'yahoo']),
    );
    expect(providers.some((one: { enabled: boolean }) => one.enabled)).toBe(false);
    expect(existsSync(file())).toBe(false);
  });

  it('turns one on with settings and off again, and keeps what else stands in the file', async () => {
    writeFileSync(file(), '# mine\nproviders:\n  ecb: {}   # rates\norder: { fx: [ecb] }\n');
    const on = await run('enable', 'yahoo', '--set', 'requestsPerMinute=30');
    expect(on).toMatchObject({ status: 0, out: expect.stringContaining('market-data.yaml') });
    expect(on.err).toContain('Yahoo');
    const text = readFileSync(file(), 'utf8');
    for (const kept of ['# mine', '# rates', 'requestsPerMinute: 30']) expect(text).toContain(kept);
    expect(statSync(file()).mode & 0o077).toBe(0);
    expect((await run()).out).toMatch(/yahoo +on +unknown +none/);
    await run('disable', 'ecb');
    expect(readFileSync(file(), 'utf8')).not.toMatch(/fx: \[ *ecb/);
    expect((await run()).out).toMatch(/yahoo +on/);
  });

  it('says which variable is not set, and writes all the same', async () => {
    const { status, err } = await run('enable', 'tiingo', '--set', 'key=env:NO_SUCH_KEY');
    expect(status).toBe(0);
    expect(err).toContain('the variable NO_SUCH_KEY is not set');
    expect(existsSync(file())).toBe(true);
  });

  it.each([
    [['enable', 'yaho'], 1, 'There is no provider "yaho"'],
    [['enable', 'tiingo'], 1, 'key is needed'],
    [['enable', 'yahoo', '--set', 'requestsPerMinute=0'], 1, 'requestsPerMinute'],
    [['enable', 'yahoo', '--set', 'nonsense'], 2, 'NAME=VALUE'],
    [['enable'], 2, 'ID is missing'],
    [['test', 'yahoo', 'AAPL'], 1, 'not turned on'],
    [['nonsense'], 2, 'There is no "providers nonsense"'],
  ])('refuses %j and writes nothing', async (args, status, why) => {
    const done = await run(...args);
    expect(done.status).toBe(status);
    expect(done.err).toContain(why);
    expect(existsSync(file())).toBe(false);
  });

  it('names the lines of mistakes in the file', async () => {
    writeFileSync(file(), 'providers:\n  yahoo: {}\n  yaho: {}\n');
    expect((await run()).err).toContain('market-data.yaml:3: there is no provider "yaho"');
  });

  it('tries a symbol with the provider as it is set up', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const rate = (days: number): string =>
      new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
    const rows = [5, 4, 3].map((days) => `EXR.D,USD,${rate(days)},1.1${days},A`);
    const text = ['KEY,CURRENCY,TIME_PERIOD,OBS_VALUE,OBS_STATUS', ...rows, ''].join('\n');
    const server = await fakeProvider(() => ({ text }), Date.now);
    await run('enable', 'ecb', '--set', `baseUrl=${server.baseUrl}`);
    const { status, out } = await run('test', 'ecb', 'EURUSD', '--kind', 'fx');
    await server.close();
    expect(out).toContain(`3 days of EURUSD`);
    expect(out).toContain(`1.13 USD on ${rate(3)}`);
    expect(status).toBe(0);
    const gone = await run('test', 'ecb', 'EURXXXX');
    expect(gone).toMatchObject({ status: 1, err: expect.stringContaining('unknown-symbol') });
  });
});
