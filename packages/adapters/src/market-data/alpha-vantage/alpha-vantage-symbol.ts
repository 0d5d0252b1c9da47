import type { ProviderSymbol } from '@plimsoll/ports';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';

/** How Alpha Vantage names an instrument, and which of its functions has it. */
export type AlphaVantageSymbol =
  | { readonly part: 'equity'; readonly name: string; readonly currency: string | null }
  | { readonly part: 'fx' | 'crypto'; readonly base: string; readonly currency: string };

/** Exchanges by their MIC; London's shares are quoted in pence. */
const places: Readonly<Record<string, { readonly ending: string; readonly currency: string }>> = {
  XNYS: { ending: '', currency: 'USD' },
  XNAS: { ending: '', currency: 'USD' },
  ARCX: { ending: '', currency: 'USD' },
  XASE: { ending: '', currency: 'USD' },
  BATS: { ending: '', currency: 'USD' },
  XLON: { ending: '.LON', currency: 'GBX' },
  XETR: { ending: '.DEX', currency: 'EUR' },
  XFRA: { ending: '.FRK', currency: 'EUR' },
  XPAR: { ending: '.PAR', currency: 'EUR' },
  XAMS: { ending: '.AMS', currency: 'EUR' },
  XTSE: { ending: '.TRT', currency: 'CAD' },
  XTSX: { ending: '.TRV', currency: 'CAD' },
  XBOM: { ending: '.BSE', currency: 'INR' },
  XSHG: { ending: '.SHH', currency: 'CNY' },
  XSHE: { ending: '.SHZ', currency: 'CNY' },
};

/** Alpha Vantage's name: `IBM`, `TSCO.LON`, `BRK-B`, or a pair. Undefined where it cannot have it. */
export function alphaVantageSymbol(symbol: ProviderSymbol): AlphaVantageSymbol | undefined {
  const { kind, mic, currency } = symbol;
  if (kind === 'fx' || kind === 'crypto') {
    const pair = currencyPair(symbol);
    return pair && { part: kind, base: pair.base, currency: pair.quote };
  }
  const text = symbol.symbol.trim().toUpperCase();
  const own = Object.values(places).find(({ ending }) => ending !== '' && text.endsWith(ending));
  const place = own ?? (mic === undefined ? byCurrency(symbol) : places[mic]);
  if (!place) return undefined;
  const stem = own ? text.slice(0, -own.ending.length) : text.replaceAll(/[./ ]/g, '-');
  if (!/^[A-Z0-9][A-Z0-9-]{0,14}$/.test(stem)) return undefined;
  const isPence = place.currency === 'GBX' && (currency === 'USD' || currency === 'EUR');
  return {
    part: 'equity',
    name: `${stem}${place.ending}`,
    currency: isPence ? (currency ?? null) : place.currency,
  };
}

const byCurrency = ({ currency }: ProviderSymbol) =>
  currency === undefined || currency === 'USD' ? places['XNYS'] : undefined;
