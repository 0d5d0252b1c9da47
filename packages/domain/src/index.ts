export {
  type ActionEffect,
  actionEffect,
  type EffectFacts,
  parseRatio,
  type UnitsHeld,
} from './actions/action-effect.ts';
export {
  type CorporateAction,
  type CorporateActionKind,
  corporateActionKinds,
} from './actions/corporate-action.ts';
export { matchBooked } from './actions/match-recorded.ts';
export {
  type ActionOfHolding,
  type ProposalFacts,
  type ProposedAction,
  proposeActions,
} from './actions/propose-actions.ts';
export { barDays } from './bars/bar-days.ts';
export { barsOfTicks, type Resampled, resample } from './bars/resample.ts';
export { type ChangedBars, createRollup, type Rollup, type RollupOptions } from './bars/rollup.ts';
export { alwaysOpen, type Sessions, type TradingSession } from './bars/sessions.ts';
export { barColumns, type TickColumns, type TimedBars } from './bars/timed-bars.ts';
export { type ClockTimeframe, type Timeframe, timeframeMs, timeframes } from './bars/timeframe.ts';
export { type Stretch, wholeBars } from './bars/whole-bars.ts';
export { dayInZone } from './calendar/day-in-zone.ts';
export { easterSunday } from './calendar/easter.ts';
export type {
  ExchangeCalendar,
  ExchangeHoliday,
  ExchangeSession,
} from './calendar/exchange-calendar.ts';
export {
  calendarFor,
  exchangeCalendar,
  exchangeCalendars,
} from './calendar/exchange-calendars.ts';
export { isTargetClosed } from './calendar/target-days.ts';
export { instantInZone } from './calendar/zone-clock.ts';
export {
  type ExposureKey,
  type ExposureRow,
  exposureKeys,
  groupExposure,
} from './exposure/group-exposure.ts';
export {
  type ExposureFacts,
  type ExposureLine,
  type ExposurePart,
  type FundPart,
  lookThrough,
} from './exposure/look-through.ts';
export {
  type Fundamental,
  type FundamentalUnit,
  fundamentalFault,
  fundamentalUnits,
  metricNamed,
  type PeriodKind,
  periodKinds,
} from './fundamentals/fundamental.ts';
export { defineGate, type Gate, type GateVerdict, type OrderFacts } from './gates/define-gate.ts';
export { gates } from './gates/registry.gen.ts';
export { type Account, type LotMethod, lotMethods, type Portfolio } from './ledger/account.ts';
export { applyTransaction } from './ledger/apply.ts';
export { beforeTaxes } from './ledger/before-taxes.ts';
export {
  Book,
  type BookOptions,
  type DayFlow,
  type HoldingState,
  type Match,
} from './ledger/book.ts';
export { Cash } from './ledger/cash.ts';
export { checkTransaction } from './ledger/check-transaction.ts';
export { orderDay, orderLedger } from './ledger/day-order.ts';
export type { LedgerFault } from './ledger/faults.ts';
export { type Folded, foldLedger, LedgerFold } from './ledger/fold.ts';
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
export { type Line, Lines } from './ledger/lines.ts';
export { type Posting, type PostingContext, postingsOf } from './ledger/postings.ts';
export { addTally, emptyTally, type Tally } from './ledger/tally.ts';
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
export type { Lot, LotPart } from './lots/lot.ts';
export { OpenLots } from './lots/open-lots.ts';
export { isDone, mayFollow, type OrderState, orderStates } from './orders/order-states.ts';
export {
  type AdjustedKind,
  adjustedSeries,
  type Reinvestment,
} from './prices/adjusted-series.ts';
export { asTraded } from './prices/as-traded.ts';
export type { BarColumns } from './prices/bar-columns.ts';
export {
  type BarRow,
  checkRow,
  mayBeMended,
  type RowFaultCode,
  type RowVerdict,
} from './prices/check-row.ts';
export {
  compareSources,
  type SourceComparison,
  type SourceDifference,
} from './prices/compare-sources.ts';
export { type BarGap, findGaps } from './prices/find-gaps.ts';
export type { PriceNote } from './prices/find-jumps.ts';
export { findMissingSplits, type MissingSplit } from './prices/find-missing-splits.ts';
export {
  findTickerReuse,
  type SymbolIdentity,
  type TickerReuse,
} from './prices/find-ticker-reuse.ts';
export { type Inspection, inspectBars, type QuarantinedBar } from './prices/inspect-bars.ts';
export { laterSplits, type SplitRatio } from './prices/later-splits.ts';
export { type DailySeries, fillDaily, indexAt } from './prices/price-series.ts';
export { type Gated, gateBars } from './prices/repair/gate-bars.ts';
export { noFacts, type PriceAction, type PriceFacts } from './prices/repair/price-action.ts';
export {
  type PriceRepair,
  type PriceRepairCode,
  priceRepairCodes,
  type QualityNote,
  type Repaired,
  type RepairedField,
} from './prices/repair/price-repair.ts';
export { repairBars } from './prices/repair/repair-bars.ts';
export { type Rate, RateBook, type RateLeg, type RateSeries } from './rates/rate-book.ts';
export {
  type AssetClass,
  assetClasses,
  assetClassNamed,
  assetClassOf,
} from './reference/asset-class.ts';
export {
  type IdentifierKind,
  identifierKinds,
  mistypedIsin,
  nationalCode,
} from './reference/identifiers.ts';
export {
  delistedOn,
  ended,
  type InstrumentName,
  nameEnds,
  nameHolder,
  renamed,
  withName,
} from './reference/name-history.ts';
export { industryGroupOf, sectorOf, sectors } from './reference/sectors.ts';
export { type DailyValues, dailyValues, type LineValues } from './valuation/daily-values.ts';
export {
  type GainFigures,
  gainFigures,
  type LineGain,
  lineGain,
  lineGains,
} from './valuation/figures.ts';
export { staleAfterBusinessDays } from './valuation/price-age.ts';
export {
  type ClosingPrices,
  type KnownPrice,
  PriceBook,
  type PriceSplit,
  type PriceState,
  worth,
} from './valuation/price-book.ts';
export {
  type BookValue,
  type CashValue,
  type HoldingValue,
  knownBaseCost,
  valueBook,
} from './valuation/value-book.ts';
