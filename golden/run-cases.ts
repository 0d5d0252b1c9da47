import type { Check } from './check.ts';
import { caseName, type GoldenCase } from './golden-case.ts';
import { GoldenData, NoGoldenData } from './golden-data.ts';
import type { Outcome, Runner, Surroundings } from './runner.ts';

export type Verdict = 'pass' | 'fail' | 'no-runner';

/** One case with what came of it. */
export interface CaseResult {
  readonly name: string;
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  readonly listed: readonly string[];
}

/** What the cases of one file may refer to. */
export function surroundingsOf(
  cases: readonly GoldenCase[],
  data = new GoldenData(),
): Surroundings {
  const byId = new Map(cases.map((each) => [caseName(each), each]));
  return {
    data,
    find: (id) => {
      const found = byId.get(id);
      if (!found) throw new Error(`no case ${id} in this file`);
      return found;
    },
  };
}

/** Runs a case by the first runner that handles it. A case of which nothing is checked never passes. */
export async function runCase(
  golden: GoldenCase,
  runners: readonly Runner[],
  surroundings: Surroundings = surroundingsOf([golden]),
): Promise<CaseResult> {
  const name = caseName(golden);
  const runner = runners.find((each) => each.handles(golden));
  if (!runner) return { name, verdict: 'no-runner', checks: [], listed: ['no runner handles it'] };
  let outcome: Outcome;
  try {
    outcome = await runner.run(golden, surroundings);
  } catch (error) {
    if (error instanceof NoGoldenData) {
      return { name, verdict: 'no-runner', checks: [], listed: [error.message] };
    }
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
