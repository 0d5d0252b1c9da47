// QIF has no specification that is still published; the letters and actions are those that Quicken
// has always written.
import type { InstrumentKind } from '@plimsoll/domain';
import type {
  ImportedTransaction,
  ImportOptions,
  InstrumentHint,
  ParsedFile,
} from '@plimsoll/ports';
import { Reading, refusedRow, wholeFileRefused } from '../../importer-kit/index.ts';
import { dayOrderOf } from './qif-day.ts';
import { QifFields } from './qif-fields.ts';
import { readCashRecord } from './read-cash-record.ts';
import { readInvestmentRecord } from './read-investment-record.ts';
import { type QifRecord, readQifRecords } from './read-qif-records.ts';

const cashLists = new Set(['bank', 'cash', 'ccard', 'oth a', 'oth l']);
const plainLists = new Set([
  ...[
    'account',
    'cat',
    'class',
    'memorized',
    'security',
    'prices',
    'budget',
    'invitem',
    'template',
  ],
  ...['autoswitch', 'tag'],
]);

const listOf = (record: QifRecord): string => record.list.toLowerCase();

const isTransaction = (record: QifRecord): boolean =>
  cashLists.has(listOf(record)) || listOf(record) === 'invst';

const kinds: Readonly<Record<string, InstrumentKind>> = {
  'mutual fund': 'fund',
  bond: 'bond',
  option: 'option',
};

/** What the list of securities says of each, by name. */
function securitiesIn(records: readonly QifRecord[]): (name: string) => InstrumentHint {
  const hints = new Map<string, InstrumentHint>();
  for (const { fields } of records.filter((record) => listOf(record) === 'security')) {
    const name = fields.get('N')?.text ?? '';
    const symbol = fields.get('S')?.text ?? '';
    const kind = kinds[(fields.get('T')?.text ?? '').toLowerCase()];
    hints.set(name, { name, ...(symbol === '' ? {} : { symbol }), ...(kind ? { kind } : {}) });
  }
  return (name) => hints.get(name) ?? { name };
}

const needAmount = new Set([
  ...['deposit', 'withdrawal', 'fee', 'tax', 'margin-interest', 'return-of-capital'],
]);

const movesNothing = (transaction: ImportedTransaction): boolean =>
  needAmount.has(transaction.type) && 'amount' in transaction && transaction.amount === 0n;

class QifFile {
  readonly reading = new Reading();
  readonly #hintOf: (name: string) => InstrumentHint;
  readonly #accounts: ReadonlySet<string>;

  constructor(records: readonly QifRecord[]) {
    this.#hintOf = securitiesIn(records);
    const named = records.filter(isTransaction).map((record) => record.account);
    this.#accounts = new Set(named.filter((name) => name !== ''));
  }

  take(fields: QifFields): void {
    const { record } = fields;
    const isInvestment = listOf(record) === 'invst';
    const read = isInvestment
      ? readInvestmentRecord(fields, this.#hintOf)
      : { outcome: readCashRecord(fields, this.#accounts) };
    const account = this.#accounts.size > 1 ? { account: record.account } : {};
    const { outcome } = read;
    if (fields.refusal) this.reading.refuse(fields.refusal);
    else if ('ignored' in outcome) this.reading.ignore(record.line, outcome.ignored);
    else if (movesNothing(outcome.transaction)) {
      this.reading.ignore(record.line, 'The record moves no money.');
    } else {
      this.reading.take({ line: record.line, ...account, transaction: outcome.transaction });
      const passed = 'passed' in read ? read.passed : undefined;
      const line = record.fields.get('L')?.line ?? record.line;
      if (passed && !movesNothing(passed))
        this.reading.take({ line, ...account, transaction: passed });
    }
  }

  refuseList(record: QifRecord): void {
    this.reading.refuse(
      refusedRow(record.line, {
        column: null,
        value: record.list,
        code: 'import.unknown-list',
        reason:
          record.list === ''
            ? 'The record is in no list: the file has no !Type line above it.'
            : `"!Type:${record.list.slice(0, 40)}" is not a list that is known for QIF.`,
        fix: 'Download the file again, or leave this list out.',
      }),
    );
  }
}

function notQif(text: string): ParsedFile {
  const isIif = isIifText(text);
  return wholeFileRefused({
    value: text.trim().split(/[\r\n]/)[0] ?? '',
    code: 'import.not-qif',
    reason: isIif
      ? 'The file is a QuickBooks IIF file, which is not read.'
      : 'The file is not QIF: it has no line that begins with !Type.',
    fix: 'Download the statement as OFX, QFX, QBO, QIF or CSV.',
  });
}

/** Whether the text is a file of QuickBooks' own exchange format. */
export const isIifText = (text: string): boolean =>
  /^\s*!(?:TRNS|ACCNT|CUST|HDR)\t/.test(text.slice(0, 4096));

/** Whether the text is QIF. */
export const isQifText = (text: string): boolean =>
  /^(?:\s*!(?:option|clear):[^\r\n]*[\r\n]+)*\s*!(?:type:|account)/i.test(text.slice(0, 4096));

/** Reads a QIF file; the currency must be given, as the format has none. */
export function parseQif(text: string, options: ImportOptions): ParsedFile {
  if (!isQifText(text)) return notQif(text);
  const records = readQifRecords(text);
  const transactions = records.filter(isTransaction);
  const order = dayOrderOf(transactions.map((record) => record.fields.get('D')?.text ?? ''));
  const file = new QifFile(records);
  for (const record of records) {
    if (isTransaction(record)) file.take(new QifFields(record, order, options.currency));
    else if (plainLists.has(listOf(record))) {
      file.reading.ignore(
        record.line,
        `An entry of the list of ${record.list}, not a transaction.`,
      );
    } else file.refuseList(record);
  }
  return file.reading.finish(options.currency === undefined ? {} : { currency: options.currency });
}
