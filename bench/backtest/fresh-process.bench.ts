import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { line, megabytes, ms } from '../report.ts';

interface Figures {
  readonly start: number;
  readonly load: number;
  readonly data: number;
  readonly run: number;
  readonly cpu: number;
  readonly rss: number;
}

const script = join(import.meta.dirname, 'fresh-once.ts');
const runs = 7;

/**
 * From nothing to the first result: node starts, reads the modules and runs 2,520 bars. Compiled code is
 * kept from one process to the next, as the launcher has it; the first process has none.
 */
export function run(): void {
  const cache = mkdtempSync(join(tmpdir(), 'plimsoll-compiled-'));
  try {
    measure(cache);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

function measure(cache: string): void {
  const env = { NODE_COMPILE_CACHE: cache };
  const once = () => {
    const from = performance.now();
    const text = execFileSync(process.execPath, [script], { encoding: 'utf8', env });
    const figures: Figures = JSON.parse(text);
    return { ...figures, wall: performance.now() - from };
  };
  const first = once();
  const all = Array.from({ length: runs }, once).sort((a, b) => a.wall - b.wall);
  const empty = Array.from({ length: runs }, () => {
    const from = performance.now();
    execFileSync(process.execPath, ['-e', '']);
    return performance.now() - from;
  }).sort((a, b) => a - b);
  line('', 'whole, wall', 'CPU', 'node starts', 'modules', 'data', 'run', 'memory');
  for (const [name, taken] of [
    ['nothing compiled before', first],
    ['best', all[0]],
    ['middle', all[runs >> 1]],
  ] as const) {
    if (!taken) throw new Error('nothing was measured');
    const { wall, cpu, start, load, data, run: ran, rss } = taken;
    line(name, ms(wall), ms(cpu), ms(start), ms(load), ms(data), ms(ran), megabytes(rss));
  }
  line('floor: node with nothing to do', ms(empty[0] ?? Number.NaN));
}
