import { absolute, type Decimal, ok } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint, ParsedFile } from '@plimsoll/ports';
import {
  all,
  type CsvTable,
  type Read,
  Reading,
  type Row,
  rowsOf,
  whenFields,
} from '../../importer-kit/index.ts';

/** Reads a whole list. All of it is in euros; a unit of a loan is a euro lent. */
export function readTrine(table: CsvTable): ParsedFile {
  const { rows, refused } = rowsOf(table, { decimal: '.', days: 'ymd' });
  const reading = new Reading(refused);
  for (const row of rows) {
    const read = readRow(row);
    if (!read.ok) reading.refuse(read.fault);
    else if (typeof read.value === 'string') reading.ignore(row.line, read.value);
    else for (const transaction of read.value) reading.take({ line: row.line, transaction });
  }
  return reading.finish({ currency: 'EUR' });
}

interface Facts {
  readonly head: {
    readonly effectiveAt: string;
    readonly time?: string;
    readonly currency: string;
  };
  /** Change of the cash. */
  readonly cash: Decimal;
  readonly capital: Decimal;
  readonly interest: Decimal;
}

/** The transactions of a row, or why it is none. */
function readRow(row: Row): Read<readonly ImportedTransaction[] | string> {
  const type = row.text('Type');
  if (type === 'Committed investment') return ok('Promised, and not yet paid.');
  const voucher = /^Activated friend voucher from/.test(type);
  if (!voucher && !knownTypes.has(type)) return row.unknown('Type');
  const facts = factsOf(row);
  if (!facts.ok) return facts;
  const { head, cash } = facts.value;
  if (type === 'Investment') return investment(row, facts.value);
  if (type === 'Repayment') return repayment(row, facts.value);
  if (cash === 0n) return ok('The row moves nothing: its change of the balance is 0.');
  if (voucher) {
    const charges = { fee: 0n, tax: 0n };
    return ok([{ ...head, type: 'other-income', instrument: undefined, amount: cash, ...charges }]);
  }
  return ok([{ ...head, type: cash > 0n ? 'deposit' : 'withdrawal', amount: absolute(cash) }]);
}

const knownTypes: ReadonlySet<string> = new Set([
  'Investment',
  'Repayment',
  'Deposit',
  'Withdrawal',
]);

function factsOf(row: Row): Read<Facts> {
  const read = all({
    when: row.when('Date'),
    cash: row.decimal('AvailableBalanceChange'),
    capital: row.decimalOrZero('RepaidCapital'),
    interest: row.decimalOrZero('RepaidInterest'),
    lateFee: row.decimalOrZero('LateFee'),
  });
  if (!read.ok) return read;
  const { when, cash, capital, interest, lateFee } = read.value;
  const head = { ...whenFields(when), currency: 'EUR' };
  return ok({ head, cash, capital, interest: interest + lateFee });
}

function loanOf(row: Row): Read<InstrumentHint> {
  const name = row.required('Loan');
  if (!name.ok) return name;
  return ok({ symbol: name.value, name: name.value, kind: 'bond', currency: 'EUR' });
}

function investment(row: Row, { head, cash }: Facts): Read<readonly ImportedTransaction[]> {
  const read = all({ instrument: loanOf(row), lent: row.positive('OutstandingPortfolioChange') });
  if (!read.ok) return read;
  const { instrument, lent } = read.value;
  if (cash !== -lent) return disagree(row, 'the euros lent are not those that were paid');
  const charges = { fee: 0n, tax: 0n };
  return ok([{ ...head, type: 'buy', instrument, quantity: lent, amount: lent, ...charges }]);
}

/** Capital paid back, and the interest and late fees that came with it. */
function repayment(row: Row, facts: Facts): Read<readonly ImportedTransaction[]> {
  const loan = loanOf(row);
  if (!loan.ok) return loan;
  const { head, cash, capital, interest } = facts;
  if (cash !== capital + interest || capital < 0n || cash === 0n) {
    return disagree(row, 'capital, interest and late fee do not make the change of the balance');
  }
  const plain = { ...head, instrument: loan.value, fee: 0n, tax: 0n };
  return ok([
    ...(interest === 0n ? [] : [{ ...plain, type: 'coupon' as const, amount: interest }]),
    ...(capital === 0n
      ? []
      : [{ ...plain, type: 'amortisation' as const, quantity: capital, amount: capital }]),
  ]);
}

const disagree = (row: Row, why: string) =>
  row.refuseCell('AvailableBalanceChange', {
    code: 'import.amounts-disagree',
    reason: `In this row ${why}.`,
    fix: 'Correct the figures, or record the row by hand.',
  });
