import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunTask } from '@plimsoll/analytics/runs';
import { afterAll, describe, expect, it } from 'vitest';
import { madeMarket, settingsWith } from '../../testing/made-market.ts';
import { temporaryFolder } from '../../testing/test-server.ts';
import type { OwnLimits } from './own-limits.ts';
import type { OwnAnswer, OwnRequest } from './own-protocol.ts';
import { hostOwnStrategy } from './own-strategy-host.ts';

const data = temporaryFolder();
const folder = join(data.folder, 'strategies');
mkdirSync(folder);
afterAll(() => data.remove());

const limits: OwnLimits = {
  wallMs: 30_000,
  cpuSeconds: 20,
  memoryMb: 200,
  outputBytes: 64 * 1024 * 1024,
};

const host = (
  file: string,
  work: OwnRequest['work'],
  allowed: Partial<OwnLimits> = {},
): Promise<OwnAnswer> =>
  hostOwnStrategy(
    { folder, file, work },
    {
      limits: { ...limits, ...allowed },
      signal: new AbortController().signal,
      onProgress: () => undefined,
    },
  );

const market = madeMarket(300);
const taskOf = (file: string, sha256: string): RunTask => ({
  kind: 'backtest',
  strategy: { kind: 'own', file, sha256 },
  params: {},
  settings: settingsWith(),
  market,
  tradeFrom: 0,
  benchmark: null,
  triedBefore: { sharpe: new Float64Array(0) },
});

let written = 0;

/** Runs a text as a strategy. */
async function run(text: string, allowed: Partial<OwnLimits> = {}): Promise<OwnAnswer> {
  const file = `garbage-${written++}.ts`;
  writeFileSync(join(folder, file), text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return host(file, { kind: 'carry-out', task: taskOf(file, sha256) }, allowed);
}

const refusal = async (text: string, allowed: Partial<OwnLimits> = {}) => {
  const answer = await run(text, allowed);
  if (answer.ok) return { code: 'none', detail: 'it ran' };
  return answer.fault;
};

const result = async (text: string) => {
  const answer = await run(text);
  if (!answer.ok) throw new Error(answer.fault.detail);
  const { value } = answer;
  if (value.kind !== 'carried-out' || value.outcome.result === null) throw new Error('No result');
  return value.outcome.result;
};

/** A strategy with these members, each on a line of its own from line 6 on. */
const strategy = (
  ...members: readonly string[]
): string => `import { defineStrategy } from '@plimsoll/strategy';
export default defineStrategy({
  id: 'garbage',
  title: 'Garbage',
  params: {},
${members.map((one) => `  ${one},`).join('\n')}
});
`;
const quiet = 'onStart: () => ({})';

const good = strategy(
  'onStart: () => ({ bars: 0 })',
  'onBar: (context, memory) => { if (memory.bars++ % 20 === 0) context.orders.buy(context.instrument, 1); }',
);

describe('a strategy of the user’s that is wrong', () => {
  it.each([
    ['onStart', strategy("onStart: () => { throw new Error('no'); }"), 6, 26],
    ['onBar', strategy(quiet, "onBar: () => { throw new RangeError('no'); }"), 7, 24],
    [
      'onFill',
      strategy(
        'onStart: () => ({ has: false })',
        'onBar: (context) => { if (context.count === 5) context.orders.buy(context.instrument, 1); }',
        "onFill: () => { throw new Error('no'); }",
      ),
      8,
      25,
    ],
    ['onDayClose', strategy(quiet, "onDayClose: () => { throw new Error('no'); }"), 7, 29],
    ['its warm-up', strategy(quiet, "warmUp: () => { throw new Error('no'); }"), 7, 25],
    ['its check', strategy(quiet, "check: () => { throw new Error('no'); }"), 7, 24],
    [
      'a helper',
      strategy(quiet, 'onBar: () => helper()').concat(
        "\nfunction helper() {\n  throw new Error('no');\n}\n",
      ),
      11,
      9,
    ],
  ])('throws in %s: the place is named', async (_, text, line, column) => {
    const fault = await refusal(text);
    expect(fault.detail).toMatch(/: (?:Range)?Error: no$/);
    expect(fault).toMatchObject({ code: 'strategy.failed', line, column });
  });

  it.each([
    ['a text', "'just a text'", /it threw just a text/],
    ['nothing', 'undefined', /it threw undefined/],
    ['what cannot be looked at', '{ get stack() { throw 1; } }', /cannot be looked at/],
  ])('throws %s', async (_, thrown, words) => {
    const fault = await refusal(strategy(quiet, `onBar: () => { throw ${thrown}; }`));
    expect(fault).toMatchObject({ code: 'strategy.failed', detail: expect.stringMatching(words) });
  });

  it.each([
    ['in a callback', strategy(quiet, 'onBar: () => { for (;;); }'), /ended after 2 seconds/],
    ['at its top', `${good}\nfor (;;);\n`, /ended after 2 seconds/],
    [
      'in what it throws',
      strategy(quiet, 'onBar: () => { throw { get message() { for (;;); } }; }'),
      /ended after 2 seconds/,
    ],
  ])('loops for ever %s', async (_, text, words) => {
    const fault = await refusal(text, { wallMs: 2_000 });
    expect(fault).toMatchObject({ code: 'strategy.time', detail: expect.stringMatching(words) });
  });

  it('loops for ever behind a promise: nobody waits, and nothing comes of it', async () => {
    const text = `${strategy(quiet, 'onBar: () => { loop(); }')}\nfunction loop() { Promise.resolve().then(loop); }`;
    const answer = await run(text, { wallMs: 3_000 });
    if (!answer.ok) expect(answer.fault.code).toBe('strategy.time');
  });

  it.each([
    ['NaN', 'Number.NaN'],
    ['less than nothing', '-5'],
    ['infinitely many', 'Number.POSITIVE_INFINITY'],
    ['a text', "'ten'"],
  ])('orders %s: refused where it stands', async (_, quantity) => {
    const text = strategy(
      quiet,
      `onBar: (context) => { context.orders.buy(context.instrument, ${quantity} as number); }`,
    );
    const answer = await run(text);
    if (answer.ok) {
      const { value } = answer;
      const orders = value.kind === 'carried-out' ? (value.outcome.result?.orders ?? []) : [];
      expect(orders.length).toBeGreaterThan(0);
      for (const one of orders) {
        expect(one).toMatchObject({ state: 'rejected', filled: 0 });
        expect(one.reason).not.toBe('');
      }
    } else {
      expect(answer.fault).toMatchObject({ code: 'strategy.failed', line: 7 });
    }
  });

  it('asks for the future and is told that there is none', async () => {
    const text = strategy(
      quiet,
      `onBar: ({ instrument, count, log }) => {
    const asked = [instrument.at('close', -1), instrument.at('close', -1e9), instrument.at('close', 1e9), instrument.at('close', 0.5), instrument.at('close', Number.NaN)];
    if (asked.some((one) => one === one)) throw new Error('it was told ' + asked.join(' '));
    if (instrument.last('close', 1e12).length !== count) throw new Error('it was given more than there is');
  }`,
    );
    expect((await result(text)).orders).toEqual([]);
  });

  it.each([
    ['one buffer of 10 GB', 'const all = new Float64Array(1.25e9); all.fill(1);'],
    [
      'many buffers',
      'const all = []; for (;;) { const one = new Float64Array(1e6); one.fill(1); all.push(one); }',
    ],
    ['many objects', 'const all = []; for (;;) all.push({ a: [1, 2, 3] });'],
    ['one long text', "let all = 'x'; for (;;) all = (all + all).split('').join('');"],
  ])('takes %s', async (_, body) => {
    const fault = await refusal(strategy(quiet, `onBar: () => { ${body} }`), { memoryMb: 120 });
    expect(fault.detail).toMatch(/may use 120 MB|Invalid string length/);
    expect(['strategy.memory', 'strategy.failed']).toContain(fault.code);
  });

  it('calls itself without end', async () => {
    const text = `${strategy(quiet, 'onBar: () => { deeper(1); }')}\nfunction deeper(by: number): number {\n  return deeper(by + 1) + 1;\n}\n`;
    const fault = await refusal(text);
    expect(fault).toMatchObject({ code: 'strategy.failed', line: expect.any(Number) });
    expect(fault.detail).toMatch(/Maximum call stack size exceeded/);
  });

  it.each([
    ['ends its process', 'process.exit(0)', /process is not defined\. A strategy cannot reach/],
    ['kills its process', "process.kill(process.pid, 'SIGKILL')", /process is not defined/],
    [
      'asks the network',
      "fetch('http://127.0.0.1:1/')",
      /fetch is not defined\. A strategy has no network/,
    ],
    [
      'sets a timer',
      'setTimeout(() => {}, 0)',
      /setTimeout is not defined\. A strategy has no timers/,
    ],
    ['requires a module', "require('node:fs')", /require is not defined/],
    ['reads the clock', 'performance.now()', /performance is not defined\. Time is context\.now/],
    ['runs text as code', "new Function('return 1')()", /Code generation from strings disallowed/],
    [
      'runs text by our code',
      "context.find.constructor('return process')()",
      /Code generation from strings disallowed/,
    ],
    ['shares memory', 'new SharedArrayBuffer(8)', /SharedArrayBuffer is not defined/],
  ])('%s', async (_, body, words) => {
    const fault = await refusal(strategy(quiet, `onBar: (context) => { ${body}; }`));
    expect(fault).toMatchObject({ code: 'strategy.failed', line: 7 });
    expect(fault.detail).toMatch(words);
  });

  it.each([
    ['node:fs', "import { readFileSync } from 'node:fs';"],
    ['child_process', "import 'child_process';"],
    ['a package', "import * as zod from 'zod';"],
    ['our own code', "import { ok } from '@plimsoll/kernel';"],
    ['a file of another folder', "import secrets from '../secrets.ts';"],
    ['an absolute path', "import secrets from '/etc/passwd';"],
    ['an address', "import all from 'https://example.com/x.js';"],
    ['data', "import all from 'data:text/javascript,export default 1';"],
  ])('imports %s', async (_, line) => {
    const fault = await refusal(`// first\n${line}\n${good}`);
    expect(fault).toMatchObject({ code: 'strategy.broken', line: 2 });
    expect(fault.detail).toMatch(
      /cannot be imported\. A strategy imports @plimsoll\/strategy and files/,
    );
  });

  it('imports while it runs', async () => {
    const text = strategy(quiet, "onBar: () => { void import('node:fs'); }");
    const answer = await run(text);
    // Nobody waits for the promise, and nothing comes of it.
    if (!answer.ok) expect(answer.fault.detail).toMatch(/cannot be imported|rejected/);
  });

  it.each([
    ['an enum', `enum Side { Buy }\n${good}`, 1, 1, /enum is not supported/],
    [
      'a parameter property',
      `class A { constructor(private b: number) {} }\n${good}`,
      1,
      31,
      /not supported/,
    ],
    ['a namespace', `namespace A { export const b = 1; }\n${good}`, 1, 1, /not supported/],
    ['half a line', `${good}\nexport const x = ;\n`, 10, 18, /Expression expected|Unexpected/],
    ['an await in a callback', strategy(quiet, 'onBar: () => { await 1; }'), 7, null, /./],
    ['no default export', 'export const x = 1;\n', 1, 1, /no default export/],
    ['a default export that is none', 'export default 5;\n', 1, 1, /is no strategy/],
    ['no id', good.replace("id: 'garbage',", ''), null, null, /id must be/],
    ['a member that is misspelt', strategy(quiet, 'onBra: () => {}'), 7, 3, /has no onBra/],
    ['a callback that waits', strategy(quiet, 'onBar: async () => {}'), 7, 3, /plain function/],
    ['a generator', strategy(quiet, '*onBar() {}'), 7, 4, /plain function/],
    [
      'a parameter of no kind',
      good.replace('params: {}', "params: { fast: { title: 'x' } }"),
      5,
      13,
      /params\.fast has the kind/,
    ],
    [
      'a default out of bounds',
      good.replace(
        'params: {}',
        "params: { fast: { kind: 'integer', title: 'x', min: 5, default: 2 } }",
      ),
      5,
      13,
      /params\.fast has a default that it does not allow: .*2 is below 5/,
    ],
  ])('has %s', async (_, text, line, column, words) => {
    const fault = await refusal(text);
    expect(fault.detail).toMatch(words);
    expect(fault.code).toBe('strategy.broken');
    if (column !== null) expect(fault).toMatchObject({ line, column });
  });

  it('returns a promise', async () => {
    const fault = await refusal(strategy(quiet, 'onBar: () => Promise.resolve(1)'));
    expect(fault.detail).toMatch(/onBar returned a promise/);
  });

  it('prints a gigabyte: what is too much is left out or ends it', async () => {
    const answer = await run(
      strategy(
        quiet,
        "onBar: () => { const word = 'x'.repeat(1e6); for (let i = 0; i < 4; i++) console.log(word + i); }",
      ),
    );
    if (!answer.ok) return expect(answer.fault.code).toMatch(/strategy\.(?:memory|output|time)/);
    const { value } = answer;
    const log = value.kind === 'carried-out' ? (value.outcome.result?.log ?? []) : [];
    expect(Math.max(...log.map(({ text }) => text.length))).toBeLessThanOrEqual(500);
  });

  it('changes what everything is made of: the result stays the same from run to run', async () => {
    const wild = strategy(
      quiet,
      `onBar: (context) => {
    Array.prototype.push = () => 7;
    Object.prototype.toString = () => 'changed';
    Float64Array.prototype.slice = () => new Float64Array(0);
    Math.max = () => 1e9;
    const chance = Math.random() + (Date.now() % 7) + new Date().getDay();
    if (chance > 4) context.orders.buy(context.instrument, 1 + Math.floor(10 * Math.random()));
  }`,
    );
    const one = await result(wild);
    const other = await result(wild.replaceAll('garbage', 'garbage'));
    expect(one.orders.length).toBeGreaterThan(10);
    expect(other.orders).toEqual(one.orders);
    expect(other.equity).toEqual(one.equity);
  });

  it('changes what our own code is made of: refused', async () => {
    const text = strategy(
      quiet,
      'onBar: (context) => { Object.getPrototypeOf(context.instruments).map = () => []; }',
    );
    const fault = await refusal(text);
    expect(fault).toMatchObject({ code: 'strategy.failed', line: 7 });
    expect(fault.detail).toMatch(/Cannot assign to read only property/);
  });

  it('is not what it was when the run was asked for', async () => {
    writeFileSync(join(folder, 'changing.ts'), good);
    const answer = await host('changing.ts', {
      kind: 'carry-out',
      task: taskOf('changing.ts', 'ab'.repeat(32)),
    });
    expect(answer).toMatchObject({ ok: false, fault: { code: 'strategy.changed' } });
  });

  it('harms nothing beside it', async () => {
    const bad = [
      refusal(strategy(quiet, 'onBar: () => { for (;;); }'), { wallMs: 3_000 }),
      refusal(
        strategy(
          quiet,
          'onBar: () => { const all = []; for (;;) all.push(new Float64Array(1e5).fill(1)); }',
        ),
      ),
    ];
    const fills = (await result(good)).fills.at.length;
    expect(fills).toBe(15);
    expect((await Promise.all(bad)).map(({ code }) => code)).toEqual([
      'strategy.time',
      expect.stringMatching(/strategy\.(?:memory|failed)/),
    ]);
  });

  it('is stopped when it is told to', async () => {
    writeFileSync(join(folder, 'stopped.ts'), `${good}\nfor (;;);\n`);
    const answer = await hostOwnStrategy(
      { folder, file: 'stopped.ts', work: { kind: 'describe' } },
      { limits, signal: AbortSignal.timeout(300), onProgress: () => undefined },
    );
    expect(answer).toMatchObject({ ok: false, fault: { code: 'run.stopped' } });
  });
});
