import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result, refuse } from '@plimsoll/kernel';

const types = join(
  import.meta.dirname,
  ...['..', '..', '..', '..', '..'],
  'packages/analytics/src/strategy/index.ts',
);

/**
 * Puts a strategy that works, a configuration file for it and what editors need into a folder of own
 * strategies, which is made where it is not there.
 *
 * @returns the files that were written; refused where one of that name is there already.
 */
export function newStrategy(folder: string, name: string): Result<readonly string[]> {
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(name)) {
    const detail = `"${name}" is no name for a strategy: small letters, digits and hyphens, like my-trend.`;
    return refuse({ code: 'strategy.name', detail });
  }
  const files = { [`${name}.ts`]: strategyText(name), [`${name}.yaml`]: runText(name) };
  const there = Object.keys(files).find((file) => existsSync(join(folder, file)));
  if (there !== undefined) {
    const detail = `There is a file ${there} in ${folder} already. Choose another name.`;
    return refuse({ code: 'strategy.name', detail });
  }
  mkdirSync(folder, { recursive: true });
  const settings = existsSync(join(folder, 'tsconfig.json')) ? {} : { 'tsconfig.json': editorText };
  const all = Object.entries({ ...files, ...settings });
  for (const [file, text] of all) writeFileSync(join(folder, file), text, { flag: 'wx' });
  return ok(all.map(([file]) => join(folder, file)));
}

const strategyText = (name: string): string => `import { defineStrategy } from '@plimsoll/strategy';

export default defineStrategy({
  id: '${name}',
  title: '${name}',
  summary: 'Long while the close is above the average of the last closes, flat below.',
  params: {
    length: { kind: 'integer', title: 'Bars of the average', min: 2, default: 100 },
  },
  instruments: { min: 1, max: 1 },
  warmUp: ({ length }) => length,
  // What it returns is what the strategy remembers from bar to bar.
  onStart: (context) => ({
    average: context.indicator('sma', { period: context.params.length }),
  }),
  onBar: ({ instrument, orders }, { average }) => {
    orders.signal(instrument, instrument.close > average.value ? 1 : 0);
  },
});
`;

const runText = (name: string): string => `title: ${name}
strategy: ./${name}.ts
params: { length: 100 }
universe: [AAPL]
cash: 100000
commission: { kind: bps, bps: 5 }
`;

const editorText = `${JSON.stringify(
  {
    compilerOptions: {
      target: 'es2024',
      module: 'nodenext',
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      types: [],
      paths: { '@plimsoll/strategy': [types] },
    },
    include: ['*.ts'],
  },
  null,
  2,
)}
`;
