import type { IbkrKind } from '../../importer-kit/ibkr/ibkr-record.ts';

/** Elements that are records of what happened. */
export const recordElements: Readonly<Record<string, IbkrKind>> = {
  Trade: 'trade',
  CashTransaction: 'cash',
  CorporateAction: 'corporate-action',
  Transfer: 'transfer',
  TransactionTax: 'transaction-tax',
  SalesTax: 'sales-tax',
};

/** Elements that tell again, in another form, what records tell: why they are left out. */
export const repeatedElements: Readonly<Record<string, string>> = {
  Lot: 'Which lots a trade closed; the trade itself is a row of its own.',
  Order: 'The sum of an order; its executions are rows of their own.',
  SymbolSummary: 'A sum over trades.',
  AssetSummary: 'A sum over trades.',
  WashSale: 'Tells of a trade that is a row of its own.',
  OptionEAE: 'Tells again of exercises and expiries that the Trades section has.',
  FxTransaction: 'Tells again of cash movements that the other sections have.',
  StatementOfFundsLine: 'Tells again of cash movements that the other sections have.',
  TransferLot: 'The lots of a transfer that is a row of its own.',
  TradeTransfer: 'The trade side of a transfer that the Transfers section has.',
  UnbundledCommissionDetail: 'The parts of a commission that its trade has.',
  TransactionTaxDetail: 'The parts of a tax that is a row of its own.',
};
