import { instrumentLabel } from '@plimsoll/domain';
import { formatDecimal, formatPrice, ok, type Result } from '@plimsoll/kernel';
import type { ImportRecord, NewEntry, UnitOfWork } from '@plimsoll/ports';
import type { ImportRequest } from '../engine.ts';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import { commonMembers } from '../explain/describe-transaction.ts';
import type { LedgerViews } from '../ledger/ledger-view.ts';
import { reverseAll } from '../record/record.ts';
import type { UploadedFile } from '../use-case.ts';
import type {
  ImportPreviewView,
  ImportRecordView,
  ImportSummaryView,
  PreviewRowView,
} from '../views.ts';
import { sha256 } from '../write.ts';
import { checkTotals } from './check-totals.ts';
import { columnsOf } from './fitting-mapping.ts';
import { hintKey } from './instrument-index.ts';
import { type ImportPlan, planImport, readFiles } from './plan-import.ts';
import type { PlannedRow, ReadFile } from './planned-row.ts';
import { anyTable } from './recognise.ts';

type Outcome<T> = Promise<Result<T, EngineFault>>;

const previewLimit = 2000;

function summaryOf(plan: ImportPlan, importId: string | null, takes: boolean): ImportSummaryView {
  const count = (status: PlannedRow['status']): number =>
    plan.rows.reduce((sum, row) => sum + (row.status === status ? 1 : 0), 0);
  return {
    importId,
    account: plan.account.name,
    format: plan.format,
    added: takes ? count('add') : 0,
    skipped: count('duplicate'),
    ignored: plan.files.reduce((sum, { parsed }) => sum + parsed.ignored.length, 0),
    refused: [...plan.refused],
    checks: takes ? checkTotals(plan) : [],
  };
}

function previewRow(row: PlannedRow, index: ImportPlan['index']): PreviewRowView {
  const members = commonMembers(row.transaction);
  const instrument =
    members.instrumentId === null ? undefined : index.all.get(members.instrumentId);
  const text = (value: bigint | null): string | null =>
    value === null ? null : formatDecimal(value);
  return {
    file: row.file,
    line: row.line,
    status: row.status,
    type: row.transaction.type,
    effectiveAt: row.transaction.effectiveAt,
    instrument: instrument ? instrumentLabel(instrument) : null,
    quantity: text(members.quantity),
    price: members.price === null ? null : formatPrice(members.price),
    amount: text(members.amount),
    fee: text(members.fee),
    tax: text(members.tax),
    currency: members.currency,
    reason:
      row.refused?.reason ??
      (row.status === 'duplicate'
        ? 'Recorded already, or in another of the files.'
        : row.replaces === undefined
          ? null
          : 'Takes the place of what a confirmed corporate action recorded.'),
    fix: row.refused?.fix ?? null,
  };
}

const bareRow = (
  file: string,
  line: number,
  status: 'refused' | 'ignored',
  reason: string,
  fix: string | null,
): PreviewRowView => ({
  file,
  line,
  status,
  type: null,
  effectiveAt: null,
  instrument: null,
  quantity: null,
  price: null,
  amount: null,
  fee: null,
  tax: null,
  currency: null,
  reason,
  fix,
});

function previewRows(plan: ImportPlan): PreviewRowView[] {
  const rows = [
    ...plan.rows.map((row) => previewRow(row, plan.index)),
    ...plan.files.flatMap(({ file, parsed }) => [
      ...parsed.refused.map(({ line, reason, fix }) =>
        bareRow(file.name, line, 'refused', reason, fix),
      ),
      ...parsed.ignored.map(({ line, reason }) =>
        bareRow(file.name, line, 'ignored', reason, null),
      ),
    ]),
  ];
  return rows
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
    .slice(0, previewLimit);
}

function instrumentMatches(plan: ImportPlan): ImportPreviewView['instruments'] {
  const counts = new Map<string, number>();
  for (const { instrumentKeys } of plan.rows) {
    for (const id of instrumentKeys) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].flatMap(([id, rows]) => {
    const instrument = plan.index.all.get(id);
    if (!instrument) return [];
    const isNew = plan.index.isNew(id);
    return {
      key: hintKey(instrument),
      name: instrument.name,
      isin: instrument.isin ?? null,
      symbol: instrument.symbol ?? null,
      currency: instrument.currency,
      status: isNew ? ('new' as const) : ('known' as const),
      instrumentId: isNew ? null : id,
      rows,
    };
  });
}

/** The dry run: everything an import would do, row by row, without doing it. */
export async function previewImport(
  context: EngineContext,
  views: LedgerViews,
  workspace: string,
  files: readonly UploadedFile[],
  request: ImportRequest,
): Outcome<ImportPreviewView> {
  const read = await readForImport(context, workspace, files, request);
  if (!read.ok) return read;
  return context.store.read(workspace, async (unit) => {
    const plan = await planImport(context, views, unit, read.value, request);
    const suggestion = suggest(context, read.value);
    return ok({
      ...summaryOf(plan, null, true),
      rows: previewRows(plan),
      instruments: instrumentMatches(plan),
      suggestedMapping: suggestion,
      columns: columnsToMap(read.value),
    });
  });
}

/** For files that no format knows: what their columns may mean. */
function suggest(context: EngineContext, files: readonly ReadFile[]) {
  for (const { file, format } of files) {
    const importer = context.importers.find(({ id }) => id === format);
    const suggested = importer?.suggest?.(file);
    if (suggested) return suggested;
  }
  return null;
}

const noTable: ReadonlySet<string> = new Set([
  'import.empty',
  'import.not-text',
  'import.too-large',
  'import.unknown-format',
]);

function columnsToMap(files: readonly ReadFile[]): string[] {
  const unknown = files.find(
    ({ format, parsed }) =>
      format === anyTable && !parsed.refused.some(({ code }) => noTable.has(code)),
  );
  return unknown ? columnsOf(unknown.file) : [];
}

/** The files as rows, read by the formats and the workspace's saved mappings. */
export async function readForImport(
  context: EngineContext,
  workspace: string,
  files: readonly UploadedFile[],
  request: ImportRequest,
): Outcome<readonly ReadFile[]> {
  const { mappings, unknown } = await context.store.read(workspace, async (unit) => ({
    mappings: await unit.catalogue.mappings(),
    unknown: await unknownChoice(unit, request),
  }));
  if (unknown) {
    const [key, id] = unknown;
    return fault('instrument.unknown', `There is no instrument "${id}" for ${key} to mean.`, {
      member: 'instruments',
      key,
    });
  }
  return readFiles(context, files, request, mappings);
}

/** A choice of the user for an instrument that there is not. */
async function unknownChoice(
  unit: UnitOfWork,
  { instruments = {} }: ImportRequest,
): Promise<readonly [key: string, id: string] | undefined> {
  const choices = Object.entries(instruments);
  if (choices.length === 0) return undefined;
  const known = new Set((await unit.catalogue.instruments()).map(({ id }) => id));
  return choices.find(([, id]) => !known.has(id));
}

/** Takes the files, all of their rows or, if asked for, the valid ones. */
export async function importFiles(
  context: EngineContext,
  views: LedgerViews,
  unit: UnitOfWork,
  files: readonly ReadFile[],
  request: ImportRequest,
  actor: string,
): Outcome<ImportSummaryView> {
  const plan = await planImport(context, views, unit, files, request);
  if (plan.refused.length > 0 && !request.acceptValid) {
    const rows = `${plan.refused.length} row${plan.refused.length === 1 ? ' was' : 's were'} refused`;
    return fault(
      'import.refused',
      `${rows}, so nothing was taken. Mend them, or take the others with --accept-valid.`,
      {
        summary: summaryOf(plan, null, false),
      },
    );
  }
  const added = plan.rows.filter(({ status }) => status === 'add');
  const importId = added[0]?.transaction.source?.importId ?? null;
  const summary = summaryOf(plan, importId, true);
  if (importId === null) return ok(summary);
  await saveCatalogue(unit, plan);
  await unit.imports.save(importRecord(context, plan, summary, importId));
  await unit.ledger.append(
    added.flatMap(({ replaces, file, line }) => {
      const reason = `Replaced by the broker's own booking: ${file}, line ${line}.`;
      return replaces === undefined ? [] : [reversalOf(context, replaces, reason, actor)];
    }),
  );
  await unit.ledger.append(
    added.map(({ transaction, fingerprint }) => ({
      fact: { kind: 'transaction', transaction },
      fingerprint,
      importId,
      actor,
    })),
  );
  return ok(summary);
}

const reversalOf = (
  context: EngineContext,
  reverses: string,
  reason: string,
  actor: string,
): NewEntry => ({
  fact: { kind: 'reversal', reversal: { id: context.newId(), reverses, reason } },
  fingerprint: null,
  importId: null,
  actor,
});

async function saveCatalogue(unit: UnitOfWork, plan: ImportPlan): Promise<void> {
  for (const account of plan.newAccounts) await unit.catalogue.saveAccount(account);
  await unit.catalogue.saveInstruments(plan.index.unsaved);
  await unit.catalogue.saveAliases(
    [...plan.index.aliases].map(([key, instrumentId]) => ({ key, instrumentId })),
  );
}

const importRecord = (
  context: EngineContext,
  plan: ImportPlan,
  summary: ImportSummaryView,
  id: string,
): ImportRecord => ({
  id,
  accountId: plan.account.id,
  format: plan.format,
  files: plan.files.map(({ file }) => ({
    name: file.name,
    sha256: sha256(file.bytes),
    size: file.bytes.length,
  })),
  added: summary.added,
  skipped: summary.skipped,
  refused: summary.refused.length,
  importedAt: context.clock.now(),
  undoneAt: null,
});

/** Annuls everything an import added, as one. */
export async function undoImport(
  context: EngineContext,
  views: LedgerViews,
  unit: UnitOfWork,
  id: string,
  actor: string,
): Outcome<ImportRecordView> {
  const record = (await unit.imports.list()).find((one) => one.id === id);
  if (!record) return fault('import.unknown', `There is no import "${id}".`);
  if (record.undoneAt !== null) {
    return fault('import.already-undone', `This import was undone at ${record.undoneAt}.`);
  }
  const view = await views.within(unit);
  const ids = view.transactions.filter(({ source }) => source?.importId === id).map((t) => t.id);
  const reversed = await reverseAll(context, views, unit, ids, 'import undone', actor);
  if (!reversed.ok) return reversed;
  const undoneAt = context.clock.now();
  await unit.imports.markUndone(id, undoneAt);
  const account =
    view.accounts.find((one) => one.id === record.accountId)?.name ?? record.accountId;
  return ok({ ...record, files: [...record.files], account, undoneAt });
}
