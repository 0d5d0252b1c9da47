// OFX 2.2, sections 11 (banking) and 13 (investments), by way of the models of csingley/ofxtools
// (github.com/csingley/ofxtools, seen 2026-11-21).
import type { ImportedTransaction, ImportOptions, ParsedFile, RefusedRow } from '@plimsoll/ports';
import { refusedRow, wholeFileRefused } from '../../importer-kit/index.ts';
import { OfxBook } from './ofx-book.ts';
import { OfxFields } from './ofx-fields.ts';
import { OfxSecurities } from './ofx-securities.ts';
import { ofxTotals } from './ofx-totals.ts';
import { readBankRow } from './read-bank-row.ts';
import { type InvestmentOutcome, investmentReaders, readClosure } from './read-investment-row.ts';
import {
  childOf,
  elementsNamed,
  type OfxElement,
  type OfxTree,
  readOfxTree,
  valueAt,
} from './read-ofx-tree.ts';

const statementNames = new Set(['STMTRS', 'CCSTMTRS', 'INVSTMTRS']);
const accountNames = ['BANKACCTFROM', 'CCACCTFROM', 'INVACCTFROM'];
const statusNames = new Set(['STATUS']);
const rowNames = new Set(['STMTTRN', 'CLOSUREOPT', ...Object.keys(investmentReaders)]);

const accountOf = (statement: OfxElement): string =>
  accountNames
    .map((name) => childOf(statement, name))
    .map((from) => (from ? valueAt(from, 'ACCTID') : ''))
    .find((id) => id !== '') ?? '';

/** Whether an element is a row, or wraps one: what stands in a list of transactions. */
const listNames = new Set(['BANKTRANLIST', 'INVTRANLIST']);

interface OfxRow {
  readonly fields: OfxFields;
  readonly account: string | undefined;
  readonly id: string;
  /** The id of the row that this one takes back or replaces. */
  readonly takesBack: string;
}

/** The id is in the row itself, in INVTRAN, or in INVTRAN of what the row wraps. */
function idOf(row: OfxElement, leaf: string): string {
  const holders = [row, childOf(row, 'INVBUY'), childOf(row, 'INVSELL')];
  const found = holders.flatMap((holder) =>
    holder ? [valueAt(holder, leaf), valueAt(holder, 'INVTRAN', leaf)] : [],
  );
  return found.find((text) => text !== '') ?? '';
}

function rowsOf(
  statement: OfxElement,
  account: string | undefined,
  currency: string,
): readonly OfxRow[] {
  const fallback = valueAt(statement, 'CURDEF') || currency;
  return elementsNamed(statement.children, rowNames).map((element) => ({
    fields: new OfxFields(element, fallback),
    account,
    id: idOf(element, 'FITID'),
    takesBack: idOf(element, 'REVERSALFITID') || idOf(element, 'CORRECTFITID'),
  }));
}

/** What stands in a list of transactions and is none that OFX has. */
function strangers(statement: OfxElement): readonly OfxElement[] {
  const known = new Set([...rowNames, 'DTSTART', 'DTEND', 'INVBANKTRAN']);
  return elementsNamed(statement.children, listNames)
    .flatMap((list) => list.children)
    .filter((element) => !known.has(element.name));
}

const stranger = (element: OfxElement): RefusedRow =>
  refusedRow(element.line, {
    column: null,
    value: element.name,
    code: 'import.unknown-kind',
    reason: `"${element.name}" is not a transaction that OFX has.`,
    fix: 'Record this transaction by hand, or import the others with "accept valid".',
  });

const keyOf = (account: string | undefined, id: string): string => `${account ?? ''}|${id}`;

/** Strikes out rows that are taken back or replaced by others of the file. */
function withoutTakenBack(rows: readonly OfxRow[], book: OfxBook): readonly OfxRow[] {
  const byId = new Map(rows.map((row) => [keyOf(row.account, row.id), row]));
  const gone = new Set<OfxRow>();
  for (const row of rows.filter((candidate) => candidate.takesBack !== '')) {
    const original = byId.get(keyOf(row.account, row.takesBack));
    const isReplacement = row.fields.text('CORRECTACTION').toUpperCase() === 'REPLACE';
    if (!original || original === row || gone.has(original)) {
      row.fields.refuse({
        column: 'FITID',
        value: row.takesBack,
        code: 'import.cancels-unknown',
        reason: `The row takes back transaction ${row.takesBack.slice(0, 60)}, which is not in this file.`,
        fix: 'Download a period that has both, or undo the transaction by hand.',
      });
      continue;
    }
    gone.add(original);
    book.ignore(original.fields.element.line, `Taken back on line ${row.fields.element.line}.`);
    if (isReplacement) continue;
    gone.add(row);
    book.ignore(row.fields.element.line, `Takes back line ${original.fields.element.line}.`);
  }
  return rows.filter((row) => !gone.has(row));
}

/** Exercises and assignments with the trade of the underlying that they name. */
function deliveriesOf(rows: readonly OfxRow[]): ReadonlyMap<OfxRow, OfxRow> {
  const byId = new Map(rows.map((row) => [keyOf(row.account, row.id), row]));
  const deliveries = new Map<OfxRow, OfxRow>();
  const used = new Set<OfxRow>();
  for (const row of rows) {
    if (row.fields.element.name !== 'CLOSUREOPT') continue;
    const related = byId.get(keyOf(row.account, row.fields.text('RELFITID')));
    if (!related || used.has(related) || !/^(?:BUY|SELL)STOCK$/.test(related.fields.element.name))
      continue;
    used.add(related);
    deliveries.set(row, related);
  }
  return deliveries;
}

const expenses = new Set(['fee', 'tax', 'margin-interest', 'return-of-capital']);

const movesNothing = (transaction: ImportedTransaction): boolean =>
  expenses.has(transaction.type) && 'amount' in transaction && transaction.amount === 0n;

function outcomeOf(
  { fields }: OfxRow,
  securities: OfxSecurities,
  delivered: boolean,
): InvestmentOutcome {
  const { name } = fields.element;
  if (name === 'STMTTRN') return readBankRow(fields);
  const read = investmentReaders[name];
  return read ? read({ fields, securities }) : readClosure({ fields, securities }, delivered);
}

function takeRows(rows: readonly OfxRow[], securities: OfxSecurities, book: OfxBook): void {
  const deliveries = deliveriesOf(rows);
  const delivered = new Set(deliveries.values());
  for (const row of rows.filter((candidate) => !delivered.has(candidate))) {
    const { fields, account, id } = row;
    const delivery = deliveries.get(row);
    const outcome = outcomeOf(row, securities, delivery !== undefined);
    const parts = delivery ? ([fields, delivery.fields] as const) : ([fields] as const);
    if ('ignored' in outcome) book.ignore(fields.element.line, outcome.ignored);
    else if (movesNothing(outcome.transaction) && !fields.refusal) {
      book.ignore(fields.element.line, 'The row moves no money.');
    } else book.take(parts, id, account, outcome.transaction);
  }
}

/** What the bank says went wrong on its side. */
function errorsIn(tree: OfxTree): readonly RefusedRow[] {
  return elementsNamed(tree.roots, statusNames)
    .filter((status) => valueAt(status, 'SEVERITY').toUpperCase() === 'ERROR')
    .map((status) =>
      refusedRow(status.line, {
        column: 'STATUS',
        value: valueAt(status, 'CODE'),
        code: 'import.bank-error',
        reason: `The bank answered with error ${valueAt(status, 'CODE')}: ${(valueAt(status, 'MESSAGE') || 'no reason given').slice(0, 200).replace(/\.$/, '')}.`,
        fix: 'Download the statement again.',
      }),
    );
}

const nothingInside = (): ParsedFile =>
  wholeFileRefused({
    value: '',
    code: 'import.no-statement',
    reason: 'The file has no statement of a bank, card or investment account in it.',
    fix: 'Choose an account and a period when you download, and try again.',
  });

/** Refusals for a file that is cut off or nested beyond measure. */
function damageOf(tree: OfxTree, lastLine: number): readonly RefusedRow[] {
  if (tree.tooDeepAt !== undefined) {
    return [
      refusedRow(tree.tooDeepAt, {
        column: null,
        value: '',
        code: 'import.too-deep',
        reason: 'Tags are nested deeper than in any OFX file; the rest is not read.',
        fix: 'Download the file again.',
      }),
    ];
  }
  if (!tree.unclosed.includes('OFX')) return [];
  return [
    refusedRow(lastLine, {
      column: null,
      value: tree.unclosed.join(' > '),
      code: 'import.cut-off',
      reason:
        'The file ends before </OFX>: it was cut off, and the last transaction may be incomplete.',
      fix: 'Download the file again.',
    }),
  ];
}

const otherFormats: readonly (readonly [RegExp, string])[] = [
  [/^!(?:TRNS|ACCNT|CUST|HDR)\b/m, 'It is a QuickBooks IIF file.'],
  [/^!(?:Type|Account|Option)\b/im, 'It is a QIF file.'],
  [/^%PDF/, 'It is a PDF.'],
];

function notOfx(text: string): ParsedFile {
  const head = text.slice(0, 4096);
  const known = otherFormats.find(([pattern]) => pattern.test(head))?.[1];
  return wholeFileRefused({
    value: head.trim().split(/[\r\n]/)[0] ?? '',
    code: 'import.not-ofx',
    reason: `The file is not OFX: it has no <OFX> tag.${known ? ` ${known}` : ''}`,
    fix: 'Download the statement as OFX, QFX or QBO, or choose the format that the file has.',
  });
}

function lineCount(text: string): number {
  return text.split(/\r\n|\r|\n/).length;
}

/** Reads OFX 1 and 2, QFX and QBO. */
export function parseOfx(text: string, options: ImportOptions): ParsedFile {
  if (!/<OFX[\s>]/i.test(text)) return notOfx(text);
  const tree = readOfxTree(text);
  const statements = elementsNamed(tree.roots, statementNames);
  const faults = [...errorsIn(tree), ...damageOf(tree, lineCount(text))];
  if (statements.length === 0 && faults.length === 0) return nothingInside();
  const book = new OfxBook();
  for (const fault of faults) book.refuse(fault);
  const securities = new OfxSecurities(tree.roots);
  const several = new Set(statements.map(accountOf)).size > 1;
  for (const statement of statements) {
    for (const element of strangers(statement)) book.refuse(stranger(element));
    const account = several ? accountOf(statement) : undefined;
    const rows = rowsOf(statement, account, options.currency ?? '');
    takeRows(withoutTakenBack(rows, book), securities, book);
  }
  const [first] = statements;
  const currency = (first ? valueAt(first, 'CURDEF') : '') || options.currency;
  const totals = ofxTotals(statements, securities, options.currency);
  return book.finish({
    ...(currency === undefined || currency === '' ? {} : { currency }),
    ...(totals === undefined ? {} : { totals }),
  });
}
