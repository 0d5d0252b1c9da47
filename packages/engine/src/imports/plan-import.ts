import { type Account, checkTransaction, type Transaction } from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import type {
  ColumnMapping,
  ImportedRow,
  ImportFile,
  InstrumentHint,
  UnitOfWork,
} from '@plimsoll/ports';
import type { ImportRequest } from '../engine.ts';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView, LedgerViews } from '../ledger/ledger-view.ts';
import type { UploadedFile } from '../use-case.ts';
import type { RefusedRowView } from '../views.ts';
import { Fingerprints } from './fingerprint.ts';
import { fittingMapping } from './fitting-mapping.ts';
import { ImportAccounts } from './import-accounts.ts';
import { hintKey, InstrumentIndex } from './instrument-index.ts';
import { markDuplicates } from './mark-duplicates.ts';
import { markFaults, refusedByLedger } from './mark-faults.ts';
import { nameChosenLots } from './name-chosen-lots.ts';
import type { PlannedRow, ReadFile } from './planned-row.ts';
import { anyTable, recognise } from './recognise.ts';
import { replaceConfirmed } from './replace-confirmed.ts';
import { untraded } from './respelled.ts';
import { toTransaction } from './to-transaction.ts';

/** What an import would do. */
export interface ImportPlan {
  readonly account: Account;
  readonly accounts: readonly Account[];
  readonly newAccounts: readonly Account[];
  readonly format: string;
  readonly files: readonly ReadFile[];
  readonly rows: readonly PlannedRow[];
  readonly refused: readonly RefusedRowView[];
  readonly index: InstrumentIndex;
  readonly view: LedgerView;
}

/**
 * Reads the files, each by the importer that knows it; a table that none knows by the saved mapping
 * that fits its columns, if any does.
 */
export function readFiles(
  context: EngineContext,
  files: readonly UploadedFile[],
  request: ImportRequest,
  saved: readonly ColumnMapping[],
): Result<readonly ReadFile[], EngineFault> {
  const read: ReadFile[] = [];
  for (const { name, bytes } of files) {
    if (bytes.length > context.maxImportBytes) {
      return fault(
        'import.refused',
        `${name} has ${bytes.length} bytes; at most ${context.maxImportBytes} are read. Export a shorter period at a time.`,
      );
    }
    const file: ImportFile = { name, bytes, text: context.decodeText(bytes) };
    const importer = recognise(
      context.importers,
      file,
      request.format ?? (request.mapping ? anyTable : undefined),
    );
    if (!importer.ok) return importer;
    const { currency } = request;
    const mapping =
      request.mapping ?? (importer.value.id === anyTable ? fittingMapping(file, saved) : undefined);
    const parsed = importer.value.parse(file, {
      ...(currency === undefined ? {} : { currency }),
      ...(mapping === undefined ? {} : { mapping }),
    });
    read.push({ file, format: importer.value.id, parsed });
  }
  return ok(read);
}

/** Works out row by row what the files would add. Reads the record, writes nothing. */
export async function planImport(
  context: EngineContext,
  views: LedgerViews,
  unit: UnitOfWork,
  files: readonly ReadFile[],
  request: ImportRequest,
): Promise<ImportPlan> {
  const view = await views.within(unit);
  const accounts = new ImportAccounts(context, view.accounts, files, request);
  const index = new InstrumentIndex(
    view.instruments.values(),
    await unit.catalogue.aliases(),
    request.instruments ?? {},
    context.newId,
  );
  index.keepUnits(view.prices.keys());
  index.offerUntraded(untraded(view.prices.keys(), view.transactions));
  const state = {
    importId: context.newId(),
    accounts,
    index,
    fingerprints: new Fingerprints(),
  };
  const rows = files.flatMap((read, fileIndex) =>
    read.parsed.rows.map((row, position) =>
      planRow(context, row, { ...state, read, fileIndex, position }),
    ),
  );
  index.settleCurrencies(accounts.main.currency);
  await markDuplicates(unit, view, rows);
  const rest = await replaceConfirmed(unit, view, rows);
  await nameChosenLots(unit, rows);
  markFaults(rest, accounts.all, index.all, rows);
  return {
    account: accounts.main,
    accounts: accounts.all,
    newAccounts: accounts.made,
    format: [...new Set(files.map(({ format }) => format))].join(', '),
    files,
    rows,
    refused: refusedOf(files, rows),
    index,
    view: rest,
  };
}

/** In the order of the files and their lines, as one mends them. */
function refusedOf(files: readonly ReadFile[], rows: readonly PlannedRow[]): RefusedRowView[] {
  return files.flatMap(({ file, parsed }, fileIndex) =>
    [
      ...parsed.refused.map((row) => ({ file: file.name, ...row })),
      ...rows.flatMap((row) => (row.fileIndex === fileIndex ? (row.refused ?? []) : [])),
    ].sort((a, b) => a.line - b.line),
  );
}

interface PlanState {
  readonly importId: string;
  readonly read: ReadFile;
  readonly fileIndex: number;
  readonly position: number;
  readonly accounts: ImportAccounts;
  readonly index: InstrumentIndex;
  readonly fingerprints: Fingerprints;
}

function planRow(context: EngineContext, row: ImportedRow, state: PlanState): PlannedRow {
  const { accounts, index, importId, position, fingerprints, fileIndex } = state;
  const { file, format } = state.read;
  const keys = new Set<string>();
  const head = {
    id: context.newId(),
    accountId: accounts.of(row.account).id,
    position,
    source: { importId, file: file.name, line: row.line },
  };
  const account = (name: string): string => accounts.of(name).id;
  const instrument = (hint: InstrumentHint, currency: string): string => {
    const { id } = index.resolve(hint, currency);
    keys.add(id);
    return id;
  };
  const transaction = toTransaction(row.transaction, head, { instrument, account });
  noteOrigin(index, transaction);
  const worded = toTransaction(row.transaction, head, { instrument: hintKey, account });
  const [wrong] = checkTransaction(transaction);
  const planned: PlannedRow = {
    file: file.name,
    fileIndex,
    format,
    line: row.line,
    externalId: row.externalId,
    transaction,
    fingerprint: fingerprints.ofRow(fileIndex, worded, row.externalId),
    meaning: fingerprints.ofMeaning(fileIndex, transaction),
    instrumentKeys: [...keys],
    status: 'add',
    refused: null,
  };
  if (wrong) {
    planned.refused = refusedByLedger(planned, wrong, index.all);
    planned.status = 'refused';
  }
  return planned;
}

/** What comes out of an action is priced like what it came from, where no row says otherwise. */
function noteOrigin(index: InstrumentIndex, transaction: Transaction): void {
  if (transaction.type === 'spin-off') {
    index.noteOrigin(transaction.childId, transaction.instrumentId);
  } else if (transaction.type === 'merger' || transaction.type === 'symbol-change') {
    index.noteOrigin(transaction.intoId, transaction.instrumentId);
  }
}
