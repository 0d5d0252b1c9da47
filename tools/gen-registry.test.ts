import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adapterRegistry, listRegistry } from './gen-registry.ts';

describe('the adapter registry', () => {
  let source: string;
  beforeEach(() => {
    source = mkdtempSync(join(tmpdir(), 'plimsoll-registry-'));
  });
  afterEach(() => rmSync(source, { recursive: true, force: true }));

  const add = (folder: string): void => {
    mkdirSync(join(source, folder), { recursive: true });
    writeFileSync(join(source, folder, 'index.ts'), '');
  };

  it('lists each importer and market-data folder by id, in order', () => {
    for (const id of ['importer/trading-212', 'importer/degiro', 'market-data/csv']) add(id);
    expect(adapterRegistry(source)).toBe(
      [
        '// Written by `npm run gen` from the folders of this package. Do not edit.',
        "import importerDegiro from './importer/degiro/index.ts';",
        "import importerTrading212 from './importer/trading-212/index.ts';",
        "import marketDataCsv from './market-data/csv/index.ts';",
        '',
        '/** Every importer adapter, by id. */',
        'export const importerAdapters = {',
        '  degiro: importerDegiro,',
        "  'trading-212': importerTrading212,",
        '} as const;',
        '',
        '/** Every market-data adapter, by id. */',
        'export const marketDataAdapters = {',
        '  csv: marketDataCsv,',
        '} as const;',
        '',
      ].join('\n'),
    );
  });

  it('leaves out folders without an index, and other ports', () => {
    mkdirSync(join(source, 'importer', 'half-made'), { recursive: true });
    add('database/pglite');
    expect(adapterRegistry(source)).not.toMatch(/import /);
  });

  it('lists what analytics finds by folder, in order', () => {
    for (const id of ['metrics/sharpe', 'metrics/cagr', 'metrics/best-day']) add(id);
    expect(listRegistry('metrics', source)).toBe(
      [
        '// Written by `npm run gen` from the folders of this package. Do not edit.',
        "import bestDayEntry from './best-day/index.ts';",
        "import cagrEntry from './cagr/index.ts';",
        "import sharpeEntry from './sharpe/index.ts';",
        '',
        '/** All metrics, by the order of their ids. */',
        'export const metrics = [',
        '  bestDayEntry,',
        '  cagrEntry,',
        '  sharpeEntry,',
        '] as const;',
        '',
      ].join('\n'),
    );
  });
});
