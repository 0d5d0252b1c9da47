import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMain } from './is-main.ts';

/** One thing that must hold of the source, and the commands that find out. */
interface Check {
  readonly id: string;
  readonly mend: string;
  readonly commands: readonly (readonly string[])[];
  /** What of a failed command's output counts; all of it if not given. */
  readonly judged?: (command: readonly string[], output: string) => string;
}

const repository = dirname(import.meta.dirname);
const modules = (path: string): string => join(repository, 'node_modules', path);
const tool = (path: string): string => join(repository, 'tools', path);

// TypeScript is checked in one program, but for the workspaces that need other settings.
const ownProjects = ['packages/quant', 'packages/analytics', 'apps/web'];
const projects = ['tsconfig.json', ...ownProjects.map((folder) => `${folder}/tsconfig.json`)];

const checks: readonly Check[] = [
  {
    id: 'types',
    mend: 'Mend the types named above.',
    commands: projects
      .filter((project) => existsSync(join(repository, project)))
      .map((project) => [modules('typescript/bin/tsc'), '--pretty', 'false', '-p', project]),
    judged: ofItsOwn,
  },
  {
    id: 'lint',
    mend: 'npm run format mends layout and imports; the rest by hand.',
    commands: [[modules('@biomejs/biome/bin/biome'), 'check', '--max-diagnostics=50']],
  },
  {
    id: 'layers',
    mend: 'docs/architecture.md says who may import whom; the table is in .dependency-cruiser.cjs.',
    commands: [[tool('check-layers.ts')]],
  },
  {
    id: 'unused',
    mend: 'Take out what nothing uses, or list it in knip.jsonc with the reason.',
    commands: [[modules('knip/bin/knip.js'), '--no-progress', '--treat-config-hints-as-errors']],
  },
  {
    id: 'generated',
    mend: 'npm run gen writes the generated files; commit them.',
    commands: [
      [tool('gen-registry.ts'), '--check'],
      [tool('gen-analyses.ts'), '--check'],
      [tool('gen-docs.ts'), '--check'],
      [tool('gen-asyncapi.ts'), '--check'],
    ],
  },
  {
    id: 'lock',
    mend: 'node tools/complete-lock.mjs writes the missing entries; commit package-lock.json.',
    commands: [[tool('complete-lock.mjs'), '--check']],
  },
];

/**
 * A program also reads the sources of the workspaces that it imports; each file is judged by the
 * settings of its own workspace, so what another program says of it does not count.
 */
export function ofItsOwn(command: readonly string[], output: string): string {
  const project = dirname(command.at(-1) ?? '');
  let counts = true;
  return output
    .split('\n')
    .filter((row) => {
      const file = /^(\S+)\(\d+,\d+\): error/.exec(row)?.[1];
      if (file !== undefined) {
        counts = (ownProjects.find((folder) => file.startsWith(`${folder}/`)) ?? '.') === project;
      } else if (!row.startsWith(' ')) counts = true;
      return counts;
    })
    .join('\n')
    .trimEnd();
}

interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

function run(command: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: repository });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

async function hold(check: Check): Promise<boolean> {
  const began = performance.now();
  const outcomes = await Promise.all(
    check.commands.map(async (command) => {
      const { ok, output } = await run(command);
      if (ok || !check.judged) return { ok, output };
      const counting = check.judged(command, output);
      return { ok: counting === '', output: counting === '' ? '' : `${counting}\n` };
    }),
  );
  const ok = outcomes.every((outcome) => outcome.ok);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${check.id} (${seconds} s)`);
  if (!ok) console.error(`${outcomes.map((each) => each.output).join('')}→ ${check.mend}\n`);
  return ok;
}

async function main(asked: readonly string[]): Promise<void> {
  const unknown = asked.find((id) => !checks.some((check) => check.id === id));
  if (unknown !== undefined) {
    throw new Error(
      `No check "${unknown}"; there are: ${checks.map((each) => each.id).join(', ')}`,
    );
  }
  const chosen = asked.length === 0 ? checks : checks.filter(({ id }) => asked.includes(id));
  const held = await Promise.all(chosen.map(hold));
  const failed = held.filter((ok) => !ok).length;
  console.log(failed === 0 ? 'All checks hold.' : `${failed} of ${held.length} checks fail.`);
  if (failed > 0) process.exitCode = 1;
}

if (isMain(import.meta)) await main(process.argv.slice(2));
