import {
  type Fundamental,
  fundamentalFault,
  fundamentalUnits,
  type Instrument,
  instrumentLabel,
} from '@plimsoll/domain';
import type { EtlFigure, EtlRefusal } from '@plimsoll/ports';
import { today } from '../engine-context.ts';
import { unknownCurrency } from '../imports/instrument-index.ts';
import { EtlInstruments, namedInFile } from './etl-instruments.ts';
import type { EtlRequest } from './etl-use-cases.ts';
import { type Loaded, type Loading, nothingLoaded } from './loaded.ts';

/** Keeps reported figures; what cannot be what it says it is, is refused with its line. */
export async function loadFundamentals({
  context,
  unit,
  reading,
  request,
}: Loading): Promise<Loaded> {
  const instruments = await EtlInstruments.within(unit, context.newId);
  const figures: Fundamental[] = [];
  const refusals: EtlRefusal[] = [];
  for (const given of reading.figures) {
    const currency = given.currency ?? request.currency ?? null;
    const instrument = instruments.findOrMake(given.instrument, currency);
    const figure = figureOf(given, instrument, { request, today: today(context) });
    if (typeof figure === 'string') {
      const row = `${namedInFile(given.instrument)},${given.metric},${given.periodEnd},${given.value}`;
      refusals.push({
        file: given.file,
        line: given.line,
        row,
        reason: figure,
        fix: fixFor(figure),
      });
    } else figures.push(figure);
  }
  const used = new Set(figures.map(({ instrumentId }) => instrumentId));
  const made = [...instruments.made.values()].filter(({ id }) => used.has(id));
  await unit.catalogue.saveInstruments(made);
  const { added, changed } = await unit.reference.saveFundamentals(figures);
  return {
    ...nothingLoaded,
    read: reading.figures.length,
    added,
    changed,
    refusals,
    made,
    matched: [...instruments.matched.values()].filter(({ id }) => used.has(id)),
    coverage: coverageOf(figures, [...made, ...instruments.matched.values()]),
  };
}

const fixFor = (reason: string): string =>
  reason.includes('unit')
    ? `Say the unit in a column "unit": ${fundamentalUnits.join(', ')}.`
    : reason.includes('currency')
      ? 'Say it in a column "currency", or with --currency.'
      : 'Mend the row and bring the file again; the other rows can be taken.';

function figureOf(
  given: EtlFigure,
  instrument: Instrument,
  { request, today: now }: { readonly request: EtlRequest; readonly today: string },
): Fundamental | string {
  const { metric, periodEnd, period, value, unit, file } = given;
  if (unit === null) return `The unit of "${metric}" is not known.`;
  const own = instrument.currency === unknownCurrency ? null : instrument.currency;
  const isMoney = unit === 'money' || unit === 'money-per-share';
  const currency = isMoney ? (given.currency ?? request.currency ?? own) : null;
  // Nobody says when it was published: it is known from now on, so that no backtest saw it before.
  const publishedOn = given.publishedOn ?? (now < periodEnd ? periodEnd : now);
  const figure = { metric, value, periodEnd, publishedOn, unit, currency };
  if (periodEnd > now) return `Its period ends on ${periodEnd}, which is still to come.`;
  const wrong = fundamentalFault(figure);
  return wrong ?? { ...figure, instrumentId: instrument.id, period, source: `file:${file}` };
}

function coverageOf(figures: readonly Fundamental[], instruments: readonly Instrument[]) {
  const labels = new Map(instruments.map((one) => [one.id, instrumentLabel(one)]));
  const groups = Map.groupBy(figures, ({ instrumentId }) => instrumentId);
  return [...groups].map(([instrumentId, own]) => {
    const ends = own.map(({ periodEnd }) => periodEnd).sort();
    return {
      instrumentId,
      label: labels.get(instrumentId) ?? instrumentId,
      first: ends[0] ?? null,
      last: ends.at(-1) ?? null,
      added: own.length,
      changed: 0,
    };
  });
}
