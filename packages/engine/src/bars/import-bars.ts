import {
  barsOfTicks,
  calendarFor,
  type Instrument,
  instrumentLabel,
  type TimedBars,
  type Timeframe,
} from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import type { BarFileContent } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { Answer, UploadedFile, WriteOptions, Written } from '../use-case.ts';
import type { BarParts } from './bar-parts.ts';
import type { BarImport, ImportedBarsView } from './bar-use-cases.ts';
import { newBars } from './new-bars.ts';
import { withBars } from './with-bars.ts';

interface Import {
  readonly files: readonly UploadedFile[];
  readonly request: BarImport;
  readonly options: WriteOptions;
}

/**
 * Takes bars, trades or quotes from files into the files of bars. Each file is taken as far as its rows
 * are sound; taking one again changes nothing, so the answer is kept under the key once all is done.
 */
export async function importBars(
  { context, look, write }: BarParts,
  workspace: string,
  { files, request, options }: Import,
): Written<ImportedBarsView> {
  const found = await look(workspace, async (view) => {
    const instrument = view.instruments.get(request.instrument);
    return instrument === undefined
      ? fault('instrument.unknown', `There is no instrument "${request.instrument}".`)
      : ok(instrument);
  });
  if (!found.ok) return found;
  const instrument = found.value;
  const { timeframe } = request;
  const taken: TakenFile[] = [];
  for (const file of files) {
    const one = await takeFile(context, instrument, timeframe, file);
    if (!one.ok) return one;
    taken.push(one.value);
  }
  const kept: ImportedBarsView['files'] = [];
  for (const one of taken) {
    const told = await keepFile(context, { workspace, instrument, timeframe }, one);
    if (!told.ok) return told;
    kept.push(told.value);
  }
  return write(workspace, options, async () =>
    ok({
      instrumentId: instrument.id,
      label: instrumentLabel(instrument),
      timeframe,
      files: kept,
      refused: taken.flatMap(({ refused }) => refused),
    }),
  );
}

interface TakenFile {
  readonly file: ImportedBarsView['files'][number];
  readonly bars: TimedBars;
  readonly refused: ImportedBarsView['refused'];
}

/** Writes the bars of a file that are not there as they are. */
function keepFile(
  context: EngineContext,
  of: {
    readonly workspace: string;
    readonly instrument: Instrument;
    readonly timeframe: Timeframe;
  },
  { file, bars }: TakenFile,
): Answer<TakenFile['file']> {
  return withBars(context, async (store) => {
    const fresh = await newBars(store, of, bars);
    if (fresh.from.length > 0) {
      const source = `file:${file.file}`;
      const written = { timeframe: of.timeframe, bars: fresh, source };
      await store.write(of.workspace, of.instrument.id, written);
    }
    const known = bars.from.length - fresh.from.length;
    const notes = known > 0 ? [`${known} bars were there already.`] : [];
    return ok({ ...file, notes: [...file.notes, ...notes] });
  });
}

async function takeFile(
  { barReader }: EngineContext,
  instrument: Instrument,
  timeframe: Timeframe,
  file: UploadedFile,
): Promise<Result<TakenFile, EngineFault>> {
  if (barReader === undefined) return fault('bars.unavailable', 'Files of bars are not read here.');
  const read = await barReader.read(file, timeframe);
  if (!read.ok) return fault('bars.refused', read.fault.detail);
  const { rows, content, refused, refusedCount, notes } = read.value;
  const rolled = barsFrom(content, timeframe, instrument);
  const count = rolled.bars.from.length;
  if (count === 0) {
    const [first] = refused;
    const why = first ? ` Line ${first.line}: ${first.reason}` : '';
    return fault('bars.refused', `${file.name} has no row that can be taken.${why}`);
  }
  const told = [...notes, ...rolled.notes];
  if (refusedCount > 0) told.push(`${refusedCount} rows were refused.`);
  return ok({
    file: { file: file.name, rows, bars: count, notes: told },
    bars: rolled.bars,
    refused: refused.map((one) => ({ file: file.name, ...one })),
  });
}

function barsFrom(
  content: BarFileContent['content'],
  timeframe: Timeframe,
  instrument: Instrument,
): { readonly bars: TimedBars; readonly notes: readonly string[] } {
  if (content.kind === 'bars') return { bars: content.bars, notes: [] };
  const calendar = calendarFor(instrument);
  const { bars, outside } = barsOfTicks(content.ticks, timeframe, calendar);
  const notes = [`${content.ticks.at.length} ticks were rolled up to bars of ${timeframe}.`];
  if (outside > 0) notes.push(`${outside} ticks lie outside the sessions of ${calendar.name}.`);
  return { bars, notes };
}
