import { moneyWeightedReturn, sameFlows } from '@plimsoll/analytics';
import { type Instrument, instrumentLabel } from '@plimsoll/domain';
import { type Day, dayFromNumber, ok, type Result } from '@plimsoll/kernel';
import type { Store } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { BenchmarkView } from '../views.ts';
import { investorFlows, type Measurement } from './measure.ts';
import { priceLevels } from './price-levels.ts';

/** A benchmark's level in the base currency over the days of a measurement. */
export interface BenchmarkLevels {
  readonly instrument: Instrument;
  /** Shape [days]; NaN where unknown. */
  readonly level: Float64Array;
  /** At the end of the day before the first. */
  readonly before: number;
  /** What the level counts: with dividends, or prices only. */
  readonly note: string;
}

/** By id, label, ISIN or name. */
export function findInstrument(view: LedgerView, wanted: string): Instrument | undefined {
  const direct = view.instruments.get(wanted);
  if (direct) return direct;
  for (const instrument of view.instruments.values()) {
    const { symbol, isin, name } = instrument;
    if (symbol === wanted || isin === wanted || name === wanted) return instrument;
  }
  return undefined;
}

const countsWords = {
  actions: 'with its dividends reinvested, by the corporate actions known of it',
  'adjusted-close': "by its provider's adjusted close, dividends counted as reinvested",
  price: 'by its price alone: its dividends are not known',
} as const;

/** The benchmark's daily level in the base currency. */
export async function benchmarkLevels(
  store: Store,
  view: LedgerView,
  measurement: Measurement,
  wanted: string,
): Promise<Result<BenchmarkLevels, EngineFault>> {
  const instrument = findInstrument(view, wanted);
  if (!instrument) {
    return fault(
      'benchmark.unknown',
      `There is no instrument "${wanted}" to compare with. Import its prices first.`,
    );
  }
  const first = measurement.daily.first - 1;
  const last = first + measurement.daily.value.length;
  const { currency } = measurement.scope;
  const { level, counts } = await store.read(view.workspaceId, (unit) =>
    priceLevels(unit, view, instrument, { first, last, currency, splits: [] }),
  );
  return ok({
    instrument,
    level: level.subarray(1),
    before: level[0] ?? Number.NaN,
    note: `${instrumentLabel(instrument)} ${countsWords[counts]}`,
  });
}

/** Worth of the same flows in the benchmark, by day. */
export function benchmarkWorth(measurement: Measurement, levels: BenchmarkLevels): Float64Array {
  const worth = new Float64Array(measurement.daily.value.length);
  sameFlows(measurement.daily, levels.level, levels.before, worth);
  return worth;
}

export function benchmarkView(measurement: Measurement, levels: BenchmarkLevels): BenchmarkView {
  const { instrument } = levels;
  const worth = benchmarkWorth(measurement, levels);
  const last = worth.at(-1) ?? Number.NaN;
  const growth = growthOf(levels);
  const reason = `No price of ${instrumentLabel(instrument)} in ${measurement.scope.currency} is known for the period.`;
  if (Number.isNaN(last) || growth === null) {
    return {
      instrumentId: instrument.id,
      label: instrumentLabel(instrument),
      twr: null,
      xirr: null,
      value: null,
      gain: null,
      reasons: { twr: reason, xirr: reason, value: reason, gain: reason },
    };
  }
  const flows = investorFlows(measurement.daily, last);
  const xirr = moneyWeightedReturn(flows, growth);
  const net = flows.slice(0, -1).reduce((sum, flow) => sum + flow.amount, 0);
  const reasons: Record<string, string> = {};
  if (!xirr.ok) reasons['xirr'] = xirr.reason;
  if (Number.isNaN(levels.before) && !(levels.level[0] ?? Number.NaN)) {
    reasons['twr'] = `${instrumentLabel(instrument)} is known only later than the period begins.`;
  }
  return {
    instrumentId: instrument.id,
    label: instrumentLabel(instrument),
    twr: growth,
    xirr: xirr.ok ? xirr.rate : null,
    value: last.toFixed(2),
    gain: (last + net).toFixed(2),
    reasons,
  };
}

function growthOf({ level, before }: BenchmarkLevels): number | null {
  const start = before > 0 ? before : level.find((value) => value > 0);
  const end = level.at(-1);
  return start === undefined || end === undefined || !(end > 0) ? null : end / start - 1;
}

/** The day at an index of the measurement. */
export const dayAt = (measurement: Measurement, index: number): Day =>
  dayFromNumber(measurement.daily.first + index);
