import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '@plimsoll/adapters/database';
import { plainInstrument } from '@plimsoll/domain';
import { seededRandom } from '@plimsoll/kernel';
import { marketWorkspace } from '@plimsoll/ports';
import { computeHere, engineOn } from '../../apps/plimsoll/src/compose.ts';
import { systemClock } from '../../apps/plimsoll/src/system-clock.ts';
import { line, median, megabytes, ms, title } from '../report.ts';

const count = 100_000;
const words =
  'global energy bank mining foods motor data health water steel power air bio gold'.split(' ');

/** Listings with names of three words and symbols of four letters, some of them shared by venues. */
function listings() {
  const random = seededRandom(7);
  const letter = () => String.fromCharCode(65 + random.integer(26));
  const word = () => words[random.integer(words.length)] ?? '';
  return Array.from({ length: count }, (_, at) => {
    const symbol = `${letter()}${letter()}${letter()}${letter()}`;
    const name = `${word()} ${word()} ${symbol.toLowerCase()} ${at}`;
    const mic = at % 3 === 0 ? 'XNAS' : 'XLON';
    return plainInstrument({ id: `l${at}`, kind: 'equity', name, symbol, mic, currency: 'USD' });
  });
}

/** What a text means, asked as a page asks it: own instruments, then 100,000 listings. */
export async function run(): Promise<void> {
  title(`Find an instrument among ${count} listings, embedded database; target < 50 ms`);
  line('', 'time', 'CPU', 'found', 'RSS');
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const store = await openEmbedded(join(folder, 'data'), { clock: systemClock });
  try {
    const engine = await engineOn(store, computeHere);
    const w = 'bench';
    await engine.createWorkspace(w, w);
    const all = listings();
    await store.write(marketWorkspace, ({ catalogue }) => catalogue.saveInstruments(all));
    const ask = async (text: string): Promise<number> => {
      const answer = await engine.resolveInstruments(w, { text, limit: 25 });
      return answer.ok ? answer.value.matches.length : -1;
    };
    const rss = () => megabytes(process.memoryUsage.rss());
    const first = await median(1, () => ask('zzzz'));
    line('first, making the index', ms(first.wallMs), ms(first.cpuMs), '', rss());
    const symbol = all[70_000]?.symbol ?? '';
    for (const text of [
      symbol,
      `${symbol}@XLON`,
      'gold mining',
      'bank',
      'abc',
      'nothing like it',
    ]) {
      const taken = await median(15, () => ask(text));
      line(
        `"${text}", middle of 15`,
        ms(taken.wallMs),
        ms(taken.cpuMs),
        String(await ask(text)),
        rss(),
      );
    }
    const haystack = all.map(({ name }) => name).join('\n');
    const floor = await median(15, () => haystack.indexOf('nothing like it'));
    line('floor: one pass over all names', ms(floor.wallMs), ms(floor.cpuMs), '', rss());
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
