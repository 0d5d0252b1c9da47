import { writeFile } from 'node:fs/promises';
import { etlMapping, etlOptions } from '@plimsoll/contracts';
import { checked } from '../cli/checked.ts';
import type { Call, Command } from '../cli/command.ts';
import { showReport } from '../cli/etl-report.ts';
import { theInstrument } from '../cli/look-up.ts';
import { filesIn, readGiven } from '../cli/read-files.ts';
import { requireArgument, taken, UsageRefusal, written } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

const owner = { actor: 'owner' } as const;

export const command: Command = {
  summary: 'Load prices, figures and reference data from files of any layout.',
  usage: [
    'etl preview FILE… [--kind KIND] [--map "TITLE=MEANING"]…',
    'etl run FILE… [--kind KIND] [--map "TITLE=MEANING"]… [--refused FILE.csv]',
    'etl runs',
    'etl refused RUN',
    'etl mappings',
    'etl save-mapping NAME --map "TITLE=MEANING"… [--kind KIND]',
  ],
  options: {
    kind: {
      type: 'string',
      value: 'KIND',
      help: 'prices, fundamentals, constituents, reference or actions; told by the titles if not given.',
    },
    map: {
      type: 'string',
      multiple: true,
      value: 'TITLE=MEANING',
      help: 'What a column means: date, symbol, close, ignore, or the name of a metric or symbol.',
    },
    mapping: { type: 'string', value: 'NAME', help: 'A saved mapping.' },
    currency: { type: 'string', value: 'CUR', help: 'Of what does not say it.' },
    fund: { type: 'string', value: 'FUND', help: 'The fund whose holdings a file lists.' },
    'as-of': { type: 'string', value: 'DAY', help: 'The day of a list of holdings.' },
    index: { type: 'string', value: 'INDEX', help: 'The index whose members a file lists: ^GSPC.' },
    period: { type: 'string', value: 'PERIOD', help: 'Of figures: year, quarter, ttm …' },
    refused: { type: 'string', value: 'FILE', help: 'Writes refused rows there, to be mended.' },
  },
  notes: [
    'FILE is CSV of any delimiter, JSON, JSON lines or a workbook (.xlsx), packed with gzip or zip or',
    'not, or a folder of such files. The same files again change nothing.',
  ],
  run: async (call) => {
    const [action, ...rest] = call.positionals;
    const run = verbs[action ?? ''];
    if (!run)
      throw new UsageRefusal('Say etl preview, run, runs, refused, mappings or save-mapping.');
    return run(call, rest);
  },
};

const verbs: Readonly<Record<string, (call: Call, rest: readonly string[]) => Promise<void>>> = {
  preview,
  run,
  runs: listRuns,
  refused: showRefused,
  mappings: listMappings,
  'save-mapping': saveMapping,
};

/** `Kurs=close` → `{"Kurs": "close"}`. */
function columnsOf(call: Call): Record<string, string> | undefined {
  const given = call.texts('map').map((text) => {
    const at = text.lastIndexOf('=');
    if (at < 1) throw new UsageRefusal(`"${text}" is not TITLE=MEANING.`);
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

async function optionsOf(call: Call) {
  const fund = call.text('fund');
  const engine = await call.engine();
  return checked(etlOptions, {
    kind: call.text('kind'),
    columns: columnsOf(call),
    mapping: call.text('mapping'),
    currency: (call.text('currency') ?? call.base)?.toUpperCase(),
    fund: fund && (await theInstrument(engine, call.workspace, fund)).id,
    asOf: call.text('as-of'),
    index: call.text('index'),
    period: call.text('period'),
  });
}

async function filesOf(paths: readonly string[]) {
  if (paths.length === 0) throw new UsageRefusal('FILE is missing.');
  return Promise.all((await filesIn(paths)).map(readGiven));
}

async function preview(call: Call, paths: readonly string[]): Promise<void> {
  const files = await filesOf(paths);
  const options = await optionsOf(call);
  const engine = await call.engine();
  showReport(call, taken(await engine.previewEtl(call.workspace, files, options)));
}

async function run(call: Call, paths: readonly string[]): Promise<void> {
  const files = await filesOf(paths);
  const options = await optionsOf(call);
  const engine = await call.engine();
  const report = written(await engine.runEtl(call.workspace, files, options, owner));
  showReport(call, report);
  const target = call.text('refused');
  if (target === undefined || report.runId === null) return;
  await writeFile(target, taken(await engine.etlRefusedRows(call.workspace, report.runId)));
  call.output.note(`Refused rows are in ${target}.`);
}

async function listRuns(call: Call): Promise<void> {
  const engine = await call.engine();
  const runs = taken(await engine.etlRuns(call.workspace, 50));
  if (call.json) return call.output.json(runs);
  if (runs.length === 0) return call.output.print('Nothing was loaded yet.');
  const titles = ['Id', 'When', 'Kind', 'Files', 'Added', 'Changed', 'Refused'];
  const rows = runs.map(({ id, recordedAt, kind, report }) => [
    id,
    recordedAt.slice(0, 16),
    kind,
    plain([...new Set(report.sources.map(({ file }) => file))].join(' ').slice(0, 60)),
    String(report.added),
    String(report.changed),
    String(report.refused + report.quarantined),
  ]);
  call.output.print(
    table(
      titles.map((title) => ({ title })),
      rows,
    ),
  );
}

async function showRefused(call: Call, [id]: readonly string[]): Promise<void> {
  const engine = await call.engine();
  const wanted = requireArgument(id, 'RUN');
  call.output.print(taken(await engine.etlRefusedRows(call.workspace, wanted)).trimEnd());
}

async function listMappings(call: Call): Promise<void> {
  const engine = await call.engine();
  const mappings = taken(await engine.etlMappings(call.workspace));
  if (call.json) return call.output.json(mappings);
  if (mappings.length === 0) return call.output.print('No mapping is saved yet.');
  for (const { name, kind, columns } of mappings) {
    const pairs = Object.entries(columns).map(([title, meaning]) => `${title}=${meaning}`);
    call.output.print(plain(`${name} (${kind}): ${pairs.join(', ')}`));
  }
}

async function saveMapping(call: Call, [name]: readonly string[]): Promise<void> {
  const mapping = checked(etlMapping, {
    name: requireArgument(name, 'NAME'),
    kind: call.text('kind') ?? 'prices',
    columns: columnsOf(call) ?? {},
  });
  if (Object.keys(mapping.columns).length === 0) throw new UsageRefusal('--map is missing.');
  const engine = await call.engine();
  const saved = written(await engine.saveEtlMapping(call.workspace, mapping, owner));
  if (call.json) call.output.json(saved);
  else call.output.print(`Saved: --mapping ${saved.name}`);
}
