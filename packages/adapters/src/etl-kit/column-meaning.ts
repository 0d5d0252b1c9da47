import type { EtlMeaning } from '@plimsoll/ports';

/** Titles in small letters without spaces and signs, in the languages of those who write such files. */
const words: Readonly<Partial<Record<EtlMeaning, string>>> = {
  date: 'date datetime day datum fecha data tradedate tradingday tradingdate timestamp dt asof asofdate tag jour fechacotizacion pricedate quotedate exdate exday exdividenddate effectivedate periodend periodending perioddate fiscaldateending fiscalperiodend reportperiod enddateofperiod calendardate stichtag period_end',
  time: 'time uhrzeit hora heure',
  open: 'open openprice openingprice eröffnung eroeffnung eröffnungskurs ouverture apertura abertura opening o first 1open opn',
  high: 'high highprice dayhigh hoch höchst hoechst höchstkurs tageshoch plushaut haut máximo maximo alto massimo max h 2high hoogste',
  low: 'low lowprice daylow tief tiefst tiefstkurs tagestief plusbas bas mínimo minimo bajo minimum min l 3low laagste',
  close:
    'close closelast closeprice closingprice price last lastprice schluss schlusskurs schlußkurs kurs preis clôture cloture dernier cierre último ultimo chiusura prezzo fechamento slotkoers koers px pxlast prc settle settlement nav rate c 4close',
  'adjusted-close':
    'adjclose adjustedclose adjcloseprice adjustedcloseprice closeadj 5adjustedclose adjustiert bereinigt adjprice adjustedprice totalreturn',
  volume:
    'volume vol tradingvolume volumen umsatzstück stück volumeshares volumen volumenegociado v 5volume 6volume shares_traded sharestraded',
  dividend:
    'dividend dividends dividendamount divcash dividende dividendo exdividend 7dividendamount',
  split: 'split splits stocksplits splitratio splitfactor splitcoefficient 8splitcoefficient',
  symbol:
    'symbol ticker tickersymbol kürzel kuerzel emittententicker issuerticker holdingticker code secid instrument tic ric bloombergticker tickercode',
  isin: 'isin isincode isinnummer codeisin código isinnumber',
  figi: 'figi compositefigi',
  cusip: 'cusip cusipnumber',
  name: 'name security securityname holding holdings holdingname company companyname issuer bezeichnung wertpapier titel nom description securitydescription constituent constituentname nombre denominazione longname',
  mic: 'mic venue exchangemic',
  currency:
    'currency ccy währung waehrung devise moneda divisa valuta marketcurrency localcurrency marktwährung handelswährung curr currencycode reportedcurrency',
  metric: 'metric measure item field figure kennzahl indicator concept tag_name account lineitem',
  value: 'value wert amount valeur valor figurevalue',
  unit: 'unit uom einheit units',
  period: 'period periodtype fiscalperiod frequency freq zeitraum dimension',
  published:
    'published publishedon publisheddate reportdate reporteddate filingdate filed fileddate announcementdate announcedate datekey knownat releasedate availabledate acceptancedate veröffentlicht reportedat',
  weight:
    'weight weighting weightings weights percent percentoffund offund ofmarketvalue ofnetassets ofassets percentofnetassets netassets gewicht gewichtung poids pondération peso ponderación ofportfolio portfolioweight weightpercentage gewichtungin anteil',
  sector:
    'sector gicssector sektor secteur sectorclassification industryclassification settore sectorname branche economicsector',
  'industry-group': 'industrygroup gicsindustrygroup',
  industry: 'industry subindustry gicssubindustry gicsindustry industrie industria',
  'industry-code': 'industrycode gicscode gics subindustrycode sectorcode',
  country:
    'country location land pays país paese standort countryname tradecountryname countryofrisk countryofdomicile countryofincorporation domicile countrycode',
  'asset-class':
    'assetclass anlageklasse classedactifs assettype typeofsecurity type securitytype instrumenttype assetcategory',
  'sub-class': 'subclass assetsubclass subassetclass category',
  index: 'index indexsymbol indexname',
  from: 'from start startdate validfrom datein added dateaddedtoindex entrydate indate',
  until: 'until end enddate validuntil dateout removed dateremoved exitdate outdate thru',
  kind: 'kind action actiontype corporateaction event eventtype',
  'pay-day': 'payday paydate paymentdate payabledate zahltag',
  other: 'other newsymbol successor child newticker counterpart',
  second: 'second cash costshare',
};

/** `Adj. Close` and `<adj_close>` → `adjclose`; `Weight (%)` → `weight`. */
export const plainTitle = (title: string): string =>
  title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const byWord = new Map(
  Object.entries(words).flatMap(([meaning, all]) =>
    all.split(' ').map((word) => [plainTitle(word), meaning as EtlMeaning] as const),
  ),
);

/** What the title of a column means by itself; undefined where it says nothing. */
export const meaningOf = (title: string): EtlMeaning | undefined => byWord.get(plainTitle(title));

/** Prices that a title of several parts may name beside its symbol: `AAPL_close`, `High MSFT`. */
export const barMeanings = ['open', 'high', 'low', 'close', 'adjusted-close', 'volume'] as const;

export type BarMeaning = (typeof barMeanings)[number];

const fullWords: ReadonlyMap<string, BarMeaning> = new Map(
  [...byWord].flatMap(([word, meaning]) =>
    word.length > 2 && (barMeanings as readonly string[]).includes(meaning)
      ? [[word, meaning as BarMeaning]]
      : [],
  ),
);

/** A title that names both a symbol and what of it: undefined where it does not. */
export function symbolAndField(
  title: string,
): { readonly symbol: string; readonly field: BarMeaning } | undefined {
  const parts = /^(.+?)[\s_.:|/-]+((?:adj(?:usted)?[\s_.]*)?[^\s_.:|/-]+)$/i.exec(title.trim());
  if (!parts) return undefined;
  const [, first = '', last = ''] = parts;
  const behind = fullWords.get(plainTitle(last));
  if (behind !== undefined) return { symbol: first.trim(), field: behind };
  const front = /^(adj\w*[\s_.]*close|[^\s_.:|/-]+)[\s_.:|/-]+(.+)$/i.exec(title.trim());
  const before = front && fullWords.get(plainTitle(front[1] ?? ''));
  return before ? { symbol: (front?.[2] ?? '').trim(), field: before } : undefined;
}
