export { type Account, type LotMethod, lotMethods, type Portfolio } from './ledger/account.ts';
export {
  type Currency,
  type Identifiers,
  type Instrument,
  type InstrumentKind,
  instrumentKinds,
  instrumentLabel,
  type OptionTerms,
  plainInstrument,
} from './ledger/instrument.ts';
export {
  type Adjustment,
  type CashFlow,
  type Charges,
  type Conversion,
  type Delisting,
  type Delivery,
  type Exchange,
  type Expense,
  type Income,
  type IncomeType,
  incomeTypes,
  type LotChoice,
  type OpeningBalance,
  type OptionEvent,
  type Ratio,
  type Redemption,
  type ReturnOfCapital,
  type Reversal,
  type Settlement,
  type SourcePosition,
  type SpinOff,
  type Split,
  type Trade,
  type Transaction,
  type TransactionDraft,
  type TransactionType,
  type Transfer,
  transactionTypes,
} from './ledger/transaction.ts';
export { transactionFromJson, transactionToJson } from './ledger/transaction-json.ts';
export type { BarColumns } from './prices/bar-columns.ts';
export { type BarRow, checkRow, type RowFaultCode, type RowVerdict } from './prices/check-row.ts';
export type { PriceNote } from './prices/find-jumps.ts';
export { type Inspection, inspectBars, type QuarantinedBar } from './prices/inspect-bars.ts';
export { type DailySeries, fillDaily, indexAt } from './prices/price-series.ts';
