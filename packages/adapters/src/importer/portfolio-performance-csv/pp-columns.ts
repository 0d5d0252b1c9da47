/** What a column of the program's exports means. */
export type PpColumn =
  | 'date'
  | 'time'
  | 'type'
  | 'value'
  | 'gross'
  | 'currency'
  | 'foreignGross'
  | 'foreignCurrency'
  | 'rate'
  | 'fees'
  | 'taxes'
  | 'shares'
  | 'quote'
  | 'isin'
  | 'wkn'
  | 'symbol'
  | 'name'
  | 'note'
  | 'account'
  | 'offset'
  | 'cashAccount'
  | 'securitiesAccount';

/** Titles in English and German, of the exports and of the tables on screen. */
const titles: Readonly<Record<PpColumn, readonly string[]>> = {
  date: ['Date', 'Datum'],
  time: ['Time', 'Uhrzeit'],
  type: ['Type', 'Typ'],
  value: ['Value', 'Wert', 'Net Transaction Value', 'Gesamtpreis'],
  gross: ['Amount', 'Betrag', 'Gross Value', 'Bruttowert'],
  currency: ['Transaction Currency', 'Buchungswährung'],
  foreignGross: ['Gross Amount', 'Bruttobetrag'],
  foreignCurrency: ['Currency Gross Amount', 'Währung Bruttobetrag'],
  rate: ['Exchange Rate', 'Wechselkurs'],
  fees: ['Fees', 'Gebühren'],
  taxes: ['Taxes', 'Steuern'],
  shares: ['Shares', 'Stück'],
  quote: ['Quote', 'Kurs'],
  isin: ['ISIN'],
  wkn: ['WKN'],
  symbol: ['Ticker Symbol', 'Ticker-Symbol', 'Symbol'],
  name: ['Security Name', 'Wertpapiername', 'Security', 'Wertpapier'],
  note: ['Note', 'Notiz'],
  account: ['Account'],
  offset: ['Offset Account', 'Gegenkonto'],
  cashAccount: ['Cash Account', 'Konto'],
  securitiesAccount: ['Securities Account', 'Depot'],
};

/** The file's own titles of the columns that it has. */
export type PpTitles = Partial<Readonly<Record<PpColumn, string>>>;

/** Which title means what; a German table on screen calls both kinds of account `Konto`. */
export function titlesIn(header: readonly string[]): PpTitles {
  const found: Partial<Record<PpColumn, string>> = {};
  for (const [column, names] of Object.entries(titles)) {
    const title = names.find((name) => header.includes(name));
    if (title !== undefined) found[column as PpColumn] = title;
  }
  const { cashAccount, ...rest } = found;
  const isTable = found.gross !== undefined && found.account === undefined;
  return isTable && cashAccount !== undefined ? { ...rest, account: cashAccount } : found;
}

/** Whether the header is one that the program writes. */
export const isPpHeader = (header: readonly string[]): boolean => {
  const { date, type, value, shares, currency, gross } = titlesIn(header);
  const core = date && type && value && shares;
  return Boolean(core && (currency || gross));
};
