import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const pageBytes = 4096;

/** Memory that a process has in use, buffers among it; null where it is gone or cannot be looked at. */
export function residentBytes(pid: number): Promise<number | null> {
  return process.platform === 'linux' ? byKernel(pid) : byCommand(pid);
}

async function byKernel(pid: number): Promise<number | null> {
  const pages = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  const resident = Number(pages.split(' ')[1]);
  return Number.isFinite(resident) ? resident * pageBytes : null;
}

function byCommand(pid: number): Promise<number | null> {
  return new Promise((done) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, out) => {
      const kilobytes = Number.parseInt(out, 10);
      done(error || !Number.isFinite(kilobytes) ? null : kilobytes * 1024);
    });
  });
}
