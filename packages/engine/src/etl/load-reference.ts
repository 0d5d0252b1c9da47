import { type AssetClass, type Instrument, instrumentLabel } from '@plimsoll/domain';
import type { EtlReference, EtlRefusal, IndexMember } from '@plimsoll/ports';
import { today } from '../engine-context.ts';
import { EtlInstruments, namedInFile } from './etl-instruments.ts';
import type { EtlCoverageView } from './etl-use-cases.ts';
import { type Loaded, type Loading, nothingLoaded } from './loaded.ts';

/** Gives known instruments what a file says of them, and keeps who was in an index. */
export async function loadReference({ context, unit, reading }: Loading): Promise<Loaded> {
  const instruments = await EtlInstruments.within(unit, context.newId);
  const changed: Instrument[] = [];
  const unknown: string[] = [];
  for (const reference of reading.references) {
    const found = instruments.find(reference.instrument);
    if (found === undefined) {
      unknown.push(namedInFile(reference.instrument));
      continue;
    }
    const next = withFacts(found, reference);
    if (next !== found) {
      instruments.take(next);
      changed.push(next);
    }
  }
  if (changed.length > 0) await unit.catalogue.saveInstruments(changed);
  const members = await unit.reference.saveMembers(reading.members);
  const notes =
    unknown.length === 0
      ? []
      : [
          `${unknown.length} of ${reading.references.length} are not known here and were passed over.`,
        ];
  return {
    ...nothingLoaded,
    read: reading.references.length + reading.members.length,
    added: members.added,
    changed: members.changed + changed.length,
    matched: [...instruments.matched.values()],
    unknown,
    coverage: indexCoverage(reading.members),
    notes,
  };
}

const fields = [
  'sector',
  'industryGroup',
  'industry',
  'industryCode',
  'country',
  'subClass',
] as const;

/** The same instrument where the file says nothing new. */
function withFacts(instrument: Instrument, reference: EtlReference): Instrument {
  const told = fields.flatMap((field) => {
    const text = reference[field];
    return text === undefined || text === instrument[field] ? [] : [[field, text] as const];
  });
  const { isin, figi, cusip, name } = reference.instrument;
  const numbers = Object.entries({ isin, figi, cusip }).filter(
    ([key, text]) =>
      text !== undefined && instrument[key as 'isin' | 'figi' | 'cusip'] === undefined,
  );
  const isNamed =
    name !== undefined && instrument.name === instrument.symbol && name !== instrument.name;
  const { assetClass } = reference;
  const isOther = assetClass !== undefined && assetClass !== instrument.assetClass;
  if (told.length + numbers.length === 0 && !isNamed && !isOther) return instrument;
  return {
    ...instrument,
    ...Object.fromEntries(told),
    ...Object.fromEntries(numbers),
    ...(isNamed ? { name } : {}),
    ...(isOther ? { assetClass: assetClass as AssetClass } : {}),
  };
}

function indexCoverage(members: readonly IndexMember[]): EtlCoverageView[] {
  return [...Map.groupBy(members, ({ index }) => index)].map(([index, own]) => {
    const days = own.map(({ from }) => from).sort();
    return {
      instrumentId: null,
      label: `${index}, ${own.length} memberships`,
      first: days[0] ?? null,
      last: days.at(-1) ?? null,
      added: own.length,
      changed: 0,
    };
  });
}

/** Keeps what funds hold. The fund must be known: its list is no reason to make one. */
export async function loadConstituents({
  context,
  unit,
  reading,
  request,
}: Loading): Promise<Loaded> {
  const instruments = await EtlInstruments.within(unit, context.newId);
  const all = new Map((await unit.catalogue.instruments()).map((one) => [one.id, one]));
  const refusals: EtlRefusal[] = [];
  const coverage: EtlCoverageView[] = [];
  const notes: string[] = [];
  let changed = 0;
  for (const { file, fund, asOf, constituents } of reading.funds) {
    const instrument = request.fund === undefined ? instruments.find(fund) : all.get(request.fund);
    if (instrument === undefined) {
      const name = request.fund ?? namedInFile(fund);
      const reason = `There is no instrument "${name}" whose holdings these could be.`;
      const fix = 'Name the fund that is known here, or make it first.';
      refusals.push({ file, line: null, row: '', reason, fix });
      continue;
    }
    const day = request.asOf ?? asOf ?? today(context);
    if (request.asOf === undefined && asOf === null) {
      notes.push(
        `${file} does not say of which day it is; it is kept as of ${day}. Say another with --as-of.`,
      );
    }
    const source = `file:${file}`;
    const isNew = await unit.reference.saveHoldings({
      fundId: instrument.id,
      asOf: day,
      constituents,
      source,
    });
    if (isNew) changed += constituents.length;
    coverage.push({
      instrumentId: instrument.id,
      label: instrumentLabel(instrument),
      first: day,
      last: day,
      added: isNew ? constituents.length : 0,
      changed: 0,
    });
  }
  return {
    ...nothingLoaded,
    read: reading.funds.reduce((sum, { constituents }) => sum + constituents.length, 0),
    added: changed,
    refusals,
    matched: [...instruments.matched.values()],
    coverage,
    notes,
  };
}
