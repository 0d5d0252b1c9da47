/** https://finnhub.io/docs/api/stock-symbols and /crypto-symbols, /forex-symbols (2026-11-21). */
import type { ProviderSymbol } from '@plimsoll/ports';
import { maybeAmerican, maybeShare } from '../../market-data-kit/american-share.ts';
import { type CurrencyPair, currencyPair } from '../../market-data-kit/currency-pair.ts';

/** What Finnhub puts behind the symbols of an exchange; those of the United States have none. */
const suffixes: Readonly<Record<string, string>> = {
  XLON: 'L',
  XETR: 'DE',
  XFRA: 'F',
  XPAR: 'PA',
  XAMS: 'AS',
  XBRU: 'BR',
  XLIS: 'LS',
  XMIL: 'MI',
  XMAD: 'MC',
  XSWX: 'SW',
  XVTX: 'SW',
  XWBO: 'VI',
  XSTO: 'ST',
  XCSE: 'CO',
  XHEL: 'HE',
  XOSL: 'OL',
  XTSE: 'TO',
  XTSX: 'V',
  XTKS: 'T',
  XHKG: 'HK',
  XASX: 'AX',
  XNSE: 'NS',
  XBOM: 'BO',
  XSES: 'SI',
  XKRX: 'KS',
};

export type FinnhubKind = 'stock' | 'crypto' | 'forex';

export interface FinnhubSymbol {
  readonly kind: FinnhubKind;
  readonly name: string;
}

const stockName = /^[A-Z0-9][A-Z0-9.\-^]{0,24}$/;
const marketName = /^([A-Z][A-Z0-9 ]{1,19}):([A-Z0-9_/-]{3,24})$/;
const forexMarkets = /^(?:OANDA|FXCM|FOREX.COM|IC MARKETS|PEPPERSTONE|FXPRO)$/;

/**
 * Finnhub's name of an instrument: `AAPL`, `VOD.L`, `COINBASE:BTC-USD` (a coin in Tether is Binance's),
 * `OANDA:EUR_USD`. Undefined for what cannot be one.
 */
export function finnhubSymbol(symbol: ProviderSymbol): FinnhubSymbol | undefined {
  const text = symbol.symbol.trim().toUpperCase();
  const market = marketName.exec(text)?.[1];
  if (market) return { kind: forexMarkets.test(market) ? 'forex' : 'crypto', name: text };
  const pair = isPair(symbol, text) ? currencyPair(symbol) : undefined;
  return pair ? pairName(pair, symbol) : shareName(symbol, text);
}

function pairName({ base, quote }: CurrencyPair, { kind }: ProviderSymbol): FinnhubSymbol {
  if (kind === 'fx') return { kind: 'forex', name: `OANDA:${base}_${quote}` };
  const isCoin = /^(?:USDT|USDC|BTC|ETH|BNB)$/.test(quote);
  return { kind: 'crypto', name: isCoin ? `BINANCE:${base}${quote}` : `COINBASE:${base}-${quote}` };
}

function shareName(symbol: ProviderSymbol, text: string): FinnhubSymbol | undefined {
  if (!maybeShare(symbol) || !stockName.test(text)) return undefined;
  const suffix = suffixes[symbol.mic ?? ''];
  if (suffix !== undefined && !text.endsWith(`.${suffix}`)) {
    return { kind: 'stock', name: `${text}.${suffix}` };
  }
  const isSpelled = suffix !== undefined || (symbol.mic === undefined && text.includes('.'));
  return isSpelled || maybeAmerican(symbol) ? { kind: 'stock', name: text } : undefined;
}

/** Without its kind, only a name with a slash is taken for a pair: `BRK-B` is a share. */
const isPair = ({ kind }: ProviderSymbol, text: string): boolean =>
  kind === 'crypto' || kind === 'fx' || text.includes('/');
