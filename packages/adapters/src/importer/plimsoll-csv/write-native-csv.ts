import type { Charges, Settlement } from '@plimsoll/domain';
import { type Decimal, formatDecimal, formatPrice, one, type Price } from '@plimsoll/kernel';
import type { ImportedRow, ImportedTransaction, InstrumentHint } from '@plimsoll/ports';
import {
  coreFields,
  type InstrumentRole,
  type NativeField,
  nativeFields,
  partField,
  symbolField,
} from '../../importer-kit/native/native-field.ts';
import { escapeId } from '../../importer-kit/native/read-amounts.ts';
import { grossAmount } from '../../importer-kit/native/trade-amount.ts';
import { penceFactor } from '../../importer-kit/pence.ts';

/** What the writer needs of a transaction: the same that reading it back gives. */
export type NativeEntry = Pick<ImportedRow, 'transaction' | 'account' | 'externalId'>;

type Cells = Partial<Record<NativeField, string>>;

/**
 * Writes transactions as the native CSV: the eleven core columns, then those that some row needs.
 * Reading it back gives equal transactions. Text that a spreadsheet would run as a formula is
 * guarded with an apostrophe, which reading takes away again; numbers stand as they are.
 */
export function writeNativeCsv(entries: readonly NativeEntry[]): string {
  const rows = entries
    .toSorted((a, b) => compare(a.transaction.effectiveAt, b.transaction.effectiveAt))
    .map(cellsOf);
  const core: readonly NativeField[] = coreFields;
  const columns = nativeFields.filter(
    (field) => core.includes(field) || rows.some((row) => row[field] !== undefined),
  );
  const lines = rows.map((row) => columns.map((field) => quoted(row[field] ?? '')).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const quoted = (cell: string): string =>
  /[",;\t\r\n|]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** What a spreadsheet takes for the start of a formula, after blanks and earlier guards. */
const formulaStart = /^'*\s*[=+\-@\t\r\n＝＋－＠]/;

const guarded = (text: string): string => (formulaStart.test(text) ? `'${text}` : text);

const words = (cells: Readonly<Partial<Record<NativeField, string | undefined>>>): Cells =>
  Object.fromEntries(
    Object.entries(cells)
      .filter(([, text]) => text !== undefined && text !== '')
      .map(([field, text]) => [field, guarded(text ?? '')]),
  );

const figure = (field: NativeField, value: Decimal | undefined): Cells =>
  value === undefined ? {} : { [field]: formatDecimal(value) };

const priceCell = (value: Price | undefined): Cells =>
  value === undefined ? {} : { price: formatPrice(value) };

function cellsOf({ transaction, account, externalId }: NativeEntry): Cells {
  const toAccount = transaction.type === 'transfer' ? transaction.toAccount : undefined;
  return {
    ...words({
      date: transaction.effectiveAt,
      type: transaction.type,
      time: transaction.time,
      note: transaction.note,
      id: externalId,
      ...accountCells(account, toAccount),
    }),
    ...bodyOf(transaction),
  };
}

const holdsArrow = (name: string): boolean => /->|→/.test(name) || name !== name.trim();

function accountCells(account: string | undefined, toAccount: string | undefined) {
  if (toAccount === undefined) return { account };
  const from = account ?? '';
  if (from === '' || holdsArrow(from) || holdsArrow(toAccount)) {
    return { account, 'to-account': toAccount };
  }
  return { account: `${from} -> ${toAccount}` };
}

function instrumentCells(hint: InstrumentHint | undefined, role: InstrumentRole): Cells {
  if (!hint) return {};
  const option = role === '' || role === 'to-' ? hint.option : undefined;
  const underlyingRole = role === 'to-' ? 'to-underlying-' : 'underlying-';
  return {
    ...words({
      [symbolField(role)]: hint.symbol,
      [partField(role, 'isin')]: hint.isin,
      [partField(role, 'figi')]: hint.figi,
      [partField(role, 'cusip')]: hint.cusip,
      [partField(role, 'mic')]: hint.mic,
      [partField(role, 'exchange')]: hint.exchange,
      [partField(role, 'name')]: hint.name,
      [partField(role, 'kind')]: hint.kind,
      [partField(role, 'currency')]: hint.priceFactor === penceFactor ? 'GBX' : hint.currency,
      [partField(role, 'right')]: option?.right,
      [partField(role, 'expiry')]: option?.expiresOn,
    }),
    ...figure(partField(role, 'multiplier'), hint.multiplier),
    ...figure(partField(role, 'strike'), option?.strike),
    ...(option ? instrumentCells(option.underlying, underlyingRole) : {}),
  };
}

const chargeCells = (charges: Charges): Cells => ({
  ...(charges.fee === 0n ? {} : figure('fee', charges.fee)),
  ...(charges.tax === 0n ? {} : figure('tax', charges.tax)),
  ...words({ 'fee-currency': charges.feeCurrency, 'tax-currency': charges.taxCurrency }),
});

const settlementCells = (settlement: Settlement | undefined): Cells =>
  settlement
    ? {
        ...figure('settlement-amount', settlement.amount),
        ...words({ 'settlement-currency': settlement.currency }),
      }
    : {};

const lotCells = (
  lots: readonly { readonly openedBy: string; readonly quantity: Decimal }[] | undefined,
): Cells =>
  lots && lots.length > 0
    ? words({
        lots: lots
          .map((lot) => `${escapeId(lot.openedBy)}:${formatDecimal(lot.quantity)}`)
          .join('; '),
      })
    : {};

const cashInLieuCells = (
  cash: { readonly amount: Decimal; readonly currency: string } | undefined,
): Cells =>
  cash
    ? {
        ...figure('cash-in-lieu', cash.amount),
        ...words({ 'cash-in-lieu-currency': cash.currency }),
      }
    : {};

const ratioText = (ratio: { readonly new: Decimal; readonly old: Decimal }): string =>
  `${formatDecimal(ratio.new)}:${formatDecimal(ratio.old)}`;

type Of<Type extends ImportedTransaction['type']> = Extract<ImportedTransaction, { type: Type }>;

function bodyOf(transaction: ImportedTransaction): Cells {
  switch (transaction.type) {
    case 'buy':
    case 'sell':
    case 'short':
    case 'cover':
      return tradeCells(transaction);
    case 'deposit':
    case 'withdrawal':
      return {
        ...figure('amount', transaction.amount),
        ...words({ currency: transaction.currency }),
      };
    case 'transfer':
      return transferCells(transaction);
    case 'delivery-in':
    case 'delivery-out':
      return deliveryCells(transaction);
    case 'opening-balance':
      return openingCells(transaction);
    case 'dividend':
    case 'interest':
    case 'coupon':
    case 'staking':
    case 'rent':
    case 'other-income':
      return incomeCells(transaction);
    case 'fee':
    case 'tax':
    case 'margin-interest':
      return expenseCells(transaction);
    case 'fx':
      return conversionCells(transaction);
    case 'split':
    case 'stock-dividend':
      return splitCells(transaction);
    case 'spin-off':
      return spinOffCells(transaction);
    case 'merger':
    case 'symbol-change':
      return exchangeCells(transaction);
    case 'return-of-capital':
      return returnOfCapitalCells(transaction);
    case 'option-exercise':
    case 'option-assignment':
    case 'option-expiry':
      return optionEventCells(transaction);
    case 'redemption':
    case 'amortisation':
      return redemptionCells(transaction);
    case 'delisting':
      return delistingCells(transaction);
    case 'adjustment':
      return adjustmentCells(transaction);
  }
}

function tradeCells(trade: Of<'buy' | 'sell' | 'short' | 'cover'>): Cells {
  return {
    ...instrumentCells(trade.instrument, ''),
    ...figure('quantity', trade.quantity),
    ...priceCell(trade.price),
    ...figure('amount', trade.amount),
    ...figure('accrued', trade.accrued),
    ...words({ currency: trade.currency, 'amount-is': readsBack(trade) ? undefined : 'gross' }),
    ...chargeCells(trade),
    ...settlementCells(trade.settlement),
    ...lotCells(trade.lots),
  };
}

/** Whether reading would take the amount as the gross one without being told. */
const readsBack = (trade: Of<'buy' | 'sell' | 'short' | 'cover'>): boolean =>
  grossAmount({
    side: trade.type === 'buy' || trade.type === 'cover' ? 1n : -1n,
    quantity: trade.quantity,
    price: trade.price,
    amount: trade.amount,
    fee: trade.fee,
    tax: trade.tax,
    accrued: trade.accrued ?? 0n,
    multiplier: trade.instrument.multiplier ?? one,
    amountIs: undefined,
  }) === trade.amount;

const transferCells = (transfer: Of<'transfer'>): Cells => ({
  ...instrumentCells(transfer.instrument, ''),
  ...figure(transfer.instrument ? 'quantity' : 'amount', transfer.quantity),
  ...(transfer.instrument ? figure('amount', transfer.worth) : {}),
  ...words({ currency: transfer.currency }),
  ...lotCells(transfer.lots),
});

const deliveryCells = (delivery: Of<'delivery-in' | 'delivery-out'>): Cells => ({
  ...instrumentCells(delivery.instrument, ''),
  ...figure('quantity', delivery.quantity),
  ...figure('amount', delivery.amount),
  ...figure('cost', delivery.cost),
  ...words({ currency: delivery.currency, 'opened-on': delivery.openedOn }),
  ...chargeCells(delivery),
  ...settlementCells(delivery.settlement),
  ...lotCells(delivery.lots),
});

function openingCells(balance: Of<'opening-balance'>): Cells {
  const { instrument, quantity, cost } = balance;
  return {
    ...instrumentCells(instrument, ''),
    ...(instrument ? figure('quantity', quantity) : figure('amount', quantity)),
    ...(instrument ? figure('amount', cost) : cost === quantity ? {} : figure('cost', cost)),
    ...words({ currency: balance.currency, 'opened-on': balance.openedOn }),
  };
}

/** Negative interest is a correction here, which reading would otherwise take for interest paid. */
const incomeCells = (
  income: Of<'dividend' | 'interest' | 'coupon' | 'staking' | 'rent' | 'other-income'>,
): Cells => ({
  ...instrumentCells(income.instrument, ''),
  ...figure('amount', income.amount),
  ...words({
    currency: income.currency,
    'amount-is': income.type === 'interest' && income.amount < 0n ? 'gross' : undefined,
  }),
  ...chargeCells(income),
  ...settlementCells(income.settlement),
  ...(income.reinvested ? instrumentCells(income.reinvested.instrument, 'to-') : {}),
  ...figure('reinvested', income.reinvested?.quantity),
});

const expenseCells = (expense: Of<'fee' | 'tax' | 'margin-interest'>): Cells => ({
  ...instrumentCells(expense.instrument, ''),
  ...words({
    type: expense.amount < 0n ? `${expense.type}-refund` : expense.type,
    currency: expense.currency,
  }),
  ...figure('amount', expense.amount < 0n ? -expense.amount : expense.amount),
});

const conversionCells = (conversion: Of<'fx'>): Cells => ({
  ...words({
    symbol: conversion.bought.currency,
    currency: conversion.sold.currency,
    'charge-currency':
      conversion.currency === conversion.sold.currency ? undefined : conversion.currency,
  }),
  ...figure('quantity', conversion.bought.amount),
  ...figure('amount', conversion.sold.amount),
  ...chargeCells(conversion),
});

const spinOffCells = (row: Of<'spin-off'>): Cells => ({
  ...instrumentCells(row.instrument, ''),
  ...instrumentCells(row.child, 'to-'),
  ...figure('quantity', row.quantity),
  ...figure('cost-share', row.costShare),
});

const returnOfCapitalCells = (row: Of<'return-of-capital'>): Cells => ({
  ...instrumentCells(row.instrument, ''),
  ...figure('amount', row.amount),
  ...words({ currency: row.currency }),
  ...settlementCells(row.settlement),
});

const optionEventCells = (
  row: Of<'option-exercise' | 'option-assignment' | 'option-expiry'>,
): Cells => ({
  ...instrumentCells(row.instrument, ''),
  ...figure('quantity', row.quantity),
  ...words({ currency: row.currency }),
  ...chargeCells(row),
});

const redemptionCells = (row: Of<'redemption' | 'amortisation'>): Cells => ({
  ...instrumentCells(row.instrument, ''),
  ...figure('quantity', row.quantity),
  ...figure('amount', row.amount),
  ...figure('accrued', row.accrued),
  ...words({ currency: row.currency }),
  ...chargeCells(row),
  ...settlementCells(row.settlement),
});

const delistingCells = (row: Of<'delisting'>): Cells => ({
  ...instrumentCells(row.instrument, ''),
  ...figure('amount', row.amount),
  ...words({ currency: row.currency }),
});

const splitCells = (split: Of<'split' | 'stock-dividend'>): Cells => ({
  ...instrumentCells(split.instrument, ''),
  ...(split.ratio ? { quantity: ratioText(split.ratio) } : {}),
  ...figure('added', split.added),
  ...cashInLieuCells(split.cashInLieu),
});

const exchangeCells = (exchange: Of<'merger' | 'symbol-change'>): Cells => ({
  ...instrumentCells(exchange.instrument, ''),
  ...instrumentCells(exchange.into, 'to-'),
  quantity: ratioText(exchange.ratio),
  ...figure('amount', exchange.boot?.amount),
  ...words({ currency: exchange.boot?.currency }),
  ...cashInLieuCells(exchange.cashInLieu),
});

function adjustmentCells(adjustment: Of<'adjustment'>): Cells {
  const { instrument, quantity, amount } = adjustment;
  const money = instrument ? figure('amount', amount) : figure('cost', amount);
  return {
    ...instrumentCells(instrument, ''),
    ...figure(instrument ? 'quantity' : 'amount', quantity),
    ...(amount === 0n ? {} : money),
    ...words({ currency: adjustment.currency, reason: adjustment.reason }),
  };
}
