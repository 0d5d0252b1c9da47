import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCommandLine } from '../apps/plimsoll/src/cli/run-command-line.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-guides-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the pages tell a reader of a fresh clone to type, as far as it needs no record. */
const commands = new Set(
  ['README.md', 'docs/guides/backtests.md'].flatMap((page) =>
    readFileSync(join(root, page), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('npm run -s plimsoll -- '))
      .filter((line) => line.includes('--prices examples/prices'))
      .map((line) => line.replace('npm run -s plimsoll -- ', '').trim()),
  ),
);

it('are told', () => expect(commands.size).toBeGreaterThanOrEqual(4));

// Each begins a process of its own for the strategy, which takes its time where there is little of it.
it.each([...commands])('plimsoll %s', { timeout: 60_000 }, async (command) => {
  const pages: string[] = [];
  const args = command.split(' ').map((word) => {
    if (word.startsWith('examples/')) return join(root, word);
    if (!word.endsWith('.html')) return word;
    pages.push(join(folder, word));
    return join(folder, word);
  });
  const told: string[] = [];
  const say = (line: string) => void told.push(line);
  const output = { print: say, note: say, json: () => undefined };
  const status = await runCommandLine([...args, '--data', folder], output);
  expect([status, told.join('\n')]).toEqual([0, expect.stringContaining('How far to trust it')]);
  for (const page of pages) expect(statSync(page).size).toBeGreaterThan(10_000);
});
