import { absolute, addDays, type Decimal, zero } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import type { IbkrBook } from './ibkr-book.ts';
import type { IbkrMoment } from './ibkr-day.ts';
import { instrumentKey, instrumentOf } from './ibkr-instrument.ts';
import type { IbkrReading } from './ibkr-reading.ts';
import { groupBy, push } from './multimap.ts';

type CashKind =
  | 'dividend'
  | 'withholding'
  | 'fee'
  | 'interest-received'
  | 'interest-paid'
  | 'coupon'
  | 'external'
  | 'other-income';

const kinds: Readonly<Record<string, CashKind>> = {
  dividends: 'dividend',
  'payment in lieu of dividends': 'dividend',
  'withholding tax': 'withholding',
  '871(m) withholding': 'withholding',
  'broker interest received': 'interest-received',
  'broker interest paid': 'interest-paid',
  'bond interest received': 'coupon',
  'bond interest paid': 'coupon',
  'deposits/withdrawals': 'external',
  'deposits & withdrawals': 'external',
  'other fees': 'fee',
  'broker fees': 'fee',
  'advisor fees': 'fee',
  'client fees': 'fee',
  'commission adjustments': 'fee',
  'other income': 'other-income',
};

/** One row of the cash section. */
interface CashRow {
  readonly reading: IbkrReading;
  readonly kind: CashKind;
  readonly moment: IbkrMoment;
  readonly amount: Decimal;
  /** What it is about; undefined for cash that belongs to no instrument. */
  readonly instrument: InstrumentHint | undefined;
}

/** Corrections that are booked more than this many days later moved money on the later day. */
const lateAfterDays = 7;

function cashMoment(reading: IbkrReading): IbkrMoment {
  const moment = reading.moment('dateTime', 'settleDate', 'date', 'reportDate');
  const reported = reading.has('reportDate') ? reading.moment('reportDate') : moment;
  if (moment.day === '' || reported.day <= addDays(moment.day, lateAfterDays)) return moment;
  return reported;
}

const isUnknownKind = (reading: IbkrReading): CashKind => {
  reading.refuse({
    field: 'type',
    code: 'import.unknown-kind',
    reason: `"${reading.text('type').slice(0, 80)}" is not a kind of cash row that is known.`,
    fix: 'Record this row by hand, or import the others with "accept valid".',
  });
  return 'fee';
};

const namedBy: readonly ['symbol', 'isin', 'securityID', 'cusip'] = [
  'symbol',
  'isin',
  'securityID',
  'cusip',
];

function cashRow(reading: IbkrReading): CashRow {
  const kind = kinds[reading.text('type').toLowerCase()] ?? isUnknownKind(reading);
  const isAbout = namedBy.some((field) => reading.has(field));
  reading.currencyIn('currency');
  return {
    reading,
    kind,
    moment: cashMoment(reading),
    amount: reading.required('amount', reading.money('amount')),
    instrument: isAbout || kind === 'dividend' ? instrumentOf(reading) : undefined,
  };
}

/** The payment a text speaks of, the same for a dividend, its tax and its fee. */
const paymentOf = (row: CashRow): string =>
  row.reading
    .text('description')
    .toUpperCase()
    .replace(/ +- +(?:[A-Z]{2} TAX|FEE)$/, '')
    .replace(/ *\([^()]*\)$/, '');

const isReturnOfCapital = (row: CashRow): boolean =>
  row.kind === 'dividend' && /\(return of capital\)$/i.test(row.reading.text('description'));

/** Rows of one instrument's payments on one day. */
const groupKey = (row: CashRow): string =>
  [
    row.reading.record.accountId,
    row.instrument ? (row.instrument.symbol ?? instrumentKey(row.instrument)) : '',
    row.reading.text('currency'),
    row.moment.day,
  ].join('|');

interface Payment {
  readonly dividend: CashRow;
  readonly charges: CashRow[];
}

/** The payments of a group by their sign, and by sign and text. */
class Payments {
  readonly #bySign = new Map<boolean, Payment[]>();
  readonly #byText = new Map<string, { next: number; readonly payments: Payment[] }>();

  constructor(payments: readonly Payment[]) {
    for (const payment of payments) {
      const isPaid = payment.dividend.amount > zero;
      push(this.#bySign, isPaid, payment);
      const key = `${isPaid}|${paymentOf(payment.dividend)}`;
      const found = this.#byText.get(key);
      if (found) found.payments.push(payment);
      else this.#byText.set(key, { next: 0, payments: [payment] });
    }
  }

  /** A tax or fee goes with a payment of the other sign: a refund with a reversal. */
  payerOf(row: CashRow): Payment | undefined {
    const isPaid = row.amount < zero;
    const same = this.#byText.get(`${isPaid}|${paymentOf(row)}`);
    if (same) return same.payments[same.next++ % same.payments.length];
    const opposite = this.#bySign.get(isPaid) ?? [];
    return opposite.length === 1 ? opposite[0] : undefined;
  }
}

const isDividendFee = (row: CashRow): boolean =>
  row.kind === 'fee' &&
  row.instrument !== undefined &&
  / - FEE$/i.test(row.reading.text('description'));

/** When it happened and what the broker wrote beside it. */
function head(row: CashRow) {
  const { day, time } = row.moment;
  const note = row.reading.text('description');
  return {
    effectiveAt: day,
    ...(time === undefined ? {} : { time }),
    ...(note === '' ? {} : { note }),
    currency: row.reading.currencyIn('currency'),
  };
}

const chargesTotal = (rows: readonly CashRow[], kind: CashKind): Decimal =>
  rows.filter((row) => row.kind === kind).reduce((sum, row) => sum - row.amount, zero);

function dividend({ dividend: row, charges }: Payment): ImportedTransaction {
  return {
    type: 'dividend',
    ...head(row),
    instrument: row.instrument,
    amount: row.amount,
    fee: chargesTotal(charges, 'fee'),
    tax: chargesTotal(charges, 'withholding'),
  };
}

function returnOfCapital(row: CashRow): ImportedTransaction {
  if (row.amount < zero) {
    row.reading.refuse({
      field: 'amount',
      code: 'import.return-of-capital-reversed',
      reason: 'The row takes back a return of capital that is not in this file.',
      fix: 'Reverse the return of capital by hand, and leave this row out.',
    });
  }
  return {
    type: 'return-of-capital',
    ...head(row),
    instrument: row.instrument ?? {},
    amount: row.amount,
  };
}

/** A row that stands by itself. */
function single(row: CashRow): ImportedTransaction {
  const { instrument } = row;
  const paid = { ...head(row), instrument, amount: -row.amount };
  const earned = { ...head(row), instrument, amount: row.amount, fee: zero, tax: zero };
  switch (row.kind) {
    case 'withholding':
      return { type: 'tax', ...paid };
    case 'fee':
      return { type: 'fee', ...paid };
    case 'interest-paid':
      return { type: 'margin-interest', ...paid };
    case 'interest-received':
      return { type: 'interest', ...earned };
    case 'other-income':
      return { type: 'other-income', ...earned };
    case 'external': {
      const type = row.amount < zero ? 'withdrawal' : 'deposit';
      return { type, ...head(row), amount: absolute(row.amount) };
    }
    default:
      return { type: 'coupon', ...earned };
  }
}

/** Strikes out a row and the later one that takes exactly it back. */
function withoutTakenBack(rows: readonly CashRow[], book: IbkrBook): readonly CashRow[] {
  const gone = new Set<CashRow>();
  const waiting = new Map<string, CashRow[]>();
  const key = (row: CashRow, amount: Decimal) =>
    [groupKey(row), row.kind, row.reading.text('description'), amount].join('|');
  for (const row of rows.filter(isReturnOfCapital)) {
    const partner = waiting.get(key(row, -row.amount))?.shift();
    if (!partner) {
      push(waiting, key(row, row.amount), row);
      continue;
    }
    for (const one of [row, partner]) gone.add(one);
    book.ignore(partner.reading.record.line, `Taken back on line ${row.reading.record.line}.`);
    book.ignore(row.reading.record.line, `Takes back line ${partner.reading.record.line}.`);
  }
  return rows.filter((row) => !gone.has(row));
}

function takeGroup(rows: readonly CashRow[], book: IbkrBook): void {
  const left = withoutTakenBack(rows, book);
  const payments = left
    .filter((row) => row.kind === 'dividend' && !isReturnOfCapital(row) && !row.reading.refusal)
    .map((row): Payment => ({ dividend: row, charges: [] }));
  const payers = new Payments(payments);
  const joined = new Set<CashRow>(payments.map((payment) => payment.dividend));
  for (const row of left) {
    if (row.instrument === undefined || row.reading.refusal) continue;
    if (row.kind !== 'withholding' && !isDividendFee(row)) continue;
    const payment = payers.payerOf(row);
    if (!payment) continue;
    payment.charges.push(row);
    joined.add(row);
  }
  for (const payment of payments) {
    const charges = payment.charges.map((row) => row.reading);
    book.take([payment.dividend.reading, ...charges], dividend(payment));
  }
  for (const row of left.filter((candidate) => !joined.has(candidate))) takeSingle(row, book);
}

function takeSingle(row: CashRow, book: IbkrBook): void {
  if (row.amount === zero && !row.reading.refusal) {
    book.ignore(row.reading.record.line, 'The row moves no money.');
    return;
  }
  const transaction =
    isReturnOfCapital(row) || row.kind === 'dividend' ? returnOfCapital(row) : single(row);
  book.take([row.reading], transaction);
}

/** Books all rows of the cash section; taxes and fees of a dividend beside it. */
export function takeIbkrCash(readings: readonly IbkrReading[], book: IbkrBook): void {
  for (const rows of groupBy(readings.map(cashRow), groupKey).values()) takeGroup(rows, book);
}
