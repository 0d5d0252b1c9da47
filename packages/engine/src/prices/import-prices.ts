import { type Instrument, inspectBars, instrumentLabel, plainInstrument } from '@plimsoll/domain';
import { type Day, dayFromNumber, dayNumber, ok, type Result } from '@plimsoll/kernel';
import type { DailyBars, PriceFileReader, PriceFileSeries, UnitOfWork } from '@plimsoll/ports';
import type { PriceImportOptions, UploadedFile } from '../engine.ts';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import { unknownCurrency } from '../imports/instrument-index.ts';
import type { PricesView } from '../views.ts';
import { fitSeries, priceUnit } from './price-unit.ts';

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

const fxPair = /^([A-Z]{3})[-_/. ]?([A-Z]{3})(?:=X)?$/;
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** `EURUSD`, `EUR-USD` or `EURUSD=X`: units of the second currency per one of the first. */
function pairOf(symbol: string, currency: string | null): { symbol: string; quote: string } | null {
  const [, base = '', quote = ''] = fxPair.exec(symbol.toUpperCase()) ?? [];
  if (!currencies.has(base) || !currencies.has(quote) || base === quote) return null;
  return currency === null || currency.toUpperCase() === quote
    ? { symbol: base + quote, quote }
    : null;
}

/** Files cannot hold every sign that symbols do, and sites write them their way: `brk-b` for `BRK.B`. */
const loosely = (symbol: string): string =>
  symbol.toUpperCase().replaceAll(/[^\p{Letter}\p{Number}]+/gu, '.');

/** Known instruments by symbol and identifiers written loosely; null where several are as like. */
function byLooseName(instruments: Iterable<Instrument>): Map<string, Instrument | null> {
  const known = new Map<string, Instrument | null>();
  for (const instrument of new Set(instruments)) {
    const names = [instrument.symbol, instrument.isin, instrument.cusip];
    for (const name of new Set(names.flatMap((one) => (one ? [loosely(one)] : [])))) {
      known.set(name, known.has(name) ? null : instrument);
    }
  }
  return known;
}

/** The instrument whose prices a symbol is, made where none goes by it. */
function instrumentFor(
  known: Map<string, Instrument>,
  alike: ReadonlyMap<string, Instrument | null>,
  read: PriceFileSeries,
  options: PriceImportOptions,
  newId: () => string,
): Instrument {
  const { currency } = read.history;
  const pair = pairOf(read.symbol, currency);
  const found =
    known.get(read.symbol) ??
    (pair ? known.get(pair.symbol) : undefined) ??
    alike.get(loosely(read.symbol));
  if (found) return found;
  const symbol = pair?.symbol ?? read.symbol;
  const made = plainInstrument({
    id: newId(),
    kind: pair ? 'fx' : 'equity',
    name: symbol,
    symbol,
    ...priceUnit(currency ?? pair?.quote ?? options.currency ?? unknownCurrency),
  });
  known.set(read.symbol, made);
  return made;
}

function bySymbol(instruments: readonly Instrument[]): Map<string, Instrument> {
  const known = new Map<string, Instrument>();
  const names = ({ symbol, isin, cusip, name }: Instrument) => [name, cusip, isin, symbol];
  for (const instrument of instruments) {
    for (const name of names(instrument)) if (name) known.set(name, instrument);
  }
  for (const instrument of instruments)
    if (instrument.symbol) known.set(instrument.symbol, instrument);
  return known;
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
  const known = bySymbol(await unit.catalogue.instruments());
  const alike = byLooseName(known.values());
  const before = new Set([...known.values()].map(({ id }) => id));
  const reply = { added: 0, changed: 0, refused: [...refused], series: [] as PricesView['series'] };
  const made = new Map<string, Instrument>();
  for (const { file, read } of series) {
    const found = instrumentFor(known, alike, read, options, context.newId);
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
      made.set(instrument.id, instrument);
      known.set(read.symbol, instrument);
      await unit.catalogue.saveInstruments([instrument]);
    }
    const kept = await keepSeries(unit, instrument, file, read, bars);
    reply.added += kept.added;
    reply.changed += kept.changed;
    reply.refused.push(...kept.refused);
    reply.series.push(kept.series);
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
    ...inspected.quarantined.map(({ day, reason }) => ({
      day: dayFromNumber(day),
      reason,
      line: null,
      row: null,
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
