import { type Instrument, instrumentLabel } from '@plimsoll/domain';
import type { EtlReading, EtlRefusal, UnitOfWork } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';
import type { EtlCoverageView, EtlReportView, EtlRequest } from './etl-use-cases.ts';

/** What a load is carried out with. */
export interface Loading {
  readonly context: EngineContext;
  readonly unit: UnitOfWork;
  readonly reading: EtlReading;
  readonly request: EtlRequest;
}

/** What a load did. */
export interface Loaded {
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly repaired: number;
  readonly quarantined: number;
  readonly refusals: readonly EtlRefusal[];
  readonly repairs: EtlReportView['repairs'];
  readonly made: readonly Instrument[];
  readonly matched: readonly Instrument[];
  readonly unknown: readonly string[];
  readonly coverage: readonly EtlCoverageView[];
  readonly notes: readonly string[];
  /** Instruments whose prices changed. */
  readonly priced: readonly string[];
}

export const nothingLoaded: Loaded = {
  read: 0,
  added: 0,
  changed: 0,
  repaired: 0,
  quarantined: 0,
  refusals: [],
  repairs: [],
  made: [],
  matched: [],
  unknown: [],
  coverage: [],
  notes: [],
  priced: [],
};

/** Longer lists are cut in the report; counts are of all. */
const mostListed = 2_000;

const listed = <T>(list: readonly T[]): T[] => list.slice(0, mostListed);

const shown = (instruments: readonly Instrument[]) =>
  listed([...new Map(instruments.map((one) => [one.id, one])).values()]).map((one) => ({
    id: one.id,
    label: instrumentLabel(one),
  }));

/** The report of a load; `runId` is given where it is kept. */
export function reportOf(
  { kind, sources, refused }: EtlReading,
  loaded: Loaded,
  { runId, written }: { readonly runId: string | null; readonly written: boolean },
): EtlReportView {
  const { read, added, changed, repaired, quarantined } = loaded;
  const refusals = [...refused, ...loaded.refusals];
  return {
    runId,
    kind,
    written,
    sources: [...sources],
    read,
    added,
    changed,
    unchanged: Math.max(0, read - added - changed - quarantined - loaded.refusals.length),
    repaired,
    quarantined,
    refused: refusals.length - quarantined,
    refusals: listed(refusals),
    repairs: listed(loaded.repairs),
    instruments: {
      made: shown(loaded.made),
      matched: shown(loaded.matched),
      unknown: listed([...new Set(loaded.unknown)]),
    },
    coverage: listed(loaded.coverage),
    notes: [...loaded.notes],
  };
}
