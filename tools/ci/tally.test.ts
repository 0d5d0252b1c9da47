import { describe, expect, it } from 'vitest';
import { lineOf } from './tally.mjs';

describe('the tally of a CI run', () => {
  it('counts the tests of a report', () => {
    const report = { numPassedTests: 7, numFailedTests: 2, numPendingTests: 1 };
    expect(lineOf('test', 1, report)).toMatchObject({ passed: 7, failed: 2, skipped: 1 });
  });

  it('counts a bad end as a failure where no test failed', () => {
    expect(lineOf('test', 1, { numPassedTests: 7, numFailedTests: 0 }).failed).toBe(1);
    expect(lineOf('postgres', 124).failed).toBe(1);
    expect(lineOf('postgres', 1, { absent: true }).failed).toBe(1);
  });

  it('never shows an absent suite as passed', () => {
    const line = lineOf('browser', 0, { absent: true });
    expect(line).toMatchObject({ passed: 0, failed: 0 });
    expect(line.words).toMatch(/^absent/);
  });

  it('shows a check without a report as holding or not', () => {
    expect(lineOf('check', 0)).toMatchObject({ passed: 0, failed: 0, words: 'holds' });
    expect(lineOf('check', 1).words).toMatch(/1 failed/);
  });
});
