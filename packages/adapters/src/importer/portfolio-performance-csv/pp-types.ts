/** The kinds of transaction that Portfolio Performance has. */
export type PpType =
  | 'BUY'
  | 'SELL'
  | 'DELIVERY_INBOUND'
  | 'DELIVERY_OUTBOUND'
  | 'TRANSFER_IN'
  | 'TRANSFER_OUT'
  | 'DEPOSIT'
  | 'REMOVAL'
  | 'DIVIDENDS'
  | 'INTEREST'
  | 'INTEREST_CHARGE'
  | 'FEES'
  | 'FEES_REFUND'
  | 'TAXES'
  | 'TAX_REFUND';

/** What the program calls them in English and German. */
const words: Readonly<Record<PpType, readonly string[]>> = {
  BUY: ['Buy', 'Kauf'],
  SELL: ['Sell', 'Verkauf'],
  DELIVERY_INBOUND: ['Delivery (Inbound)', 'Einlieferung'],
  DELIVERY_OUTBOUND: ['Delivery (Outbound)', 'Auslieferung'],
  TRANSFER_IN: ['Transfer (Inbound)', 'Umbuchung (Eingang)'],
  TRANSFER_OUT: ['Transfer (Outbound)', 'Umbuchung (Ausgang)'],
  DEPOSIT: ['Deposit', 'Einlage'],
  REMOVAL: ['Withdrawal', 'Removal', 'Entnahme'],
  DIVIDENDS: ['Dividend', 'Dividends', 'Dividende'],
  INTEREST: ['Interest', 'Zinsen'],
  INTEREST_CHARGE: ['Interest Charge', 'Zinsbelastung'],
  FEES: ['Fees', 'Gebühren'],
  FEES_REFUND: ['Fees Refund', 'Gebührenerstattung'],
  TAXES: ['Taxes', 'Steuern'],
  TAX_REFUND: ['Tax Refund', 'Steuerrückerstattung'],
};

const types = new Map<string, PpType>(
  Object.entries(words).flatMap(([type, names]) =>
    [...names, type].map((name): [string, PpType] => [name.toLowerCase(), type as PpType]),
  ),
);

/** The type that a word of the file means. */
export const ppTypeOf = (word: string): PpType | undefined => types.get(word.trim().toLowerCase());
