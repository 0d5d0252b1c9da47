/** What a row's description says it is, whatever the language. */
export type RowKind =
  | 'sweep'
  | 'reservation'
  | 'fx'
  | 'money-market'
  | 'dividend-tax'
  | 'dividend'
  | 'return-of-capital'
  | 'withdrawal'
  | 'deposit'
  | 'interest'
  | 'tax'
  | 'fee'
  | 'other-income';

/** UTF-8 that was read as Windows-1252 and saved again: `CrÃ©dito`. */
function mended(text: string): string {
  if (!/[ÃÂ]/.test(text)) return text;
  const bytes = Uint8Array.from([...text].map((character) => character.charCodeAt(0) & 0xff));
  const again = new TextDecoder('utf-8').decode(bytes);
  return again.includes('\uFFFD') ? text : again;
}

const longestDescription = 300;

/** Lower case without accents, one space between words. */
export const plainWords = (text: string): string =>
  mended(text.slice(0, longestDescription))
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

/** The first that fits wins, so the narrower stand above the wider. */
const kinds: readonly (readonly [RowKind, RegExp])[] = [
  [
    'sweep',
    /cash sweep|(geldrekening|geldkonto|cash account|conta|cuenta|compte|conto|ucet).*flatexdegiro/,
  ],
  ['reservation', /^reserv\S* /],
  [
    'fx',
    /valuta (creditering|debitering)|\bfx\b|currency (credit|debit)|(credito|levantamento|debito) de divisa|(ingreso|retirada) cambio de divisa|wahrungswechsel|(credit|debit|retrait|depot) (de )?devise|operation de change/,
  ],
  [
    'money-market',
    /money market fund|fonds monetaires?|geldmarktfonds|fundo do mercado monetario|fondo (comune )?monetario|fondos? monetarios?/,
  ],
  [
    'dividend-tax',
    /dividendbelasting|dividend tax|withholding tax|(impots?|imposto|impuesto|retencion|retencao|ritenuta)\b.*dividend|dividendensteuer|quellensteuer|kapitalertragsteuer/,
  ],
  ['dividend', /^(dividend\w{0,2}|ausschuttung|fund distribution)$/],
  [
    'return-of-capital',
    /kapitaalsuitkering|capital return|return of capital|kapitalruckzahlung|reembolso de capital/,
  ],
  [
    'withdrawal',
    /flatex withdrawal|terugstorting|^withdrawal|auszahlung|^(flatex )?retirada|^(flatex )?levantamento|prelievo|^retrait|^vyber/,
  ],
  ['deposit', /deposit|storting|einzahlung|^(flatex )?ingreso|^versement|^depot|^vklad|sofort/],
  ['interest', /interest|\brente\b|zinsen|interes(es|si)?\b|\bjuros\b|\binterets?\b/],
  [
    'tax',
    /stamp duty|\btax\b|transactiebelasting|transaktionssteuer|\btaxe\b|impuesto|imposto|\bimposta\b|\bimpots?\b|\bb\.?t\.?w\b/,
  ],
  [
    'fee',
    /kosten|\bfees?\b|\bcosts?\b|\bcust[oi]s?\b|\bcoste?s?\b|\bcosti\b|\bfrais\b|gebuhr|comiss(ao|oes)|comision(es)?|commission[ei]?|pass-through|entgelt/,
  ],
  [
    'other-income',
    /courtesy|welkomstactie|promo|cashback|bonus|compensation|kompensation|compensatie|securities lending|effectenuitleen/,
  ],
];

/** What the row is; undefined where the description is not known. */
export function kindOf(description: string): RowKind | undefined {
  const words = plainWords(description);
  return kinds.find(([, pattern]) => pattern.test(words))?.[0];
}
