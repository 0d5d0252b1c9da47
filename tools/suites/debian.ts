import { spawnSync } from 'node:child_process';

/** Whether a program answers by that name on this machine. */
export function hasProgram(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
}

let listsAreFresh = false;

/**
 * Installs Debian packages as root; anyone else is told what to install. A suite that cannot have
 * what it needs fails: not run is not passed.
 */
export function installDebian(packages: readonly string[], purpose: string): void {
  const command = `apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !hasProgram('apt-get')) {
    throw new Error(
      `${purpose} needs ${packages.join(', ')}. On Debian or Ubuntu: sudo ${command}`,
    );
  }
  console.log(`Installing ${packages.join(', ')} for ${purpose} …`);
  if (!listsAreFresh) apt(['update', '-q']);
  listsAreFresh = true;
  apt(['install', '-q', '-y', '--no-install-recommends', ...packages]);
}

function apt(args: readonly string[]): void {
  const run = spawnSync('apt-get', args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (run.status !== 0)
    throw new Error(`apt-get ${args.join(' ')} failed:\n${run.stdout}${run.stderr}`);
}
