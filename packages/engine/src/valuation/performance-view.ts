import { type Instrument, instrumentLabel, type LineGain, lineGain } from '@plimsoll/domain';
import { type Decimal, formatDecimal } from '@plimsoll/kernel';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { BenchmarkView, ContributionView, PerformanceView, SeriesView } from '../views.ts';
import { type BenchmarkLevels, benchmarkWorth, dayAt } from './benchmark.ts';
import type { Measurement } from './measure.ts';

const rates = [
  'twr',
  'twrAnnualised',
  'xirr',
  'modifiedDietz',
  'simpleReturn',
  'maxDrawdown',
  'volatility',
] as const;

/** Exact figures that need the price of everything held, and those that need only booked amounts and rates. */
const pricedFigures = ['gain', 'unrealised', 'fx', 'pricePart'] as const;
const bookedFigures = ['paidIn', 'realised', 'income', 'fees', 'taxes'] as const;

/** The documented figures of a period: one object for API, command line and page. */
export function performanceView(
  view: LedgerView,
  measurement: Measurement,
  benchmark: { readonly view: BenchmarkView; readonly note: string } | null,
): PerformanceView {
  const { gains, scope, drawdown } = measurement;
  const reasons = reasonsOf(measurement);
  const ifRates = (value: Decimal): string | null =>
    measurement.book.unknownRates.size > 0 ? null : formatDecimal(value);
  const ifKnown = (value: Decimal): string | null =>
    measurement.value.incomplete ? null : ifRates(value);
  return {
    portfolio: scope.portfolio.name,
    currency: scope.currency,
    from: measurement.from,
    to: measurement.to,
    startValue: formatDecimal(gains.startValue),
    value: formatDecimal(gains.value),
    paidIn: ifRates(gains.inflow - gains.outflow),
    gain: ifKnown(gains.gain),
    realised: ifRates(gains.realised),
    unrealised: ifKnown(gains.unrealised),
    income: ifRates(gains.income),
    fees: ifRates(gains.fees),
    taxes: ifRates(gains.taxes),
    feesInCost: ifRates(gains.feesInCost),
    taxesInCost: ifRates(gains.taxesInCost),
    fx: ifKnown(gains.fx),
    pricePart: ifKnown(gains.realised + gains.unrealised - gains.fx),
    twr: measurement.twr.value,
    twrAnnualised: measurement.twrAnnualised.value,
    xirr: measurement.xirr.value,
    modifiedDietz: measurement.modifiedDietz.value,
    simpleReturn: measurement.simpleReturn.value,
    maxDrawdown: measurement.maxDrawdown.value,
    drawdown: drawdown && {
      peak: dayAt(measurement, Math.max(0, drawdown.peak)),
      trough: dayAt(measurement, drawdown.trough),
      recovered: drawdown.recovered === null ? null : dayAt(measurement, drawdown.recovered),
    },
    volatility: measurement.volatility.value,
    sample: {
      first: measurement.from,
      last: measurement.to,
      days: measurement.daily.value.length,
      missing: measurement.daily.missing,
    },
    reasons,
    notes: [...notesOf(measurement), ...(benchmark ? [benchmark.note] : [])],
    leftOut: [...measurement.value.leftOut],
    contributions: contributionViews(view, measurement),
    benchmark: benchmark?.view ?? null,
  };
}

function reasonsOf(measurement: Measurement): Record<string, string> {
  const reasons: Record<string, string> = {};
  for (const name of rates) {
    const { reason } = measurement[name];
    if (reason !== undefined) reasons[name] = reason;
  }
  const { incomplete } = measurement;
  const noRate = measurement.book.unknownRates.size > 0;
  if (incomplete !== null && (noRate || measurement.value.incomplete)) {
    for (const name of pricedFigures) reasons[name] = incomplete;
    if (noRate) for (const name of bookedFigures) reasons[name] = incomplete;
  }
  return reasons;
}

/** Remarks that change how the figures are read. */
export function notesOf(measurement: Measurement): string[] {
  const notes: string[] = [];
  const { gaps, value } = measurement;
  if (gaps.withoutCapital.length > 0) {
    const first = dayAt(measurement, gaps.withoutCapital[0] ?? 0);
    notes.push(
      `${count(gaps.withoutCapital.length, 'day')} (first ${first}) saw gains without any capital at their start and have no return of their own; the TWR links the others.`,
    );
  }
  if (measurement.xirrRoots > 1) {
    notes.push(
      `${measurement.xirrRoots} rates solve the XIRR equation; the one nearest to the Modified Dietz return is shown.`,
    );
  }
  const stale = value.holdings.filter(({ known }) => known?.state === 'stale');
  if (stale.length > 0) {
    notes.push(
      `${count(stale.length, 'holding')} valued at a price more than 5 business days old: ${labels(stale)}.`,
    );
  }
  const traded = value.holdings.filter(({ known }) => known?.state === 'trade');
  if (traded.length > 0) {
    notes.push(
      `${count(traded.length, 'holding')} valued at your own last trade, as no market price is known: ${labels(traded)}.`,
    );
  }
  const atCost = [...measurement.book.startedAtCost].map((instrument) => ({ instrument }));
  if (atCost.length > 0) {
    notes.push(
      `${count(atCost.length, 'holding')} had no known price when the period began and counted at cost then: ${labels(atCost)}.`,
    );
  }
  const { missing } = measurement.daily;
  if (missing > 0 && measurement.incomplete === null) {
    notes.push(
      `${count(missing, 'daily value')} of the chart unknown, as no price was known yet: daily value and drawdown leave out what was held then.`,
    );
  }
  if (measurement.later > 0) {
    notes.push(`${count(measurement.later, 'transaction')} after ${measurement.to} not counted.`);
  }
  for (const { detail } of measurement.faults) notes.push(`Not counted: ${detail}`);
  return notes;
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

function labels(holdings: readonly { readonly instrument: Instrument }[]): string {
  const names = [...new Set(holdings.map(({ instrument }) => instrumentLabel(instrument)))];
  return names.length > 5
    ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
    : names.join(', ');
}

function contributionViews(view: LedgerView, measurement: Measurement): ContributionView[] {
  const shares = new Map<string | null, number>();
  measurement.daily.lines.forEach((line, index) => {
    const key = line.key.startsWith('cash:') ? null : line.key;
    shares.set(key, (shares.get(key) ?? 0) + (measurement.contributions?.[index] ?? 0));
  });
  const unknown = new Set(
    measurement.value.holdings
      .filter(({ baseValue }) => baseValue === null)
      .map(({ instrument }) => instrument.id),
  );
  return measurement.lines
    .filter((line) => hasHappened(line, shares))
    .map((line) => {
      const isUnknown = line.instrumentId !== null && unknown.has(line.instrumentId);
      const instrument =
        line.instrumentId === null ? undefined : view.instruments.get(line.instrumentId);
      return {
        instrumentId: line.instrumentId,
        instrument: instrument ? instrumentLabel(instrument) : 'Cash',
        gain: isUnknown ? null : formatDecimal(lineGain(line)),
        realised: formatDecimal(line.tally.realised),
        unrealised: isUnknown ? null : formatDecimal(line.unrealised),
        income: formatDecimal(line.tally.income),
        fees: formatDecimal(line.tally.fees),
        taxes: formatDecimal(line.tally.taxes),
        fx: isUnknown ? null : formatDecimal(line.tally.realisedFx + line.unrealisedFx),
        contribution: measurement.contributions ? (shares.get(line.instrumentId) ?? 0) : null,
      };
    })
    .sort((a, b) => (b.contribution ?? 0) - (a.contribution ?? 0));
}

function hasHappened(line: LineGain, shares: ReadonlyMap<string | null, number>): boolean {
  const { tally } = line;
  return (
    shares.has(line.instrumentId) ||
    line.unrealised !== 0n ||
    tally.realised !== 0n ||
    tally.income !== 0n ||
    tally.fees !== 0n ||
    tally.taxes !== 0n
  );
}

const orNull = (value: number | undefined): number | null =>
  value === undefined || Number.isNaN(value) ? null : value;

/** The daily columns of a chart. */
export function seriesView(
  measurement: Measurement,
  benchmark: BenchmarkLevels | null,
): SeriesView {
  const { daily } = measurement;
  const days = daily.value.length;
  const paidIn: number[] = [];
  let paid = daily.startValue;
  for (let t = 0; t < days; t++) {
    paid += (daily.inflow[t] ?? 0) - (daily.outflow[t] ?? 0);
    paidIn.push(paid);
  }
  const returnsKnown = measurement.twr.value !== null;
  return {
    currency: measurement.scope.currency,
    days: Array.from({ length: days }, (_, t) => dayAt(measurement, t)),
    value: Array.from(daily.value, orNull),
    paidIn,
    benchmark: benchmark && Array.from(benchmarkWorth(measurement, benchmark), orNull),
    twr: Array.from(measurement.growth, (g) => (returnsKnown ? g : null)),
    drawdown: Array.from(measurement.drawdowns, (d) => (returnsKnown ? d : null)),
  };
}
