import { absolute, atPrice, type Decimal, one, whole, zero } from '@plimsoll/kernel';
import type { ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import type { QifFields } from './qif-fields.ts';
import { otherAccount, type QifOutcome } from './read-cash-record.ts';

type HintOf = (name: string) => InstrumentHint;

interface Entry {
  readonly fields: QifFields;
  readonly hintOf: HintOf;
}

function instrumentOf({ fields, hintOf }: Entry): InstrumentHint {
  if (fields.text('Y') !== '') return hintOf(fields.text('Y'));
  fields.refuse('Y', {
    code: 'import.missing-instrument',
    reason: 'The record names no security.',
    fix: 'Correct this record, or record the transaction by hand.',
  });
  return {};
}

const head = ({ fields }: Entry) => ({ ...fields.head(), currency: fields.currency });

const hasTotal = ({ fields }: Entry): boolean => fields.text('T') !== '' || fields.text('U') !== '';

/** The total holds the commission; the worth of the units is the total without it. */
function trade(entry: Entry, type: 'buy' | 'sell' | 'short' | 'cover'): ImportedTransaction {
  const { fields } = entry;
  const quantity = fields.needed('Q');
  const price = fields.price();
  const fee = fields.figure('O');
  const isPaid = type === 'buy' || type === 'cover';
  const total = hasTotal(entry) ? absolute(fields.amount()) : undefined;
  const worked = price === undefined ? fields.needed('T') : atPrice(quantity, price);
  const amount = total === undefined ? worked : isPaid ? total - fee : total + fee;
  if (amount < zero || quantity === zero) {
    fields.refuse(quantity === zero ? 'Q' : 'O', {
      code: 'import.impossible-trade',
      reason:
        quantity === zero
          ? 'The record trades no units.'
          : 'The commission is more than the total.',
      fix: 'Correct this record.',
    });
  }
  return {
    type,
    ...head(entry),
    instrument: instrumentOf(entry),
    quantity,
    ...(price === undefined ? {} : { price }),
    amount: absolute(amount),
    fee,
    tax: zero,
  };
}

type IncomeType = 'dividend' | 'interest' | 'other-income';

const income = (entry: Entry, type: IncomeType): ImportedTransaction => ({
  type,
  ...head(entry),
  instrument: entry.fields.text('Y') === '' ? undefined : instrumentOf(entry),
  amount: entry.fields.amount(),
  fee: zero,
  tax: zero,
});

function reinvested(entry: Entry, type: IncomeType): ImportedTransaction {
  const instrument = instrumentOf(entry);
  return {
    type,
    ...head(entry),
    instrument,
    amount: absolute(entry.fields.amount()),
    fee: entry.fields.figure('O'),
    tax: zero,
    reinvested: { instrument, quantity: entry.fields.needed('Q') },
  };
}

const expense = (entry: Entry, type: 'fee' | 'margin-interest'): ImportedTransaction => ({
  type,
  ...head(entry),
  instrument: entry.fields.text('Y') === '' ? undefined : instrumentOf(entry),
  amount: absolute(entry.fields.amount()),
});

function delivery(entry: Entry, type: 'delivery-in' | 'delivery-out'): ImportedTransaction {
  const quantity = entry.fields.needed('Q');
  const price = entry.fields.price();
  return {
    type,
    ...head(entry),
    instrument: instrumentOf(entry),
    quantity,
    ...(price === undefined ? {} : { amount: atPrice(quantity, price) }),
    fee: zero,
    tax: zero,
  };
}

/** The quantity of a split is the new units for ten old ones. */
const split = (entry: Entry): ImportedTransaction => {
  const { currency: _currency, ...base } = head(entry);
  return {
    type: 'split',
    ...base,
    instrument: instrumentOf(entry),
    ratio: { new: entry.fields.needed('Q') || one, old: whole(10) },
  };
};

const cash = (entry: Entry, type: 'deposit' | 'withdrawal'): ImportedTransaction => ({
  type,
  ...head(entry),
  amount: absolute(entry.fields.amount()),
});

const signedCash = (entry: Entry): ImportedTransaction =>
  cash(entry, entry.fields.amount() < zero ? 'withdrawal' : 'deposit');

const returned = (entry: Entry): ImportedTransaction => ({
  type: 'return-of-capital',
  ...head(entry),
  instrument: instrumentOf(entry),
  amount: absolute(entry.fields.amount()),
});

/** What each action means; those with an X at the end move the cash on to another account. */
const actions: Readonly<Record<string, (entry: Entry) => ImportedTransaction>> = {
  buy: (entry) => trade(entry, 'buy'),
  sell: (entry) => trade(entry, 'sell'),
  shtsell: (entry) => trade(entry, 'short'),
  cvrshrt: (entry) => trade(entry, 'cover'),
  div: (entry) => income(entry, 'dividend'),
  cglong: (entry) => income(entry, 'dividend'),
  cgmid: (entry) => income(entry, 'dividend'),
  cgshort: (entry) => income(entry, 'dividend'),
  intinc: (entry) => income(entry, 'interest'),
  miscinc: (entry) => income(entry, 'other-income'),
  reinvdiv: (entry) => reinvested(entry, 'dividend'),
  reinvlg: (entry) => reinvested(entry, 'dividend'),
  reinvmd: (entry) => reinvested(entry, 'dividend'),
  reinvsh: (entry) => reinvested(entry, 'dividend'),
  reinvint: (entry) => reinvested(entry, 'interest'),
  miscexp: (entry) => expense(entry, 'fee'),
  margint: (entry) => expense(entry, 'margin-interest'),
  rtrncap: returned,
  shrsin: (entry) => delivery(entry, 'delivery-in'),
  shrsout: (entry) => delivery(entry, 'delivery-out'),
  stksplit: split,
  xin: (entry) => cash(entry, 'deposit'),
  xout: (entry) => cash(entry, 'withdrawal'),
  contrib: (entry) => cash(entry, 'deposit'),
  withdrwl: (entry) => cash(entry, 'withdrawal'),
  cash: signedCash,
};

/** Actions that take money; with an X, as much comes in from another account. */
const paying = new Set(['buy', 'cvrshrt', 'miscexp', 'margint']);

/** The amount that an action with an X passes on, as a movement of its own. */
function passedOn(entry: Entry, action: string): ImportedTransaction {
  const amount: Decimal = absolute(entry.fields.amount());
  const other = otherAccount(entry.fields);
  const note = other === '' ? {} : { note: other };
  const type = paying.has(action) ? 'deposit' : 'withdrawal';
  return { type, ...head(entry), ...note, amount };
}

/** One record of an investment account, and the cash that goes on to or comes from elsewhere. */
export function readInvestmentRecord(
  fields: QifFields,
  hintOf: HintOf,
): { readonly outcome: QifOutcome; readonly passed?: ImportedTransaction } {
  const entry = { fields, hintOf };
  const word = fields.text('N').toLowerCase();
  if (word === 'reminder') return { outcome: { ignored: 'A reminder.' } };
  const own = actions[word];
  if (own) return { outcome: { transaction: own(entry) } };
  const action = word.endsWith('x') ? word.slice(0, -1) : '';
  const withCash = actions[action];
  if (withCash)
    return { outcome: { transaction: withCash(entry) }, passed: passedOn(entry, action) };
  fields.refuse('N', {
    code: 'import.unknown-kind',
    reason: `"${fields.text('N').slice(0, 40)}" is not an action that is known for QIF.`,
    fix: 'Record this transaction by hand, or import the others with "accept valid".',
  });
  return { outcome: { ignored: '' } };
}
