import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

/**
 * Runs a script on the given Node as if it were this process: same terminal, signals passed on,
 * and this process ends the way the script did.
 * @param {string} node
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string> }} options
 */
export function runAs(node, args, { cwd, env }) {
  const child = spawn(node, args, { cwd, stdio: 'inherit', env: environment(node, env) });
  // A terminal sends Ctrl+C to both; passing it on would make it arrive twice.
  const passed = /** @type {NodeJS.Signals[]} */ (['SIGTERM', 'SIGHUP', 'SIGINT']);
  for (const signal of passed) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  endWithParent(child);
  child.on('error', (error) => {
    console.error(`Could not start ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const each of passed) process.removeAllListeners(each);
    process.kill(process.pid, signal);
  });
}

/**
 * npm runs a script through a shell, and a signal to npm ends that shell without reaching us. So
 * under npm the script is asked to stop as soon as the shell is gone.
 * @param {import('node:child_process').ChildProcess} child
 */
function endWithParent(child) {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 200);
  watch.unref();
}

/** @param {string} node @param {Record<string, string>} [added] */
function environment(node, added) {
  const { INIT_CWD: _ours, ...inherited } = process.env;
  const key = Object.keys(inherited).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...inherited, [key]: `${dirname(node)}${delimiter}${inherited[key] ?? ''}`, ...added };
}
