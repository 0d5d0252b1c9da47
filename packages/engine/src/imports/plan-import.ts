import {
  type Account,
  checkTransaction,
  type LedgerFault,
  type Transaction,
} from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import type { ImportedRow, ImportFile, ParsedFile, UnitOfWork } from '@plimsoll/ports';
import { findAccount, newAccount } from '../catalogue/catalogue.ts';
import type { ImportRequest, UploadedFile } from '../engine.ts';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView, LedgerViews } from '../ledger/ledger-view.ts';
import { newFaults } from '../record/check-ledger.ts';
import type { RefusedRowView } from '../views.ts';
import { contentFingerprints, Fingerprints } from './fingerprint.ts';
import { InstrumentIndex } from './instrument-index.ts';
import { recognise } from './recognise.ts';
import { currencyOf, toTransaction } from './to-transaction.ts';

/** One row of the files with what will become of it. */
export interface PlannedRow {
  readonly file: string;
  readonly line: number;
  readonly externalId: string | undefined;
  transaction: Transaction;
  readonly fingerprint: string;
  readonly instrumentKeys: readonly string[];
  status: 'add' | 'duplicate' | 'refused';
  refused: RefusedRowView | null;
}

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

export interface ReadFile {
  readonly file: ImportFile;
  readonly format: string;
  readonly parsed: ParsedFile;
}

/** Reads the files, each by the importer that knows it. No state is touched. */
export function readFiles(
  context: EngineContext,
  files: readonly UploadedFile[],
  request: ImportRequest,
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
      request.format ?? (request.mapping ? 'mapped-csv' : undefined),
    );
    if (!importer.ok) return importer;
    const { currency, mapping } = request;
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
  const accounts = new AccountsByName(context, view.accounts, files, request);
  const index = new InstrumentIndex(
    view.instruments.values(),
    await unit.catalogue.aliases(),
    request.instruments ?? {},
    context.newId,
  );
  const importId = context.newId();
  const fingerprints = new Fingerprints();
  const rows: PlannedRow[] = [];
  for (const { file, parsed } of files) {
    parsed.rows.forEach((row, position) => {
      rows.push(planRow(context, file, row, { importId, position, accounts, index, fingerprints }));
    });
  }
  await markDuplicates(unit, view, rows);
  nameChosenLots(rows);
  markFaults(view, accounts.all, index, rows);
  return {
    account: accounts.main,
    accounts: accounts.all,
    newAccounts: accounts.made,
    format: [...new Set(files.map(({ format }) => format))].join(', '),
    files,
    rows,
    refused: [
      ...files.flatMap(({ file, parsed }) =>
        parsed.refused.map((row) => ({ file: file.name, ...row })),
      ),
      ...rows.flatMap(({ refused }) => refused ?? []),
    ],
    index,
    view,
  };
}

interface PlanState {
  readonly importId: string;
  readonly position: number;
  readonly accounts: AccountsByName;
  readonly index: InstrumentIndex;
  readonly fingerprints: Fingerprints;
}

function planRow(
  context: EngineContext,
  file: ImportFile,
  row: ImportedRow,
  state: PlanState,
): PlannedRow {
  const { accounts, index, importId, position, fingerprints } = state;
  const account = accounts.of(row.account);
  const keys = new Set<string>();
  const transaction = toTransaction(
    row.transaction,
    {
      id: context.newId(),
      accountId: account.id,
      position,
      source: { importId, file: file.name, line: row.line },
    },
    {
      instrument: (hint, currency) => {
        const { id } = index.resolve(hint, currency === '' ? account.currency : currency);
        keys.add(id);
        return id;
      },
      account: (name) => accounts.of(name).id,
    },
  );
  const [wrong] = checkTransaction(transaction);
  return {
    file: file.name,
    line: row.line,
    externalId: row.externalId,
    transaction,
    fingerprint: fingerprints.of(file.name, transaction, row.externalId),
    instrumentKeys: [...keys],
    status: wrong ? 'refused' : 'add',
    refused: wrong ? refusedByLedger(file.name, row.line, transaction, wrong) : null,
  };
}

function refusedByLedger(
  file: string,
  line: number,
  transaction: Transaction,
  wrong: LedgerFault,
): RefusedRowView {
  const heldBack = wrong.code === 'ledger.not-held';
  return {
    file,
    line,
    column: null,
    value: `${transaction.type} on ${transaction.effectiveAt}`,
    code: wrong.code,
    reason: wrong.detail,
    fix: heldBack
      ? 'Import the earlier history, record an opening balance before it, or allow shorting in the account; or take the other rows with --accept-valid.'
      : 'Mend the row in the file, or take the other rows with --accept-valid.',
  };
}

/**
 * Rows that are recorded already: by fingerprint, and where the file gives them no id, also by what
 * they say, so that our own export or another format of the same history adds nothing.
 */
async function markDuplicates(
  unit: UnitOfWork,
  view: LedgerView,
  rows: readonly PlannedRow[],
): Promise<void> {
  const byAccount = Map.groupBy(rows, ({ transaction }) => transaction.accountId);
  for (const [accountId, ofAccount] of byAccount) {
    const known = await unit.ledger.knownFingerprints(
      accountId,
      ofAccount.map(({ fingerprint }) => fingerprint),
    );
    const taken = new Set<string>(known);
    const nameless = ofAccount.some(
      ({ externalId, fingerprint }) => externalId === undefined && !taken.has(fingerprint),
    );
    const said = nameless
      ? contentFingerprints(view.transactions.filter((one) => one.accountId === accountId))
      : new Set<string>();
    for (const row of ofAccount) {
      const repeated =
        taken.has(row.fingerprint) || (row.externalId === undefined && said.has(row.fingerprint));
      if (row.status === 'add' && repeated) row.status = 'duplicate';
      taken.add(row.fingerprint);
    }
  }
}

/** A closing that names its lots does so by the ids of the file; in the record they are ours. */
function nameChosenLots(rows: readonly PlannedRow[]): void {
  const added = rows.filter(({ status }) => status === 'add');
  const ids = new Map(
    added.flatMap(({ externalId, transaction }) =>
      externalId === undefined ? [] : [[externalId, transaction.id] as const],
    ),
  );
  for (const row of added) {
    const { transaction } = row;
    if (!('lots' in transaction) || !transaction.lots) continue;
    const lots = transaction.lots.map((lot) => ({
      ...lot,
      openedBy: ids.get(lot.openedBy) ?? lot.openedBy,
    }));
    row.transaction = { ...transaction, lots };
  }
}

/** Rows that the ledger could not hold, and rows that would make an earlier record impossible. */
function markFaults(
  view: LedgerView,
  accounts: readonly Account[],
  index: InstrumentIndex,
  rows: readonly PlannedRow[],
): void {
  const added = rows.filter(({ status }) => status === 'add');
  const widened = { ...view, accounts, instruments: index.all };
  const faults = newFaults(widened, [
    ...view.transactions,
    ...added.map(({ transaction }) => transaction),
  ]);
  const byId = new Map(added.map((row) => [row.transaction.id, row]));
  for (const found of faults) {
    const row = byId.get(found.transactionId) ?? added[0];
    if (!row) continue;
    row.status = 'refused';
    row.refused = refusedByLedger(row.file, row.line, row.transaction, found);
  }
}

/** The accounts that files name, made where there is none of the name. */
class AccountsByName {
  readonly main: Account;
  readonly made: Account[] = [];
  readonly #known: Account[];
  readonly #context: EngineContext;
  readonly #several: boolean;

  constructor(
    context: EngineContext,
    known: readonly Account[],
    files: readonly ReadFile[],
    request: ImportRequest,
  ) {
    this.#context = context;
    this.#known = [...known];
    const named = new Set(
      files.flatMap(({ parsed }) => parsed.rows.flatMap(({ account }) => account ?? [])),
    );
    this.#several = named.size > 1 || namesOthers(files);
    const currency = request.currency ?? mainCurrency(files);
    this.main = this.#findOrMake(request.account, currency);
  }

  get all(): readonly Account[] {
    return this.#known;
  }

  /** A file of several accounts names them; in a file of one, the user's name for it wins. */
  of(name: string | undefined): Account {
    if (name === undefined || !this.#several) return this.main;
    return this.#findOrMake(name, this.main.currency);
  }

  #findOrMake(name: string, currency: string): Account {
    const found = findAccount(this.#known, name);
    if (found) return found;
    const made = newAccount(this.#context.newId(), { name, currency });
    this.#known.push(made);
    this.made.push(made);
    return made;
  }
}

const namesOthers = (files: readonly ReadFile[]): boolean =>
  files.some(({ parsed }) =>
    parsed.rows.some(({ transaction }) => transaction.type === 'transfer'),
  );

/** The currency a file says it is in, else the one most of its rows are paid in. */
function mainCurrency(files: readonly ReadFile[]): string {
  const stated = files.find(({ parsed }) => parsed.currency !== undefined)?.parsed.currency;
  if (stated !== undefined) return stated;
  const counts = new Map<string, number>();
  for (const { parsed } of files) {
    for (const { transaction } of parsed.rows) {
      const settled = (transaction as { settlement?: { currency: string } }).settlement?.currency;
      const currency = settled ?? currencyOf(transaction);
      if (currency !== '') counts.set(currency, (counts.get(currency) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'EUR';
}
