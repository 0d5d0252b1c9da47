import {
  calendarFor,
  type Gated,
  gateBars,
  type Instrument,
  instrumentLabel,
  type PriceAction,
  type PriceFacts,
} from '@plimsoll/domain';
import { dayFromNumber, dayNumber } from '@plimsoll/kernel';
import type { DailyBars, EtlPrices, EtlReading, EtlRefusal, ProviderAction } from '@plimsoll/ports';
import { unknownCurrency } from '../imports/instrument-index.ts';
import { fitSeries } from '../prices/price-unit.ts';
import { type EtlInstruments, namedInFile } from './etl-instruments.ts';
import type { EtlRequest } from './etl-use-cases.ts';

/** A series with what the quality gate says of it. */
export interface PlannedSeries {
  readonly given: EtlPrices;
  readonly instrument: Instrument;
  /** In the unit of its instrument, as given. */
  readonly raw: DailyBars;
  readonly gated: Gated;
}

/** What is to be kept of a reading, worked out before anything is written. */
export interface PricePlan {
  readonly instruments: EtlInstruments;
  readonly series: readonly PlannedSeries[];
  readonly refusals: readonly EtlRefusal[];
}

/** Finds the instruments of series and passes their bars through the quality gate. */
export function planPrices(
  { prices }: EtlReading,
  request: EtlRequest,
  instruments: EtlInstruments,
): PricePlan {
  const series: PlannedSeries[] = [];
  const refusals: EtlRefusal[] = [];
  for (const given of prices) {
    const currency = given.currency ?? request.currency ?? null;
    const found = instruments.findOrMake(given.instrument, currency);
    const fitted = fitSeries(found, given.bars, given.currency);
    if (!fitted.ok) {
      const fix =
        'Bring prices of this instrument in its own currency, or name the one that is meant.';
      refusals.push({ file: given.file, line: null, row: '', reason: fitted.fault.detail, fix });
      continue;
    }
    const { instrument, bars } = fitted.value;
    if (instrument !== found) instruments.take(instrument);
    const actions = given.actions.map(priceAction);
    const gated = gateBars(bars, actions, factsOf(instrument, bars, given.actions));
    series.push({ given, instrument, raw: bars, gated });
  }
  return { instruments, series, refusals };
}

const priceAction = ({ kind, day, value }: ProviderAction): PriceAction =>
  kind === 'split'
    ? { kind: 'split', day: dayNumber(day), ratio: value }
    : { kind: 'dividend', day: dayNumber(day), amount: value };

function factsOf(
  instrument: Instrument,
  bars: DailyBars,
  actions: readonly ProviderAction[],
): PriceFacts {
  const calendar = calendarFor(instrument);
  const isKnown = !calendar.guess && instrument.kind !== 'fx' && bars.days.length > 0;
  const [first, last] = ends(bars.days);
  return {
    kind: instrument.kind,
    currency: instrument.currency === unknownCurrency ? null : instrument.currency,
    tradingDays: isKnown ? calendar.tradingDays(first, last + 1) : null,
    interval: 'day',
    prices: splitBasis(bars, actions),
  };
}

function ends(days: Int32Array): readonly [number, number] {
  let first = days[0] ?? 0;
  let last = first;
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return [first, last];
}

/** Prices as traded fall by the ratio on the day of a split; those that do not have it undone. */
function splitBasis(bars: DailyBars, actions: readonly ProviderAction[]): PriceFacts['prices'] {
  let asTraded = 0;
  let adjusted = 0;
  const byDay = new Map([...bars.days].map((day, row) => [day, bars.close[row] ?? Number.NaN]));
  const days = [...bars.days].sort((a, b) => a - b);
  for (const { kind, day, value } of actions) {
    const on = dayNumber(day);
    const before = byDay.get(days.findLast((one) => one < on) ?? Number.NaN);
    const after = byDay.get(on);
    if (kind !== 'split' || before === undefined || after === undefined) continue;
    const step = Math.log(after / before);
    if (Math.abs(step + Math.log(value)) < Math.abs(step)) asTraded++;
    else adjusted++;
  }
  return adjusted > asTraded ? 'split-adjusted' : 'as-traded';
}

/** Rows that are kept back, with their lines. */
export const keptBackRows = ({ given, instrument, raw, gated }: PlannedSeries): EtlRefusal[] =>
  gated.quarantined.map(({ index, day, reason }) => ({
    file: given.file,
    line: given.lines[index] ?? null,
    row: `${namedInFile(given.instrument)},${dayFromNumber(day)},${raw.close[index] ?? ''}`,
    reason: `${instrumentLabel(instrument)}, ${dayFromNumber(day)}: ${reason}`,
    fix: 'It is kept back with the reason; release it if it is right, or mend the row and bring the file again.',
  }));
