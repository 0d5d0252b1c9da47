import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseName, readCases } from '../../golden-case.ts';
import { describeResult, runCase, surroundingsOf } from '../../run-cases.ts';
import { runners } from './index.ts';

const shared = process.env['PLIMSOLL_SHARED'] ?? join(import.meta.dirname, '../../../../shared');
const folder = join(shared, 'data/golden_indicators');
const cases = readCases(join(import.meta.dirname, 'standard-results.json'));

describe.skipIf(!existsSync(folder))(`standard results of indicators (need ${folder})`, () => {
  const surroundings = surroundingsOf(cases);
  it.each(cases.map((golden) => [caseName(golden), golden] as const))('%s', async (_, golden) => {
    const result = await runCase(golden, runners, surroundings);
    expect(result.verdict, describeResult(result).join('\n')).toBe('pass');
    expect(result.listed).toEqual([]);
  });
});

describe('the runner of indicators', () => {
  const [golden = {}] = readCases(
    join(import.meta.dirname, '../../indicators/stock-indicators.json'),
  );

  it('fails a value that is another', async () => {
    const result = await runCase({ ...golden, expected: { sma: { 19: 1 } } }, runners);
    expect(result.verdict).toBe('fail');
  });

  it('fails where a file has no value to hold an output against', async () => {
    const result = await runCase({ ...golden, expected: { sma: {} } }, runners);
    expect(result.verdict).toBe('fail');
  });
});
