import type { Check } from './check.ts';
import { caseName, type GoldenCase } from './golden-case.ts';
import type { Outcome, Runner } from './runner.ts';

export type Verdict = 'pass' | 'fail' | 'no-runner';

/** One case with what came of it. */
export interface CaseResult {
  readonly name: string;
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly listed: readonly string[];
}

/** Runs a case by the first runner that handles it. A case of which nothing is checked never passes. */
export function runCase(golden: GoldenCase, runners: readonly Runner[]): CaseResult {
  const name = caseName(golden);
  const runner = runners.find((each) => each.handles(golden));
  if (!runner) return { name, verdict: 'no-runner', checks: [], listed: ['no runner handles it'] };
  let outcome: Outcome;
  try {
    outcome = runner.run(golden);
  } catch (error) {
    const crash: Check = { what: 'runs', ok: false, found: String(error), wanted: 'no crash' };
    return { name, verdict: 'fail', checks: [crash], listed: [] };
  }
  const { checks, listed } = outcome;
  if (checks.length === 0) return { name, verdict: 'no-runner', checks, listed };
  return { name, verdict: checks.every(({ ok }) => ok) ? 'pass' : 'fail', checks, listed };
}

/** `pass name — what was checked`, and a line for each figure that is wrong. */
export function describeResult(result: CaseResult): string[] {
  const { name, verdict, checks, listed } = result;
  const what = checks.map((check) => check.what).join(', ');
  const rest = listed.length > 0 ? ` (listed: ${listed.join('; ')})` : '';
  return [
    `${verdict} ${name} — ${what === '' ? 'nothing checked' : what}${rest}`,
    ...checks
      .filter(({ ok }) => !ok)
      .map((check) => `     ${check.what}: found ${check.found}, wanted ${check.wanted}`),
  ];
}
