import { type Json, ok, type Result } from '@plimsoll/kernel';
import type { EtlKind, EtlReading, EtlRun, UnitOfWork } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { Answer, UploadedFile, WriteOptions, Written } from '../use-case.ts';
import { sha256 } from '../write.ts';
import { EtlInstruments } from './etl-instruments.ts';
import type { EtlReportView, EtlRequest, EtlRunView, EtlUseCases } from './etl-use-cases.ts';
import { loadActions } from './load-actions.ts';
import { loadFundamentals } from './load-fundamentals.ts';
import { loadPrices } from './load-prices.ts';
import { loadConstituents, loadReference } from './load-reference.ts';
import { type Loaded, type Loading, reportOf } from './loaded.ts';
import { type PricePlan, planPrices } from './plan-prices.ts';
import { refusedCsv } from './refused-csv.ts';

/** What the use-cases of this area are put together from. */
export interface EtlParts {
  readonly context: EngineContext;
  readonly read: <T>(
    workspace: string,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ) => Answer<T>;
  readonly write: <T>(
    workspace: string,
    options: WriteOptions,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ) => Written<T>;
}

/** Files read and worked out, so that the transaction only writes. */
interface Prepared {
  readonly reading: EtlReading;
  readonly request: EtlRequest;
  readonly digest: string;
  readonly plan: PricePlan | null;
}

const loaders: Readonly<Record<Exclude<EtlKind, 'prices'>, (loading: Loading) => Promise<Loaded>>> =
  {
    fundamentals: loadFundamentals,
    constituents: loadConstituents,
    reference: loadReference,
    actions: loadActions,
  };

/** Files of any layout: extract, validate, enrich, load, report. */
export function etlUseCases(parts: EtlParts): EtlUseCases {
  const { context, read, write } = parts;
  return {
    previewEtl: async (workspace, files, request) => {
      const prepared = await prepare(parts, workspace, files, request);
      if (!prepared.ok) return prepared;
      let report: EtlReportView | undefined;
      const refused = await write<never>(workspace, { actor: 'preview' }, async (unit) => {
        const loaded = await load(context, unit, prepared.value);
        report = reportOf(prepared.value.reading, loaded, { runId: null, written: false });
        // A refusal rolls back: what would come of it is seen, and nothing is kept.
        return fault('etl.refused', 'This was a preview.');
      });
      return report === undefined && !refused.ok ? refused : ok(report as EtlReportView);
    },
    runEtl: async (workspace, files, request, options) => {
      const prepared = await prepare(parts, workspace, files, request);
      if (!prepared.ok) return prepared;
      return write(workspace, options, (unit) => run(context, unit, prepared.value, options.actor));
    },
    etlRuns: (workspace, limit) =>
      read(workspace, async ({ etl }) => ok((await etl.runs(limit)).map(runView))),
    etlRun: (workspace, id) =>
      read(workspace, async ({ etl }) => {
        const found = await etl.run(id);
        return found === null ? unknownRun(id) : ok(runView(found));
      }),
    etlRefusedRows: (workspace, id) =>
      read(workspace, async ({ etl }) => {
        const found = await etl.run(id);
        return found === null ? unknownRun(id) : ok(refusedCsv(runView(found).report.refusals));
      }),
    etlMappings: (workspace) => read(workspace, async ({ etl }) => ok([...(await etl.mappings())])),
    saveEtlMapping: (workspace, mapping, options) =>
      write(workspace, options, async ({ etl }) => {
        await etl.saveMapping(mapping);
        return ok(mapping);
      }),
  };
}

const unknownRun = (id: string) => fault('etl.unknown', `There is no load "${id}".`);

const runView = ({ id, kind, actor, recordedAt, report }: EtlRun): EtlRunView => ({
  id,
  kind,
  actor,
  recordedAt,
  report: report as unknown as EtlReportView,
});

/** Reads the files, and of prices works out what is kept, before anybody has to wait. */
async function prepare(
  { context, read }: EtlParts,
  workspace: string,
  files: readonly UploadedFile[],
  request: EtlRequest,
): Answer<Prepared> {
  const { etl } = context;
  if (etl === undefined) {
    return fault(
      'etl.refused',
      'Files cannot be read here: this program was put together without a reader.',
    );
  }
  const columns = await columnsOf(read, workspace, request);
  if (!columns.ok) return columns;
  const { kind, index, period } = request;
  const reading = await etl.read(files, { kind, index, period, columns: columns.value });
  if (!reading.ok) return fault('etl.refused', reading.fault.detail);
  const digest = sha256(
    JSON.stringify([request, ...files.map(({ name, bytes }) => [name, sha256(bytes)])]),
  );
  return read(workspace, async (unit) => {
    const plan =
      reading.value.kind === 'prices' ? await planned(context, unit, reading.value, request) : null;
    return ok({ reading: reading.value, request, digest, plan });
  });
}

const planned = async (
  { newId }: EngineContext,
  unit: UnitOfWork,
  reading: EtlReading,
  request: EtlRequest,
): Promise<PricePlan> => planPrices(reading, request, await EtlInstruments.within(unit, newId));

async function columnsOf(
  read: EtlParts['read'],
  workspace: string,
  { mapping, columns }: EtlRequest,
): Answer<Readonly<Record<string, string>>> {
  return read(workspace, async ({ etl }) => {
    if (mapping === undefined) return ok({ ...columns });
    const saved = (await etl.mappings()).find(({ name }) => name === mapping);
    if (saved === undefined) {
      const names = (await etl.mappings()).map(({ name }) => name).join(', ');
      const known = names === '' ? 'None is saved yet.' : `Saved: ${names}.`;
      return fault('etl.refused', `There is no mapping "${mapping}". ${known}`);
    }
    return ok({ ...saved.columns, ...columns });
  });
}

async function load(
  context: EngineContext,
  unit: UnitOfWork,
  { reading, request, plan }: Prepared,
): Promise<Loaded> {
  if (reading.kind !== 'prices') {
    return loaders[reading.kind]({ context, unit, reading, request });
  }
  // Somebody may have made one of the instruments meanwhile.
  const isCurrent = plan !== null && (await plan.instruments.isCurrent(unit));
  return loadPrices(unit, isCurrent ? plan : await planned(context, unit, reading, request));
}

/** Loads, and keeps the report where something changed or was refused for the first time. */
async function run(
  context: EngineContext,
  unit: UnitOfWork,
  prepared: Prepared,
  actor: string,
): Promise<Result<EtlReportView, EngineFault>> {
  const { reading, digest } = prepared;
  const loaded = await load(context, unit, prepared);
  const runId = context.newId();
  const report = reportOf(reading, loaded, { runId, written: true });
  if (report.read === 0) {
    const [first] = report.refusals;
    const detail = first
      ? `${first.file}: ${first.reason} ${first.fix}`
      : 'The files hold nothing that could be taken.';
    return fault('etl.refused', detail, { refused: report.refusals });
  }
  const isRepeated = loaded.added + loaded.changed === 0 && (await wasRun(unit, digest));
  if (isRepeated) return ok({ ...report, runId: null });
  await unit.etl.save({
    id: runId,
    kind: reading.kind,
    digest,
    actor,
    report: JSON.parse(JSON.stringify(report)) as Json,
  });
  if (loaded.priced.length > 0) {
    const payload = { instrumentIds: [...new Set(loaded.priced)] };
    await unit.outbox.add([{ id: context.newId(), type: 'prices.changed', payload }]);
  }
  return ok(report);
}

/** Looked for among the latest: older ones of the same files are no reason to keep less. */
const latest = 200;

const wasRun = async ({ etl }: UnitOfWork, digest: string): Promise<boolean> =>
  (await etl.runs(latest)).some((one) => one.digest === digest);
