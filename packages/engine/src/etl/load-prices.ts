import { instrumentLabel } from '@plimsoll/domain';
import { dayFromNumber } from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import { rowJson } from '../market/bar-rows.ts';
import { noteOf, repairFinding } from '../market/quality-findings.ts';
import type { EtlCoverageView } from './etl-use-cases.ts';
import { type Loaded, nothingLoaded } from './loaded.ts';
import { keptBackRows, type PlannedSeries, type PricePlan } from './plan-prices.ts';

/** Keeps what the quality gate let through, and what it mended and kept back with the reason. */
export async function loadPrices(
  unit: UnitOfWork,
  { instruments, series, refusals }: PricePlan,
): Promise<Loaded> {
  await unit.catalogue.saveInstruments([...instruments.made.values(), ...changedOf(series)]);
  const coverage: EtlCoverageView[] = [];
  for (const one of series) coverage.push(await loadSeries(unit, one));
  const keptBack = series.flatMap(keptBackRows);
  const sum = (count: (one: EtlCoverageView) => number): number =>
    coverage.reduce((total, one) => total + count(one), 0);
  const withActions = series.filter(({ given }) => given.actions.length > 0);
  return {
    ...nothingLoaded,
    read: series.reduce((total, { given }) => total + given.bars.days.length, 0),
    added: sum(({ added }) => added),
    changed: sum(({ changed }) => changed),
    repaired: series.reduce((total, { gated }) => total + gated.repairs.length, 0),
    quarantined: keptBack.length,
    refusals: [...refusals, ...keptBack],
    repairs: series.flatMap(({ instrument, gated }) =>
      gated.repairs.map(({ day, code, why }) => ({
        label: instrumentLabel(instrument),
        day: dayFromNumber(day),
        code,
        detail: why,
      })),
    ),
    made: [...instruments.made.values()],
    matched: [...instruments.matched.values()],
    coverage,
    notes: [
      ...withActions.map(
        ({ instrument, given }) =>
          `${instrumentLabel(instrument)}: ${given.actions.length} dividends and splits stand beside the prices; they explain steps and are not taken. Bring them with --kind actions.`,
      ),
      ...series.flatMap(({ instrument, gated }) =>
        gated.notes.map(
          ({ day, detail }) => `${instrumentLabel(instrument)}, ${dayFromNumber(day)}: ${detail}`,
        ),
      ),
    ].slice(0, 200),
    priced: coverage.flatMap(({ instrumentId, added, changed }) =>
      instrumentId !== null && added + changed > 0 ? [instrumentId] : [],
    ),
  };
}

/** Instruments of unknown currency learn it from their prices. */
const changedOf = (series: readonly PlannedSeries[]) => series.map(({ instrument }) => instrument);

async function loadSeries(unit: UnitOfWork, planned: PlannedSeries): Promise<EtlCoverageView> {
  const { given, instrument, raw, gated } = planned;
  const source = `file:${given.file}`;
  const { added, changed } = await unit.prices.merge(instrument.id, gated.accepted, source);
  const about = { listing: instrument, source };
  if (gated.quarantined.length > 0) {
    await unit.prices.quarantine(
      gated.quarantined.map(({ index, day, reason }) => ({
        instrumentId: instrument.id,
        day: dayFromNumber(day),
        reason,
        source,
        row: rowJson(raw, index),
      })),
    );
  }
  await unit.quality.add([
    ...gated.repairs.map((repair) => repairFinding(about, repair, raw)),
    ...gated.notes.map(({ kind, day, detail }) => noteOf(about, kind, day, detail)),
  ]);
  const { days } = gated.accepted;
  const [first, last] = [days[0], days.at(-1)];
  return {
    instrumentId: instrument.id,
    label: instrumentLabel(instrument),
    first: first === undefined ? null : dayFromNumber(first),
    last: last === undefined ? null : dayFromNumber(last),
    added,
    changed,
  };
}
