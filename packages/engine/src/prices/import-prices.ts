import { type Instrument, inspectBars, instrumentLabel } from '@plimsoll/domain';
import { type Day, dayFromNumber, dayNumber, ok, type Result } from '@plimsoll/kernel';
import type { DailyBars, PriceFileReader, PriceFileSeries, UnitOfWork } from '@plimsoll/ports';
import type { PriceImportOptions } from '../engine.ts';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import { rowJson } from '../market/bar-rows.ts';
import type { UploadedFile } from '../use-case.ts';
import type { PricesView } from '../views.ts';
import { PriceInstruments } from './price-instruments.ts';
import { fitSeries } from './price-unit.ts';

type Outcome<T> = Promise<Result<T, EngineFault>>;

/** Series read from the files, and what of them was refused. */
export interface ReadPrices {
  readonly series: readonly { readonly file: string; readonly read: PriceFileSeries }[];
  readonly refused: PricesView['refused'];
}

/** Reads price files of every known format. No state is touched. */
export function readPriceFiles(context: EngineContext, files: readonly UploadedFile[]): ReadPrices {
  const series: { file: string; read: PriceFileSeries }[] = [];
  const refused: PricesView['refused'] = [];
  for (const { name, bytes } of files) {
    const answer = readOne(context.priceReaders, name, bytes);
    if (!answer.ok) {
      refused.push({
        file: name,
        line: null,
        reason: answer.fault.detail,
        fix: 'Prices need at least the columns date and close.',
      });
      continue;
    }
    for (const read of answer.value) series.push({ file: name, read });
  }
  return { series, refused };
}

/** The first reader that can make sense of the file; else the complaint of the first, which reads plain CSV. */
function readOne(readers: readonly PriceFileReader[], name: string, bytes: Uint8Array) {
  let first: Result<readonly PriceFileSeries[]> | null = null;
  for (const reader of readers) {
    const answer = reader.read(name, bytes);
    if (answer.ok && answer.value.length > 0) return answer;
    first ??= answer;
  }
  return first && !first.ok
    ? first
    : {
        ok: false as const,
        fault: { code: 'market-data.no-data', detail: `${name} holds no prices.` },
      };
}

/** Keeps what the files say, bad rows in quarantine with their reason. */
export async function importPrices(
  context: EngineContext,
  unit: UnitOfWork,
  { series, refused }: ReadPrices,
  options: PriceImportOptions,
): Outcome<PricesView> {
  if (series.length === 0) {
    const [first] = refused;
    return fault(
      'prices.refused',
      first ? `${first.file}: ${first.reason} ${first.fix}` : 'No file was given.',
      { refused },
    );
  }
  const kept = await unit.catalogue.instruments();
  const instruments = new PriceInstruments(kept, context.newId);
  const before = new Set(kept.map(({ id }) => id));
  const reply = { added: 0, changed: 0, refused: [...refused], series: [] as PricesView['series'] };
  const made = new Set<string>();
  for (const { file, read } of series) {
    const found = instruments.ofSeries(read, options.currency);
    const fitted = fitSeries(found, read.history.bars, read.history.currency);
    if (!fitted.ok) {
      reply.refused.push({
        file,
        line: null,
        reason: fitted.fault.detail,
        fix: 'Bring prices of this instrument in its own currency, or name the file for the one that is meant.',
      });
      continue;
    }
    const { instrument, bars } = fitted.value;
    const isNew = !before.has(instrument.id) && !made.has(instrument.id);
    if (isNew || instrument !== found) {
      made.add(instrument.id);
      instruments.keep(instrument);
      await unit.catalogue.saveInstruments([instrument]);
    }
    const taken = await keepSeries(unit, instrument, file, read, bars);
    reply.added += taken.added;
    reply.changed += taken.changed;
    reply.refused.push(...taken.refused);
    reply.series.push(taken.series);
  }
  await announce(
    context,
    unit,
    reply.series.map(({ instrumentId }) => instrumentId),
  );
  return ok(reply);
}

async function keepSeries(
  unit: UnitOfWork,
  instrument: Instrument,
  file: string,
  read: PriceFileSeries,
  bars: DailyBars,
) {
  const { rejected } = read.history;
  const actionDays = read.history.actions.map(({ day }) => dayNumber(day));
  const inspected = inspectBars(bars, new Set(actionDays));
  const good: DailyBars = inspected.accepted;
  const quarantined = [
    ...rejected.map(({ day, reason, line, row }) => ({
      day,
      reason,
      line: line ?? null,
      row: row ?? null,
    })),
    ...inspected.quarantined.map(({ index, day, reason }) => ({
      day: dayFromNumber(day),
      reason,
      line: null,
      row: rowJson(bars, index),
    })),
  ];
  const source = `csv:${file}`;
  const { added, changed } = await unit.prices.merge(instrument.id, good, source);
  if (quarantined.length > 0) {
    await unit.prices.quarantine(
      quarantined.map(({ day, reason, row }) => ({
        instrumentId: instrument.id,
        day,
        reason,
        source,
        row,
      })),
    );
  }
  const first = good.days[0];
  const last = good.days.at(-1);
  return {
    added,
    changed,
    refused: quarantined.map(({ day, reason, line }) => ({
      file,
      line,
      reason: `${day}: ${reason}`,
      fix: 'Mend the row and import the file again; the other rows were taken.',
    })),
    series: {
      instrumentId: instrument.id,
      label: instrumentLabel(instrument),
      added,
      changed,
      first: first === undefined ? null : dayFromNumber(first),
      last: last === undefined ? null : dayFromNumber(last),
    },
  };
}

const announce = (context: EngineContext, unit: UnitOfWork, instrumentIds: readonly string[]) =>
  unit.outbox.add([
    { id: context.newId(), type: 'prices.changed', payload: { instrumentIds: [...instrumentIds] } },
  ]);

/** Prices entered by hand. */
export async function setPrices(
  context: EngineContext,
  unit: UnitOfWork,
  instrumentId: string,
  prices: readonly { readonly day: Day; readonly close: string }[],
): Outcome<PricesView> {
  const instrument = (await unit.catalogue.instruments()).find(({ id }) => id === instrumentId);
  if (!instrument) return fault('instrument.unknown', `There is no instrument "${instrumentId}".`);
  const byDay = new Map(prices.map(({ day, close }) => [dayNumber(day), Number(close)]));
  const bad = prices.find(({ close }) => !(Number(close) > 0));
  if (bad)
    return fault(
      'prices.refused',
      `The price of ${bad.day} must be more than 0, not "${bad.close}".`,
    );
  const days = Int32Array.from(byDay.keys()).sort();
  const close = Float64Array.from(days, (day) => byDay.get(day) ?? Number.NaN);
  const unknown = () => new Float64Array(days.length).fill(Number.NaN);
  const { added, changed } = await unit.prices.merge(
    instrumentId,
    {
      days,
      close,
      open: unknown(),
      high: unknown(),
      low: unknown(),
      adjustedClose: unknown(),
      volume: unknown(),
    },
    'by hand',
  );
  await announce(context, unit, [instrumentId]);
  return ok({
    added,
    changed,
    refused: [],
    series: [
      {
        instrumentId,
        label: instrumentLabel(instrument),
        added,
        changed,
        first: dayFromNumber(days[0] ?? 0),
        last: dayFromNumber(days.at(-1) ?? 0),
      },
    ],
  });
}
