import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseName, NotGolden, readCases } from './golden-case.ts';
import { describeResult, runCase, surroundingsOf } from './run-cases.ts';
import { loadRunners } from './runners.ts';

const runners = await loadRunners();
const here = import.meta.dirname;
const folder = join(here, 'trackers');
const files = ['trackers', 'quant', 'indicators'].flatMap((name) =>
  readdirSync(join(here, name))
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${name}/${file}`),
);

describe.each(files)('%s', (file) => {
  const cases = readCases(join(here, file));
  const surroundings = surroundingsOf(cases);
  it.each(cases.map((golden) => [caseName(golden), golden] as const))('%s', async (_, golden) => {
    const result = await runCase(golden, runners, surroundings);
    // Inputs of other cases say where they were computed from, which need not be there.
    const isInput = golden['category'] === 'optimiser_inputs';
    expect(result.verdict, describeResult(result).join('\n')).toBe(
      isInput && result.verdict === 'no-runner' ? 'no-runner' : 'pass',
    );
  });
});

const shared = process.env['PLIMSOLL_SHARED'] ?? join(here, '../../shared');
const quant = join(shared, 'golden/quant.json');

describe.skipIf(!existsSync(quant))(`quant.json (needs ${quant})`, () => {
  const cases = existsSync(quant) ? readCases(quant) : [];
  const surroundings = surroundingsOf(cases);

  it.each(cases.map((golden) => [caseName(golden), golden] as const))('%s', async (_, golden) => {
    const result = await runCase(golden, runners, surroundings);
    expect(result.verdict, describeResult(result).join('\n')).not.toBe('fail');
  });
});

const engines = join(shared, 'golden/engines.json');

describe.skipIf(!existsSync(engines))(`engines.json (needs ${engines})`, () => {
  const cases = existsSync(engines) ? readCases(engines) : [];

  it.each(cases.map((golden) => [caseName(golden), golden] as const))('%s', async (_, golden) => {
    const result = await runCase(golden, runners);
    expect(result.verdict, describeResult(result).join('\n')).toBe('pass');
  });
});

describe('the golden runner', () => {
  const [golden = {}] = readCases(join(folder, 'portfolio-performance.json'));

  it('fails a case whose figure is another', async () => {
    const result = await runCase({ ...golden, expected: { irr: 0.06, tolerance: 1e-8 } }, runners);
    expect(result.verdict).toBe('fail');
    expect(describeResult(result)[1]).toContain('wanted 0.06');
  });

  it('never passes a case of which it checks nothing', async () => {
    const unknown = await runCase({ id: 'x', category: 'not known' }, runners);
    expect(unknown.verdict).toBe('no-runner');
    const strange = await runCase({ ...golden, expected: { colour: 'blue' } }, runners);
    expect(strange.verdict).toBe('no-runner');
  });

  it('fails a case that it cannot read', async () => {
    const activities = [{ date: '2024-01-01', type: 'TELEPORT', currency: 'EUR' }];
    const result = await runCase(
      { name: 'x', verdict: 'truth', activities, expected: { delta: 1 } },
      runners,
    );
    expect(result).toMatchObject({ verdict: 'fail', checks: [{ what: 'runs' }] });
  });

  it('refuses a file that holds no cases', () => {
    expect(() => readCases(join(import.meta.dirname, 'golden.test.ts'))).toThrow(NotGolden);
  });
});
