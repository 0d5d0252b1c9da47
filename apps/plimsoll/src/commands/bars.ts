import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BarsQuery, BarsView } from '@plimsoll/engine';
import { type Timeframe, timeframes } from '@plimsoll/ports';
import type { Call, Command } from '../cli/command.ts';
import { theInstrument } from '../cli/look-up.ts';
import { readGiven } from '../cli/read-files.ts';
import { requireArgument, taken, UsageRefusal, written } from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

const adjustments = [
  'none',
  'split',
  'total-return',
] as const satisfies readonly BarsQuery['adjust'][];

export const command: Command = {
  summary: 'Show bars of any length, import intraday ones, join their files.',
  usage: [
    'bars INSTRUMENT [--timeframe 1m] [--from WHEN] [--until WHEN] [--adjust split] [--limit N] [--csv]',
    'bars import FILE… --instrument NAME [--timeframe 1m]',
    'bars status',
    'bars compact',
  ],
  options: {
    timeframe: { type: 'string', value: 'FRAME', help: `${timeframes.join(', ')}.` },
    from: { type: 'string', value: 'WHEN', help: 'Bars that start then or later.' },
    until: { type: 'string', value: 'WHEN', help: 'Bars that start before then.' },
    adjust: { type: 'string', value: 'HOW', help: 'none, split, or total-return.' },
    limit: { type: 'string', value: 'N', help: 'The newest N bars; 1000 if not given.' },
    csv: { type: 'boolean', help: 'As CSV.' },
    instrument: { type: 'string', value: 'NAME', help: 'Whose bars the files have.' },
  },
  notes: [
    'WHEN is a day (its midnight UTC) or an instant, 2026-03-31T14:30:00Z.',
    'FILE is CSV, packed with gzip or not, or Parquet: bars (a time, open, high, low, close, volume),',
    'trades (a time, price, size) or quotes (a time, bid, ask), which are rolled up to the timeframe.',
  ],
  run: async (call) => {
    const [action, ...rest] = call.positionals;
    if (action === 'import') return importFiles(call, rest);
    if (action === 'status') return showStatus(call);
    if (action === 'compact') return compact(call);
    return showBars(call, requireArgument(action, 'INSTRUMENT'));
  },
};

function oneOf<T extends string>(call: Call, name: string, known: readonly T[], fallback: T): T {
  const given = call.text(name) ?? fallback;
  const found = known.find((one) => one === given);
  if (found !== undefined) return found;
  throw new UsageRefusal(`--${name} "${given}" is not one of ${known.join(', ')}.`);
}

const frameOf = (call: Call, fallback: Timeframe): Timeframe =>
  oneOf(call, 'timeframe', timeframes, fallback);

function moment(call: Call, name: string): number | undefined {
  const given = call.text(name);
  if (given === undefined) return undefined;
  const shape = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/;
  const at = shape.test(given) ? Date.parse(given) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new UsageRefusal(
    `--${name} "${given}" is not a day like 2026-03-31 or an instant like 2026-03-31T14:30:00Z.`,
  );
}

async function showBars(call: Call, name: string): Promise<void> {
  const limit = Number(call.text('limit') ?? 1_000);
  if (!Number.isInteger(limit) || limit < 1 || limit > 50_000) {
    throw new UsageRefusal(`--limit "${call.text('limit')}" is not a number from 1 to 50000.`);
  }
  const query = {
    timeframe: frameOf(call, '1d'),
    from: moment(call, 'from'),
    until: moment(call, 'until'),
    adjust: oneOf(call, 'adjust', adjustments, 'none'),
    limit,
  };
  const engine = await call.engine();
  const { id } = await theInstrument(engine, call.workspace, name);
  const bars = taken(await engine.bars(call.workspace, { ...query, instrument: id }));
  if (call.json) return call.output.json(bars);
  if (call.flag('csv')) return call.output.print(csvOf(bars));
  if (bars.from.length > 0) call.output.print(table(barColumns, rowsOf(bars)));
  else call.output.print(`There are no bars of ${plain(bars.label)} in that range.`);
  if (bars.source !== '') call.output.note(`Source: ${plain(fewOf(bars.source))}.`);
  if (bars.more) call.output.note('There are older ones: say --from or a higher --limit.');
  for (const note of bars.notes) call.output.note(plain(note));
}

const fields = ['open', 'high', 'low', 'close', 'volume'] as const;
const barColumns = [
  { title: 'From' },
  ...fields.map((field) => ({ title: `${field[0]?.toUpperCase()}${field.slice(1)}`, right: true })),
];

const fromText = ({ timeframe }: BarsView, at: number): string => {
  const text = new Date(at).toISOString();
  return timeframe === '1d' ? text.slice(0, 10) : text.replace('.000Z', 'Z');
};

const rowsOf = (bars: BarsView): string[][] =>
  bars.from.map((at, i) => [
    fromText(bars, at),
    ...fields.map((field) => shortCell(bars[field][i])),
  ]);

/** As it is kept; a table leaves out the last digits, which are the rounding of the machine. */
const cell = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

const shortCell = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(Number(value.toPrecision(12)));

const csvOf = (bars: BarsView): string =>
  [
    ['ts_utc', ...fields].join(','),
    ...bars.from.map((at, i) =>
      [new Date(at).toISOString(), ...fields.map((field) => cell(bars[field][i]))].join(','),
    ),
  ].join('\n');

/** So much at a time: what a server takes in one request, with room to spare. */
const batchBytes = 24 * 1024 * 1024;

async function importFiles(call: Call, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) throw new UsageRefusal('FILE is missing.');
  const timeframe = frameOf(call, '1m');
  const engine = await call.engine();
  const wanted = requireArgument(call.text('instrument'), '--instrument NAME');
  const { id } = await theInstrument(engine, call.workspace, wanted);
  const done = [];
  for (const batch of await batchesOf(paths)) {
    const files = await Promise.all(batch.map(readGiven));
    const request = { instrument: id, timeframe };
    done.push(written(await engine.importBars(call.workspace, files, request, { actor: 'owner' })));
  }
  const files = done.flatMap((one) => one.files);
  const refused = done.flatMap((one) => one.refused);
  if (call.json) return call.output.json({ instrumentId: id, timeframe, files, refused });
  const rows = files.map(({ file, rows: read, bars, notes }) => [
    plain(file),
    String(read),
    String(bars),
    plain(notes.join(' ')),
  ]);
  call.output.print(table(importColumns, rows));
  for (const { file, line, reason } of refused) {
    call.output.note(plain(`${basename(file)} line ${line}: ${reason}`));
  }
}

const importColumns = [
  { title: 'File' },
  { title: 'Rows', right: true },
  { title: 'Bars', right: true },
  { title: '' },
];

async function batchesOf(paths: readonly string[]): Promise<string[][]> {
  const batches: string[][] = [];
  let room = 0;
  for (const path of paths) {
    // What is not there is told by whoever reads it.
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    const last = batches.at(-1);
    if (last === undefined || size > room) {
      batches.push([path]);
      room = batchBytes - size;
    } else {
      last.push(path);
      room -= size;
    }
  }
  return batches;
}

async function showStatus(call: Call): Promise<void> {
  const coverage = taken(await (await call.engine()).barCoverage(call.workspace));
  if (call.json) return call.output.json(coverage);
  if (coverage.length === 0) return call.output.print('There are no intraday bars yet.');
  const rows = coverage.map((one) => [
    plain(one.label),
    one.timeframe,
    new Date(one.first).toISOString().replace('.000Z', 'Z'),
    new Date(one.last).toISOString().replace('.000Z', 'Z'),
    String(one.count),
    String(one.files),
    `${(one.bytes / 2 ** 20).toFixed(1)} MB`,
    plain(fewOf(one.source)),
  ]);
  call.output.print(table(statusColumns, rows));
}

const statusColumns = [
  { title: 'Instrument' },
  { title: 'Frame' },
  { title: 'First' },
  { title: 'Last' },
  { title: 'Bars', right: true },
  { title: 'Files', right: true },
  { title: 'Size', right: true },
  { title: 'Source' },
];

/** Files are many: the first three, and how many more. */
function fewOf(source: string): string {
  const all = source.split(', ');
  if (all.length <= 4) return source;
  return `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`;
}

async function compact(call: Call): Promise<void> {
  const { before, after } = taken(await (await call.engine()).compactBars(call.workspace));
  if (call.json) call.output.json({ before, after });
  else call.output.print(`${before} files before, ${after} now.`);
}
