/** What a row of an Interactive Brokers report tells of. */
export type IbkrKind =
  | 'trade'
  | 'cash'
  | 'corporate-action'
  | 'transfer'
  | 'transaction-tax'
  | 'sales-tax';

/** The fields of a Flex report that we read, by the names that Flex XML gives them. */
export type IbkrField =
  | 'account'
  | 'accruedInt'
  | 'actionDescription'
  | 'actionID'
  | 'amount'
  | 'assetCategory'
  | 'buySell'
  | 'cashTransfer'
  | 'company'
  | 'conid'
  | 'cost'
  | 'currency'
  | 'cusip'
  | 'date'
  | 'dateTime'
  | 'description'
  | 'direction'
  | 'expiry'
  | 'figi'
  | 'ibCommission'
  | 'ibCommissionCurrency'
  | 'isin'
  | 'listingExchange'
  | 'multiplier'
  | 'netCash'
  | 'notes'
  | 'openCloseIndicator'
  | 'origTradeID'
  | 'positionAmount'
  | 'proceeds'
  | 'putCall'
  | 'quantity'
  | 'reportDate'
  | 'salesTax'
  | 'securityID'
  | 'securityIDType'
  | 'settleDate'
  | 'source'
  | 'strike'
  | 'subCategory'
  | 'symbol'
  | 'taxAmount'
  | 'taxDescription'
  | 'taxes'
  | 'tradeDate'
  | 'tradeID'
  | 'tradeId'
  | 'tradeMoney'
  | 'tradePrice'
  | 'tradeTime'
  | 'transactionID'
  | 'transactionType'
  | 'type'
  | 'underlyingSymbol';

/** One row of a report, whichever of the broker's formats it was written in. */
export interface IbkrRecord {
  readonly kind: IbkrKind;
  /** 1-based line of the file. */
  readonly line: number;
  /** The broker's account number; `''` where the file does not say. */
  readonly accountId: string;
  /** The text of a field without the blanks around it; `''` where absent or written as `--`. */
  text(field: IbkrField): string;
  /** What the file calls the field. */
  title(field: IbkrField): string;
}
