import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marketDataConformance } from '@plimsoll/ports/conformance';
import { afterAll, describe, expect, it } from 'vitest';
import csvFolder from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'prices-'));
afterAll(() => rmSync(folder, { recursive: true }));

const rows = Array.from(
  { length: 20 },
  (_, i) => `2024-03-${String(i + 1).padStart(2, '0')},${10 + i},${i === 8 ? 0.5 : 0}`,
);
writeFileSync(join(folder, 'ACME.csv'), `date,close,dividend\n${rows.join('\n')}\n`);
for (const place of ['x', 'y']) {
  mkdirSync(join(folder, place));
  writeFileSync(
    join(folder, place, 'TWIN.csv'),
    `date,close\n2024-01-02,${place === 'x' ? 1 : 2}\n`,
  );
}
writeFileSync(join(folder, 'BAD.csv'), 'date,close\nnever,5\n');
writeFileSync(join(folder, 'curve.csv'), 'date,equity\n2024-01-02,5\n');

const provider = csvFolder.create({ folder });
const ask = (symbol: string) =>
  provider.daily({ symbol }, '2000-01-01', '2100-01-01', new AbortController().signal);

marketDataConformance('csv-folder', {
  provider: () => provider,
  symbol: 'ACME',
  unknownSymbol: 'NOPE',
  simulated: false,
});

describe('a folder of price files', () => {
  it('asks which file is meant where two have the symbol', async () => {
    expect(await ask('TWIN')).toMatchObject({
      ok: false,
      fault: { detail: expect.stringMatching(/TWIN\.csv and .*TWIN\.csv/) },
    });
    const found = await ask('y/TWIN');
    expect(found.ok && [...found.value.bars.close]).toEqual([2]);
  });

  it('says of a file without a good row which row was first refused, and why', async () => {
    expect(await ask('BAD')).toMatchObject({
      ok: false,
      fault: { code: 'market-data.no-data', detail: expect.stringContaining('line 2: "never"') },
    });
  });

  it('says of a file that holds no prices what it lacks', async () => {
    expect(await ask('curve')).toMatchObject({
      ok: false,
      fault: { detail: expect.stringContaining('curve.csv: has no column for the close') },
    });
  });

  it('reads a file again once it has changed', async () => {
    const path = join(folder, 'CHANGES.csv');
    writeFileSync(path, 'date,close\n2024-01-02,5\n');
    const before = await ask('CHANGES');
    writeFileSync(path, 'date,close\n2024-01-02,6\n');
    utimesSync(path, 1, 1);
    const after = await ask('CHANGES');
    expect([before, after].map((answer) => answer.ok && answer.value.bars.close[0])).toEqual([
      5, 6,
    ]);
  });

  it('that is not there is a fault naming it', async () => {
    const lost = csvFolder.create({ folder: join(folder, 'lost') });
    expect(await lost.search('', 5)).toMatchObject({
      ok: false,
      fault: { code: 'market-data.unavailable', detail: expect.stringContaining('lost') },
    });
  });

  it('needs its path', () => {
    expect(() => csvFolder.config?.parse({})).toThrow('folder');
  });
});
