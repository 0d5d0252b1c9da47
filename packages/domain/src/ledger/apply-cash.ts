import { type DayNumber, type Decimal, dayNumber, mulDiv, pricePer } from '@plimsoll/kernel';
import { adjustCash, lotWorth, noteTradePrice, payForeignCharges } from './apply-trades.ts';
import type { Book, HoldingState } from './book.ts';
import type { LedgerFault } from './faults.ts';
import type { Tally } from './tally.ts';
import { termsOf } from './terms.ts';
import type { CashFlow, Conversion, Expense, Income, Transaction } from './transaction.ts';

/** Whose line income or expense without units belongs to: the instrument's, else the account's. */
function tallyOf(
  book: Book,
  transaction: Transaction,
  instrumentId: string | undefined,
): { readonly tally: Tally | null; readonly state: HoldingState | null } {
  if (!book.counts(transaction.accountId)) return { tally: null, state: null };
  if (instrumentId === undefined) {
    return { tally: book.accountTally(transaction.accountId), state: null };
  }
  const state = book.holding(transaction.accountId, instrumentId);
  return { tally: state.tally, state };
}

export function applyCashFlow(book: Book, flow: CashFlow): null {
  const amount = flow.type === 'deposit' ? flow.amount : -flow.amount;
  adjustCash(book, flow, amount, flow.currency, dayNumber(flow.effectiveAt));
  return null;
}

/** Gross income with tax and fee beside it; what is left comes as cash, or as units where reinvested. */
export function applyIncome(book: Book, income: Income): null {
  const day = dayNumber(income.effectiveAt);
  const terms = termsOf(income, 'receiving', book.options.rates, day, (currency) =>
    book.noteUnknownRate(currency, day),
  );
  const { tally, state } = tallyOf(book, income, income.instrumentId);
  if (tally) {
    tally.income += terms.gross.base;
    tally.fees += terms.fee.base;
    tally.taxes += terms.tax.base;
  }
  book.lineFlow(state, income.accountId, terms.cash.currency, day, -terms.net.base);
  if (income.reinvested) {
    reinvest(book, income, terms.net.stated, terms.net.base, day);
  } else {
    book.moveMoney(income, terms.cash.currency, terms.cash.amount, terms.net.base, day);
  }
  payForeignCharges(book, income, tally, terms, day, state);
  return null;
}

function reinvest(
  book: Book,
  income: Income,
  net: Decimal,
  netBase: Decimal,
  day: DayNumber,
): void {
  if (!income.reinvested) return;
  const { instrumentId, quantity } = income.reinvested;
  const state = book.holding(income.accountId, instrumentId);
  const cost = lotWorth(book, state, net, netBase, income.currency, income.settlement, net, day);
  noteTradePrice(book, state, day, quantity, cost);
  book.instrumentFlow(state, day, netBase);
  book.receiveLot(state, income, day, {
    openedBy: income.id,
    openedOn: day,
    quantity,
    currency: cost.currency,
    cost: cost.local,
    baseCost: cost.base,
    basis: cost.local,
    baseBasis: cost.base,
  });
}

export function applyExpense(book: Book, expense: Expense): null {
  const day = dayNumber(expense.effectiveAt);
  const base = book.inBase(expense.amount, expense.currency, day);
  const { tally, state } = tallyOf(book, expense, expense.instrumentId);
  if (tally && expense.type === 'tax') tally.taxes += base;
  else if (tally) tally.fees += base;
  book.lineFlow(state, expense.accountId, expense.currency, day, base);
  book.moveMoney(expense, expense.currency, -expense.amount, -base, day);
  return null;
}

/** Worth of a conversion: by the side that is in the base currency, else by what was sold. */
function conversionWorth(book: Book, { sold, bought }: Conversion, day: DayNumber): Decimal {
  if (bought.currency === book.options.currency) return bought.amount;
  if (book.options.rates.rate(sold.currency, day) !== null) {
    return book.inBase(sold.amount, sold.currency, day);
  }
  return book.inBase(bought.amount, bought.currency, day);
}

/** Both sides at one worth: the foreign cash that goes realises its FX gain, what comes starts anew. */
export function applyConversion(book: Book, conversion: Conversion): LedgerFault | null {
  const day = dayNumber(conversion.effectiveAt);
  const { sold, bought } = conversion;
  if (sold.amount > 0n && bought.amount > 0n) {
    const rate = pricePer(bought.amount, sold.amount);
    book.options.rates.noteBooked(sold.currency, bought.currency, day, rate);
  }
  const base = conversionWorth(book, conversion, day);
  if (book.tracksCash(conversion.accountId)) {
    book.moveMoney(conversion, sold.currency, -sold.amount, -base, day);
    book.moveMoney(conversion, bought.currency, bought.amount, base, day);
  }
  const { tally } = tallyOf(book, conversion, undefined);
  for (const kind of ['fee', 'tax'] as const) {
    const amount = conversion[kind];
    if (amount === 0n) continue;
    const currency =
      (kind === 'fee' ? conversion.feeCurrency : conversion.taxCurrency) ?? conversion.currency;
    const worth = chargeWorth(book, conversion, amount, currency, base, day);
    if (tally && kind === 'fee') tally.fees += worth;
    else if (tally) tally.taxes += worth;
    book.lineFlow(null, conversion.accountId, currency, day, worth);
    book.moveMoney(conversion, currency, -amount, -worth, day);
  }
  return null;
}

/** A charge in one of the two currencies is worth what the conversion itself says. */
function chargeWorth(
  book: Book,
  { sold, bought }: Conversion,
  amount: Decimal,
  currency: string,
  base: Decimal,
  day: DayNumber,
): Decimal {
  if (currency === book.options.currency) return amount;
  for (const side of [sold, bought]) {
    if (side.currency === currency && side.amount !== 0n) return mulDiv(base, amount, side.amount);
  }
  return book.inBase(amount, currency, day);
}
