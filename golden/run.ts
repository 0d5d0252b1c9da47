/**
 * `npm run golden -- FILE…`: runs the cases of golden files on the product's own code and prints a
 * line a case and a tally. Cases without a runner are counted apart. Exit 1 if any failed.
 */
import { resolve } from 'node:path';
import { NotGolden, readCases } from './golden-case.ts';
import { describeResult, runCase, surroundingsOf, type Verdict } from './run-cases.ts';
import { loadRunners } from './runners.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const runners = await loadRunners();

async function runFile(path: string): Promise<Record<Verdict, number>> {
  const tally: Record<Verdict, number> = { pass: 0, fail: 0, 'no-runner': 0 };
  const cases = readCases(path);
  const surroundings = surroundingsOf(cases);
  for (const golden of cases) {
    const result = await runCase(golden, runners, surroundings);
    tally[result.verdict]++;
    for (const line of describeResult(result)) print(line);
  }
  return tally;
}

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write('Usage: npm run golden -- FILE…\n');
  process.exit(2);
}
const total: Record<Verdict, number> = { pass: 0, fail: 0, 'no-runner': 0 };
try {
  for (const file of files) {
    const tally = await runFile(resolve(file));
    for (const verdict of ['pass', 'fail', 'no-runner'] as const) total[verdict] += tally[verdict];
  }
} catch (error) {
  if (!(error instanceof NotGolden)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
print(`${total.pass} passed, ${total.fail} failed, ${total['no-runner']} without a runner`);
process.exitCode = total.fail > 0 ? 1 : 0;
