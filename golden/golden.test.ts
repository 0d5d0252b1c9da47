import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseName, NotGolden, readCases } from './golden-case.ts';
import { describeResult, runCase } from './run-cases.ts';
import { runners } from './runners/index.ts';

const folder = join(import.meta.dirname, 'trackers');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

describe.each(files)('%s', (file) => {
  it.each(readCases(join(folder, file)).map((golden) => [caseName(golden), golden] as const))(
    '%s',
    (_, golden) => {
      const result = runCase(golden, runners);
      expect(result.verdict, describeResult(result).join('\n')).toBe('pass');
    },
  );
});

describe('the golden runner', () => {
  const [golden = {}] = readCases(join(folder, 'portfolio-performance.json'));

  it('fails a case whose figure is another', () => {
    const result = runCase({ ...golden, expected: { irr: 0.06, tolerance: 1e-8 } }, runners);
    expect(result.verdict).toBe('fail');
    expect(describeResult(result)[1]).toContain('wanted 0.06');
  });

  it('never passes a case of which it checks nothing', () => {
    expect(runCase({ id: 'x', category: 'not known' }, runners).verdict).toBe('no-runner');
    expect(runCase({ ...golden, expected: { colour: 'blue' } }, runners).verdict).toBe('no-runner');
  });

  it('fails a case that it cannot read', () => {
    const activities = [{ date: '2024-01-01', type: 'TELEPORT', currency: 'EUR' }];
    const result = runCase(
      { name: 'x', verdict: 'truth', activities, expected: { delta: 1 } },
      runners,
    );
    expect(result).toMatchObject({ verdict: 'fail', checks: [{ what: 'runs' }] });
  });

  it('refuses a file that holds no cases', () => {
    expect(() => readCases(join(import.meta.dirname, 'golden.test.ts'))).toThrow(NotGolden);
  });
});
