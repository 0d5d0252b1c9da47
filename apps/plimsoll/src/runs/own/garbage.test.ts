import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { BacktestResult } from '@plimsoll/analytics/backtest';
import type { RunTask } from '@plimsoll/analytics/runs';
import type { Fault } from '@plimsoll/kernel';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { madeMarket, settingsWith } from '../../testing/made-market.ts';
import { temporaryFolder } from '../../testing/test-server.ts';
import type { OwnLimits } from './own-limits.ts';
import { startOwnProcess } from './own-process.ts';
import type { OwnAnswer, OwnRequest } from './own-protocol.ts';
import { hostOwnStrategy } from './own-strategy-host.ts';

// Each case starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

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

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function write(text: string): string {
  const file = `garbage-${written++}.ts`;
  writeFileSync(join(folder, file), text);
  return file;
}

/** Runs a text as a strategy. */
function run(text: string, allowed: Partial<OwnLimits> = {}): Promise<OwnAnswer> {
  const file = write(text);
  return host(file, { kind: 'carry-out', task: taskOf(file, hashOf(text)) }, allowed);
}

/** Runs texts one after the other in one process: what does not break the process can be tried so. */
async function runMany(texts: readonly string[]): Promise<readonly OwnAnswer[]> {
  const entry = join(import.meta.dirname, 'testing', 'many-requests-process.ts');
  const child = startOwnProcess(folder, limits, entry);
  const parts: Buffer[] = [];
  child.stdout?.on('data', (bytes: Buffer) => parts.push(bytes));
  const requests = texts.map((text): OwnRequest => {
    const file = write(text);
    const task = taskOf(file, hashOf(text));
    return { folder, file, memoryMb: limits.memoryMb, work: { kind: 'carry-out', task } };
  });
  child.stdin?.end(serialize(requests));
  await once(child, 'close');
  return deserialize(Buffer.concat(parts)) as readonly OwnAnswer[];
}

const shared: string[] = [];
let answers: Promise<readonly OwnAnswer[]> | undefined;

/** What a text is answered in a process that all such texts share; to be named before any test runs. */
function inShared(text: string): () => Promise<OwnAnswer> {
  const place = shared.push(text) - 1;
  return async () => {
    answers ??= runMany(shared);
    const answer = (await answers)[place];
    if (answer === undefined) throw new Error('It has no answer');
    return answer;
  };
}

const faultOf = (answer: OwnAnswer): Fault =>
  answer.ok ? { code: 'none', detail: 'it ran' } : answer.fault;

const refusal = async (text: string, allowed: Partial<OwnLimits> = {}) => {
  const answer = await run(text, allowed);
  if (answer.ok) return { code: 'none', detail: 'it ran' };
  return answer.fault;
};

function resultOf(answer: OwnAnswer): BacktestResult {
  if (!answer.ok) throw new Error(answer.fault.detail);
  const { value } = answer;
  if (value.kind !== 'carried-out' || value.outcome.result === null) throw new Error('No result');
  return value.outcome.result;
}

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

interface Wrong {
  readonly what: string;
  readonly text: string;
  readonly words: RegExp;
  readonly line?: number;
  readonly column?: number;
  readonly code?: string;
}

/** With the place of what stands in a member on a line. */
const thrown = (what: string, text: string, line: number, column: number): Wrong => ({
  what: `throws in ${what}`,
  text,
  words: /: (?:Range)?Error: no$/,
  line,
  column,
  code: 'strategy.failed',
});

const inOnBar = (what: string, body: string, words: RegExp): Wrong => ({
  what,
  text: strategy(quiet, `onBar: (context) => { ${body}; }`),
  words,
  line: 7,
  code: 'strategy.failed',
});

const importing = (what: string, line: string): Wrong => ({
  what: `imports ${what}`,
  text: `// first\n${line}\n${good}`,
  words: /cannot be imported\. A strategy imports @plimsoll\/strategy and files/,
  line: 2,
  code: 'strategy.broken',
});

const broken = (
  what: string,
  text: string,
  words: RegExp,
  place: { readonly line?: number; readonly column?: number } = {},
): Wrong => ({ what: `has ${what}`, text, words, code: 'strategy.broken', ...place });

const buys =
  'onBar: (context) => { if (context.count === 5) context.orders.buy(context.instrument, 1); }';
const withTable = (table: string): string => good.replace('params: {}', `params: ${table}`);

const wrongs: readonly Wrong[] = [
  thrown('onStart', strategy("onStart: () => { throw new Error('no'); }"), 6, 26),
  thrown('onBar', strategy(quiet, "onBar: () => { throw new RangeError('no'); }"), 7, 24),
  thrown('onFill', strategy(quiet, buys, "onFill: () => { throw new Error('no'); }"), 8, 25),
  thrown('onDayClose', strategy(quiet, "onDayClose: () => { throw new Error('no'); }"), 7, 29),
  thrown('its warm-up', strategy(quiet, "warmUp: () => { throw new Error('no'); }"), 7, 25),
  thrown('its check', strategy(quiet, "check: () => { throw new Error('no'); }"), 7, 24),
  thrown(
    'a helper',
    `${strategy(quiet, 'onBar: () => helper()')}\nfunction helper() {\n  throw new Error('no');\n}\n`,
    11,
    9,
  ),
  { ...inOnBar('throws a text', "throw 'just a text'", /it threw just a text/), line: Number.NaN },
  { ...inOnBar('throws nothing', 'throw undefined', /it threw undefined/), line: Number.NaN },
  {
    ...inOnBar(
      'throws what cannot be looked at',
      'throw { get stack() { throw 1; } }',
      /looked at/,
    ),
    line: Number.NaN,
  },
  inOnBar('ends its process', 'process.exit(0)', /process is not defined\. A strategy cannot/),
  inOnBar('kills its process', 'process.kill(process.pid)', /process is not defined/),
  inOnBar('asks the network', "fetch('http://127.0.0.1:1/')", /A strategy has no network/),
  inOnBar('sets a timer', 'setTimeout(() => {}, 0)', /A strategy has no timers/),
  inOnBar('requires a module', "require('node:fs')", /require is not defined/),
  inOnBar('reads the clock', 'performance.now()', /Time is context\.now/),
  inOnBar('runs text as code', "new Function('return 1')()", /generation from strings disallowed/),
  inOnBar(
    'runs text by our code',
    "context.find.constructor('return process')()",
    /generation from strings disallowed/,
  ),
  inOnBar('shares memory', 'new SharedArrayBuffer(8)', /SharedArrayBuffer is not defined/),
  inOnBar(
    'changes what our own code is made of',
    'Object.getPrototypeOf(context.instruments).map = () => []',
    /Cannot assign to read only property/,
  ),
  {
    ...inOnBar('returns a promise', 'return Promise.resolve(1)', /onBar returned a promise/),
    line: Number.NaN,
  },
  {
    what: 'calls itself without end',
    text: `${strategy(quiet, 'onBar: () => { deeper(1); }')}\nfunction deeper(by: number): number {\n  return deeper(by + 1) + 1;\n}\n`,
    words: /Maximum call stack size exceeded/,
    line: 11,
    code: 'strategy.failed',
  },
  importing('node:fs', "import { readFileSync } from 'node:fs';"),
  importing('child_process', "import 'child_process';"),
  importing('a package', "import * as zod from 'zod';"),
  importing('our own code', "import { ok } from '@plimsoll/kernel';"),
  importing('a file of another folder', "import secrets from '../secrets.ts';"),
  importing('an absolute path', "import secrets from '/etc/passwd';"),
  importing('an address', "import all from 'https://example.com/x.js';"),
  importing('data', "import all from 'data:text/javascript,export default 1';"),
  broken('an enum', `enum Side { Buy }\n${good}`, /enum is not supported/, { line: 1, column: 1 }),
  broken(
    'a parameter property',
    `class A { constructor(private b: number) {} }\n${good}`,
    /not supported/,
    { line: 1, column: 31 },
  ),
  broken('a namespace', `namespace A { export const b = 1; }\n${good}`, /not supported/, {
    line: 1,
    column: 1,
  }),
  broken('half a line', `${good}\nexport const x = ;\n`, /Expression expected/, {
    line: 10,
    column: 18,
  }),
  broken('an await in a callback', strategy(quiet, 'onBar: () => { await 1; }'), /await/, {
    line: 7,
  }),
  broken('no default export', 'export const x = 1;\n', /no default export/, { line: 1, column: 1 }),
  broken('a default export that is none', 'export default 5;\n', /is no strategy/, { line: 1 }),
  broken('no id', good.replace("id: 'garbage',", ''), /id must be/),
  broken('a misspelt member', strategy(quiet, 'onBra: () => {}'), /no onBra/, {
    line: 7,
    column: 3,
  }),
  broken('a callback that waits', strategy(quiet, 'onBar: async () => {}'), /plain function/, {
    line: 7,
    column: 3,
  }),
  broken('a generator', strategy(quiet, '*onBar() {}'), /plain function/, { line: 7, column: 4 }),
  broken(
    'a parameter of no kind',
    withTable("{ fast: { title: 'x' } }"),
    /params\.fast has the kind/,
    {
      line: 5,
      column: 13,
    },
  ),
  broken(
    'a default out of bounds',
    withTable("{ fast: { kind: 'integer', title: 'x', min: 5, default: 2 } }"),
    /params\.fast has a default that it does not allow: .*2 is below 5/,
    { line: 5, column: 13 },
  ),
];

describe('a strategy of the user’s that is wrong', () => {
  it.each(wrongs.map((one) => ({ ...one, answer: inShared(one.text) })))(
    '$what: it is told what and where',
    async ({ answer, words, code, line, column }) => {
      const fault = faultOf(await answer());
      expect(fault.detail).toMatch(words);
      const place = Number.isNaN(line) ? {} : { ...(line && { line }), ...(column && { column }) };
      expect(fault).toMatchObject({ code, ...place });
    },
  );
});

describe('a strategy of the user’s that asks for what there is not', () => {
  const quantities = ['Number.NaN', '-5', 'Number.POSITIVE_INFINITY', "'ten' as never"];
  const ordering = (quantity: string) =>
    strategy(quiet, `onBar: ({ orders, instrument }) => { orders.buy(instrument, ${quantity}); }`);
  it.each(quantities.map((quantity) => ({ quantity, answer: inShared(ordering(quantity)) })))(
    'orders $quantity: refused where it stands',
    async ({ answer }) => {
      const found = await answer();
      if (!found.ok) return expect(found.fault).toMatchObject({ code: 'strategy.failed', line: 7 });
      const { orders } = resultOf(found);
      expect(orders.length).toBeGreaterThan(0);
      expect(orders.every((one) => one.state === 'rejected' && one.filled === 0)).toBe(true);
      expect(orders.every(({ reason }) => reason !== '')).toBe(true);
    },
  );

  const future = inShared(
    strategy(
      quiet,
      `onBar: ({ instrument, count }) => {
    const asked = [-1, -1e9, 1e9, 0.5, Number.NaN].map((ago) => instrument.at('close', ago));
    if (asked.some((one) => one === one)) throw new Error('it was told ' + asked.join(' '));
    if (instrument.last('close', 1e12).length !== count) throw new Error('it was given more than there is');
  }`,
    ),
  );
  it('asks for the future and is told that there is none', async () => {
    expect(faultOf(await future())).toEqual({ code: 'none', detail: 'it ran' });
  });

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
  const wildly = [inShared(wild), inShared(wild)];
  it('changes what everything is made of: the result stays the same from run to run', async () => {
    const [one, other] = await Promise.all(wildly.map(async (answer) => resultOf(await answer())));
    expect(one?.orders.length).toBeGreaterThan(10);
    expect(other).toEqual(one);
  });

  const printing = inShared(
    strategy(
      quiet,
      "onBar: () => { for (let i = 0; i < 4; i++) console.log('x'.repeat(1e5) + i); }",
    ),
  );
  it('prints without end: what is too much is left out', async () => {
    const lines = resultOf(await printing()).log.map(({ text }) => text.length);
    expect(Math.max(...lines)).toBeLessThanOrEqual(500);
  });

  const waiting = [
    inShared(strategy(quiet, "onBar: () => { import('node:fs').catch(() => {}); }")),
    inShared(
      `${strategy(quiet, 'onBar: () => { loop(0); }')}\nfunction loop(i: number) { if (i < 1e5) Promise.resolve().then(() => loop(i + 1)); }`,
    ),
  ];
  it('imports while it runs, or loops behind a promise: nobody waits, and nothing comes of it', async () => {
    for (const answer of waiting) expect(faultOf(await answer()).code).toBe('none');
  });
});

describe('a strategy of the user’s that takes more than it may', () => {
  it.each([
    ['in a callback', strategy(quiet, 'onBar: () => { for (;;); }')],
    [
      'in what it throws',
      strategy(quiet, 'onBar: () => { throw { get message() { for (;;); } }; }'),
    ],
  ])('loops for ever %s', async (_, text) => {
    const fault = await refusal(text, { wallMs: 1_200 });
    expect(fault).toMatchObject({
      code: 'strategy.time',
      detail: expect.stringMatching(/ended after 1\.2 seconds/),
    });
  });

  it('takes more of a processor than it may', async () => {
    const fault = await refusal(`${good}\nfor (;;);\n`, { cpuSeconds: 1 });
    expect(fault.code).toBe('strategy.time');
  });

  it.each([
    ['one buffer of 10 GB', 'const all = new Float64Array(1.25e9); all.fill(1);'],
    ['many buffers', 'const all = []; for (;;) all.push(new Float64Array(1e6).fill(1));'],
    ['many objects', 'const all = []; for (;;) all.push({ a: [1, 2, 3] });'],
  ])('takes %s', async (_, body) => {
    const fault = await refusal(strategy(quiet, `onBar: () => { ${body} }`), { memoryMb: 60 });
    expect(fault.detail).toMatch(/may use 60 MB/);
    expect(['strategy.memory', 'strategy.failed']).toContain(fault.code);
  });

  it('is stopped when it is told to', async () => {
    const file = write(`${good}\nfor (;;);\n`);
    const answer = await hostOwnStrategy(
      { folder, file, work: { kind: 'describe' } },
      { limits, signal: AbortSignal.timeout(300), onProgress: () => undefined },
    );
    expect(answer).toMatchObject({ ok: false, fault: { code: 'run.stopped' } });
  });

  it('is not what it was when the run was asked for', async () => {
    const file = write(good);
    const answer = await host(file, { kind: 'carry-out', task: taskOf(file, 'ab'.repeat(32)) });
    expect(answer).toMatchObject({ ok: false, fault: { code: 'strategy.changed' } });
  });

  it('harms nothing beside it', async () => {
    const bad = refusal(strategy(quiet, 'onBar: () => { for (;;); }'), { wallMs: 1_500 });
    const answer = await run(good);
    expect(resultOf(answer).fills.at.length).toBe(15);
    expect((await bad).code).toBe('strategy.time');
  });
});
