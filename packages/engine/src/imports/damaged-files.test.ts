import { seededRandom } from '@plimsoll/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { damage, damages, repeated } from '../testing/damage-file.ts';
import { inlineExports } from '../testing/inline-exports.ts';
import { sampleFile, samplePaths, samplesNotice } from '../testing/shared-samples.ts';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';
import type { UploadedFile } from '../use-case.ts';
import type { ImportSummaryView } from '../views.ts';

/** More ways to go wrong, for machines that have the time: `PLIMSOLL_FUZZ=50`. */
const rounds = Number(process.env['PLIMSOLL_FUZZ'] ?? 1);
const seed = Number(process.env['PLIMSOLL_SEED'] ?? 4680);
const longest = 5_000;

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
}, 60_000);
afterAll(async () => {
  expect((await test.engine.verify()).findings).toEqual([]);
  await test.close();
});

const headOf = (workspace: string): Promise<number> =>
  test.store.read(workspace, async (unit) => (await unit.ledger.head()).seq);

function expectReasons(summary: ImportSummaryView | undefined, name: string): void {
  expect(summary?.refused.length).toBeGreaterThan(0);
  for (const { file: named, line, reason, fix, value } of summary?.refused ?? []) {
    expect(named).toBe(name);
    expect(line).toBeGreaterThanOrEqual(1);
    expect(reason).toMatch(/\.$/);
    expect(reason.length).toBeLessThan(1000);
    expect(fix).toMatch(/\.$/);
    expect(value.length).toBeLessThanOrEqual(80);
  }
}

/** The import is either taken as it says, or refused with reasons and nothing taken; and soon. */
async function expectPlainAnswer(workspace: string, given: UploadedFile): Promise<void> {
  const before = await headOf(workspace);
  const started = performance.now();
  const answer = await test.engine.importFiles(workspace, [given], into('Broker'), {
    actor: 'test',
  });
  expect(performance.now() - started).toBeLessThan(longest);
  const after = await headOf(workspace);
  if (answer.ok) {
    expect(after - before).toBe(answer.value.value.added);
    return;
  }
  expect(answer.fault.code).toBe('import.refused');
  expect(after).toBe(before);
  const { summary } = answer.fault.facts as { summary?: ImportSummaryView };
  expectReasons(summary, given.name);
}

/** Fewer ways for each of the many samples, others for each; every way for each inline file. */
function someDamages(random: ReturnType<typeof seededRandom>, count: number): string[] {
  const names = Object.keys(damages);
  return Array.from({ length: count }, () => names[random.integer(names.length)] ?? 'truncated');
}

describe('a damaged file', () => {
  it.each(inlineExports)(
    'like $name is refused with the reason, or taken whole',
    async (source) => {
      const random = seededRandom(seed);
      const w = await test.workspace();
      for (let round = 0; round < rounds; round++) {
        for (const name of Object.keys(damages)) {
          await expectPlainAnswer(w, damage(name, source, random));
        }
      }
    },
    600_000,
  );

  it.skipIf(samplePaths.length === 0)(
    `of any sample is refused with the reason, or taken whole${samplesNotice}`,
    async () => {
      const random = seededRandom(seed + 1);
      for (const path of samplePaths) {
        const w = await test.workspace();
        const source = sampleFile(path);
        const count = (path.startsWith('export-samples') ? 6 : 2) * rounds;
        for (const name of someDamages(random, count)) {
          await expectPlainAnswer(w, damage(name, source, random));
        }
      }
    },
    600_000,
  );
});

describe('a huge file', () => {
  const huge = 3_000_000;
  const random = seededRandom(seed + 2);
  const samples = samplePaths.filter((path) => path.startsWith('export-samples'));
  const chosen = samples.filter(() => rounds > 1 || random.integer(8) === 0).map(sampleFile);

  it.each([...inlineExports.filter(({ name }) => !name.endsWith('.json')), ...chosen])(
    '$name over and over is read in time that grows with its size',
    async (source) => {
      const w = await test.workspace();
      const started = performance.now();
      await test.engine.previewImport(w, [repeated(source, huge)], into('Broker'));
      expect(performance.now() - started).toBeLessThan(4 * longest);
    },
    60_000,
  );

  it.each([
    ['one line without end', 'x'.repeat(huge)],
    ['one cell without end', `date,type\n"${'x,\n'.repeat(huge / 3)}`],
    ['quotes without end', '"'.repeat(huge)],
    ['separators without end', ','.repeat(huge)],
    ['line ends without end', '\r'.repeat(huge)],
    ['lines of nothing', `date,type,symbol\n${',,\n'.repeat(huge / 3)}`],
    ['a deep document', `<?xml version="1.0"?><FlexQueryResponse>${'<a>'.repeat(huge / 3)}`],
    ['a deep statement', `OFXHEADER:100\n\n<OFX>${'<AGG><B>'.repeat(huge / 8)}`],
    ['deep lists', `{"activities":${'['.repeat(huge)}`],
    ['deep objects', `{"activities":${'{"a":'.repeat(huge / 5)}`],
    ['a qif of nothing', `!Type:Invst\n${'^\n'.repeat(huge / 2)}`],
  ])(
    'of %s is refused soon',
    async (_, content) => {
      const w = await test.workspace();
      await expectPlainAnswer(w, file('huge.txt', content));
    },
    60_000,
  );

  it('of entities that multiply is refused soon', async () => {
    const entities = Array.from(
      { length: 12 },
      (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`,
    );
    const bomb = `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e0 "ha">${entities.join('')}]>
<FlexQueryResponse queryName="&e12;"><FlexStatements count="1"><FlexStatement accountId="&e12;"><Trades><Trade symbol="&e12;"/></Trades></FlexStatement></FlexStatements></FlexQueryResponse>`;
    await expectPlainAnswer(await test.workspace(), file('bomb.xml', bomb));
  });

  it('beyond what is read at all names its size', async () => {
    const w = await test.workspace();
    const given = { name: 'disk.img', bytes: new Uint8Array(64 * 1024 * 1024 + 1) };
    const answer = await test.engine.importFiles(w, [given], into('Broker'), { actor: 'test' });
    expect(answer).toMatchObject({ ok: false, fault: { code: 'import.refused' } });
    if (!answer.ok) expect(answer.fault.detail).toContain('disk.img has 67108865 bytes');
  });

  it('does not keep a valid one from being taken afterwards', async () => {
    const w = await test.workspace();
    const [native] = inlineExports;
    if (!native) throw new Error('no inline export');
    await test.engine.importFiles(w, [damage('truncated', native, seededRandom(1))], into('B'), {
      actor: 'test',
    });
    const answer = await test.engine.importFiles(w, [native], into('B'), { actor: 'test' });
    expect(had(answer).value.refused).toEqual([]);
  });
});
