import { stat } from 'node:fs/promises';
import type { Engine } from '@plimsoll/engine';
import { isDay } from '@plimsoll/kernel';
import type { Call, Command } from '../cli/command.ts';
import { theInstrument } from '../cli/look-up.ts';
import { checkPriceFiles } from '../cli/market/check-price-files.ts';
import { linkPrices, unlinkPrices } from '../cli/market/price-links.ts';
import { priceQuality } from '../cli/market/price-quality.ts';
import { showPriceStatus } from '../cli/market/price-status.ts';
import { refreshPrices } from '../cli/market/price-work.ts';
import { priceFilesIn, readGiven } from '../cli/read-files.ts';
import {
  CommandRefusal,
  refusedLine,
  requireArgument,
  taken,
  UsageRefusal,
  written,
} from '../cli/refusals.ts';
import { plain, table } from '../cli/table.ts';

type Prices = Extract<Awaited<ReturnType<Engine['importPrices']>>, { ok: true }>['value']['value'];

export const command: Command = {
  summary: 'Show, fetch, import or enter prices, and judge their quality.',
  usage: [
    'prices',
    'prices status',
    'prices refresh [INSTRUMENT…]',
    'prices backfill [INSTRUMENT…] [--from DAY]',
    'prices quality [--all]',
    'prices quality release|reject|undo|seen|reopen ID --reason TEXT',
    'prices link [INSTRUMENT [PROVIDER:SYMBOL]]',
    'prices unlink INSTRUMENT',
    'prices import PATH… [--currency CUR]',
    'prices check PATH… [--as-traded] [--write FOLDER]',
    'prices set INSTRUMENT DAY PRICE',
  ],
  options: {
    currency: {
      type: 'string',
      value: 'CUR',
      help: 'Currency of series whose instrument is not known yet.',
    },
    from: {
      type: 'string',
      value: 'DAY',
      help: 'First day of a back-fill; all that there is if not given.',
    },
    reason: { type: 'string', value: 'TEXT', help: 'Why it is decided so.' },
    'as-traded': {
      type: 'boolean',
      help: 'The files to check have closes as traded, later splits not undone.',
    },
    write: { type: 'string', value: 'FOLDER', help: 'Write the mended series there.' },
    all: { type: 'boolean', help: 'Show what was decided and repaired too.' },
  },
  notes: [
    'PATH is a file or a folder, with all below it: date,open,high,low,close,adj_close,volume, or the',
    "European Central Bank's history of rates; packed with gzip or not. A file is named for its symbol.",
    'Nothing is fetched until a provider is turned on: plimsoll providers.',
  ],
  run: async (call) => {
    const [action, ...rest] = call.positionals;
    if (action === undefined) return showCoverage(call);
    if (action === 'import') return importPrices(call, rest);
    if (action === 'check') return checkPriceFiles(call, rest);
    if (action === 'set') return setPrice(call, rest);
    if (action === 'status') return showPriceStatus(call);
    if (action === 'refresh' || action === 'backfill') return refreshPrices(call, action, rest);
    if (action === 'quality') return priceQuality(call, rest);
    if (action === 'link') return linkPrices(call, rest);
    if (action === 'unlink') return unlinkPrices(call, rest);
    throw new UsageRefusal(`There is no "prices ${action}".`);
  },
};

async function showCoverage(call: Call): Promise<void> {
  const engine = await call.engine();
  const coverage = taken(await engine.priceCoverage(call.workspace));
  if (call.json) return call.output.json(coverage);
  if (coverage.length === 0) return call.output.print('There are no prices yet.');
  const rows = coverage.map(({ label, first, last, count, source }) => [
    plain(label),
    first,
    last,
    String(count),
    plain(source),
  ]);
  call.output.print(table(coverageColumns, rows));
}

const coverageColumns = [
  { title: 'Instrument' },
  { title: 'First' },
  { title: 'Last' },
  { title: 'Days', right: true },
  { title: 'Source' },
];

async function setPrice(call: Call, [name, day, close]: readonly string[]): Promise<void> {
  const wanted = requireArgument(name, 'INSTRUMENT');
  const on = requireArgument(day, 'DAY');
  const price = requireArgument(close, 'PRICE');
  if (!isDay(on)) throw new UsageRefusal(`"${on}" is not a day like 2026-03-31.`);
  if (!/^\d{1,40}(?:\.\d{1,24})?$/.test(price)) {
    throw new UsageRefusal(`"${price}" is not a price like 1234.5.`);
  }
  const engine = await call.engine();
  const { id } = await theInstrument(engine, call.workspace, wanted);
  const prices = [{ day: on, close: price }];
  finish(call, written(await engine.setPrices(call.workspace, id, prices, { actor: 'owner' })));
}

/** So much at a time: a folder of any size passes, and none of it is held twice. */
const batchBytes = 32 * 1024 * 1024;
const batchFiles = 200;

async function importPrices(call: Call, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) throw new UsageRefusal('PATH is missing.');
  const all = await priceFilesIn(paths);
  const engine = await call.engine();
  const options = { currency: call.text('currency')?.toUpperCase() ?? call.base };
  const done: Prices[] = [];
  for (const batch of await batchesOf(all)) {
    const files = await Promise.all(batch.map(readGiven));
    const answer = await engine.importPrices(call.workspace, files, options, { actor: 'owner' });
    const refused = answer.ok ? undefined : (answer.fault.facts?.['refused'] as Prices['refused']);
    // One batch without a usable file does not end the others; it is told with them.
    if (refused) done.push({ added: 0, changed: 0, refused, series: [] });
    else done.push(written(answer));
  }
  finish(call, {
    added: done.reduce((sum, { added }) => sum + added, 0),
    changed: done.reduce((sum, { changed }) => sum + changed, 0),
    refused: done.flatMap(({ refused }) => refused),
    series: done.flatMap(({ series }) => series),
  });
}

async function batchesOf(paths: readonly string[]): Promise<string[][]> {
  const batches: string[][] = [];
  let room = 0;
  for (const path of paths) {
    const { size } = await stat(path);
    const last = batches.at(-1);
    if (last === undefined || size > room || last.length >= batchFiles) {
      batches.push([path]);
      room = batchBytes - size;
    } else {
      last.push(path);
      room -= size;
    }
  }
  return batches;
}

function finish(call: Call, { added, changed, refused, series }: Prices): void {
  if (call.json) call.output.json({ added, changed, refused, series });
  else {
    const rows = series.map((one) => [
      plain(one.label),
      one.first ?? '',
      one.last ?? '',
      String(one.added),
      String(one.changed),
    ]);
    if (rows.length > 0) call.output.print(table(seriesColumns, rows));
    call.output.print(`${added} prices added, ${changed} changed, ${refused.length} refused.`);
  }
  if (refused.length === 0) return;
  const lines = refused.map((row) => plain(refusedLine(row)));
  if (series.length > 0) for (const line of lines) call.output.note(line);
  else {
    throw new CommandRefusal({ code: 'prices.refused', detail: 'No price was taken.' }, lines);
  }
}

const seriesColumns = [
  { title: 'Instrument' },
  { title: 'First' },
  { title: 'Last' },
  { title: 'Added', right: true },
  { title: 'Changed', right: true },
];
