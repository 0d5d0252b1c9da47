import type { ProviderSymbol } from '@plimsoll/ports';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';

/**
 * Endings of Yahoo's symbols by the exchange's MIC. https://help.yahoo.com/kb/SLN2310.html
 * ("Exchanges and data providers on Yahoo Finance"), read 2026-11-21.
 */
const endings: Readonly<Record<string, string>> = {
  XNYS: '',
  XNAS: '',
  ARCX: '',
  XASE: '',
  BATS: '',
  XOTC: '',
  OTCM: '',
  XLON: '.L',
  XETR: '.DE',
  XFRA: '.F',
  XSTU: '.SG',
  XMUN: '.MU',
  XBER: '.BE',
  XDUS: '.DU',
  XHAM: '.HM',
  XPAR: '.PA',
  XAMS: '.AS',
  XBRU: '.BR',
  XLIS: '.LS',
  XDUB: '.IR',
  XMIL: '.MI',
  MTAA: '.MI',
  XMAD: '.MC',
  XSWX: '.SW',
  XVTX: '.SW',
  XWBO: '.VI',
  XSTO: '.ST',
  XOSL: '.OL',
  XCSE: '.CO',
  XHEL: '.HE',
  XICE: '.IC',
  XWAR: '.WA',
  XPRA: '.PR',
  XBUD: '.BD',
  ASEX: '.AT',
  XIST: '.IS',
  XTAE: '.TA',
  XJSE: '.JO',
  XTSE: '.TO',
  XTSX: '.V',
  XCNQ: '.CN',
  NEOE: '.NE',
  BVMF: '.SA',
  XMEX: '.MX',
  XBUE: '.BA',
  XTKS: '.T',
  XHKG: '.HK',
  XASX: '.AX',
  XNZE: '.NZ',
  XNSE: '.NS',
  XBOM: '.BO',
  XSES: '.SI',
  XKRX: '.KS',
  XKOS: '.KQ',
  XTAI: '.TW',
  ROCO: '.TWO',
  XSHG: '.SS',
  XSHE: '.SZ',
  XIDX: '.JK',
  XKLS: '.KL',
  XBKK: '.BK',
  XSAU: '.SR',
};

const known = new Set(Object.values(endings));
const spelled = /^[\^A-Z0-9][A-Z0-9.&^=-]{0,24}$/;

/**
 * Yahoo's symbol: `AAPL`, `BRK-B`, `VOD.L`, `BTC-USD`, `EURUSD=X`, `^GSPC`. One that ends like Yahoo's
 * is taken as it is. Undefined for an exchange that Yahoo does not have.
 */
export function yahooSymbol(symbol: ProviderSymbol): string | undefined {
  const { kind, mic } = symbol;
  const text = symbol.symbol.trim().toUpperCase();
  if (kind === 'fx' || kind === 'crypto') {
    const pair = currencyPair(symbol);
    if (!pair) return undefined;
    return kind === 'fx' ? `${pair.base}${pair.quote}=X` : `${pair.base}-${pair.quote}`;
  }
  const ending = mic === undefined ? endingOf(text) : endings[mic];
  if (ending === undefined) return undefined;
  const stem = ending !== '' && text.endsWith(ending) ? text.slice(0, -ending.length) : text;
  const name = `${stem.replaceAll(/[./ ]/g, '-')}${ending}`;
  return spelled.test(name) ? padStem(name, ending) : undefined;
}

/** Hong Kong's numbers have four digits at Yahoo, five at the exchange. */
const padStem = (name: string, ending: string): string =>
  ending === '.HK' ? name.replace(/^0?(\d{4})\./, '$1.').replace(/^(\d{1,3})\./, pad) : name;

const pad = (_: string, digits: string): string => `${digits.padStart(4, '0')}.`;

/** What follows the last point, where that is one of Yahoo's endings. */
function endingOf(text: string): string {
  const ending = /\.[A-Z]{1,3}$/.exec(text)?.[0] ?? '';
  return known.has(ending) ? ending : '';
}

/** MICs by the code that Yahoo's search has for an exchange. */
const codes: Readonly<Record<string, string>> = {
  NMS: 'XNAS',
  NGM: 'XNAS',
  NCM: 'XNAS',
  NYQ: 'XNYS',
  PCX: 'ARCX',
  ASE: 'XASE',
  BTS: 'BATS',
  LSE: 'XLON',
  GER: 'XETR',
  FRA: 'XFRA',
  STU: 'XSTU',
  PAR: 'XPAR',
  AMS: 'XAMS',
  BRU: 'XBRU',
  LIS: 'XLIS',
  ISE: 'XDUB',
  MIL: 'XMIL',
  MCE: 'XMAD',
  EBS: 'XSWX',
  VIE: 'XWBO',
  STO: 'XSTO',
  OSL: 'XOSL',
  CPH: 'XCSE',
  HEL: 'XHEL',
  WSE: 'XWAR',
  TLV: 'XTAE',
  JNB: 'XJSE',
  TOR: 'XTSE',
  VAN: 'XTSX',
  SAO: 'BVMF',
  MEX: 'XMEX',
  JPX: 'XTKS',
  HKG: 'XHKG',
  ASX: 'XASX',
  NZE: 'XNZE',
  NSI: 'XNSE',
  BSE: 'XBOM',
  SES: 'XSES',
  KSC: 'XKRX',
  KOE: 'XKOS',
  TAI: 'XTAI',
  SHH: 'XSHG',
  SHZ: 'XSHE',
  JKT: 'XIDX',
};

/** The exchange of a search result; undefined for one that has no MIC here, like over-the-counter markets. */
export const micOf = (exchange: string | undefined): string | undefined => codes[exchange ?? ''];
