import type { ProviderSymbol } from '@plimsoll/ports';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';

/** How Stooq names an instrument, and in what its prices are. */
export interface StooqSymbol {
  readonly name: string;
  /** Null where Stooq does not say and the exchange does not tell. */
  readonly currency: string | null;
}

interface Place {
  readonly suffix: string;
  readonly currency: string;
}

const america: Place = { suffix: '.us', currency: 'USD' };

/** Exchanges by their MIC. London's shares are quoted in pence. */
const places: Readonly<Record<string, Place>> = {
  XNYS: america,
  XNAS: america,
  ARCX: america,
  XASE: america,
  BATS: america,
  XLON: { suffix: '.uk', currency: 'GBX' },
  XETR: { suffix: '.de', currency: 'EUR' },
  XTKS: { suffix: '.jp', currency: 'JPY' },
  XHKG: { suffix: '.hk', currency: 'HKD' },
  XBUD: { suffix: '.hu', currency: 'HUF' },
  XWAR: { suffix: '', currency: 'PLN' },
};

const bySuffix = new Map(Object.values(places).map((place) => [place.suffix, place]));
const spelled = /^\^?[a-z0-9][a-z0-9-]{0,19}$/;

/**
 * Stooq's name: `aapl.us`, `vod.uk`, `eurusd`, `btc.v`, `^spx`. A name that already has Stooq's suffix
 * is taken as it is. Undefined where Stooq cannot have it.
 */
export function stooqSymbol(symbol: ProviderSymbol): StooqSymbol | undefined {
  const text = symbol.symbol.trim().toLowerCase();
  const own = /^(.+)(\.(?:us|uk|de|jp|hk|hu|v))$/.exec(text);
  if (own) return ofSuffix(own[1] ?? '', own[2] ?? '', symbol);
  if (symbol.kind === 'fx' || symbol.kind === 'crypto') return ofPair(symbol);
  const name = text.replaceAll(/[./ ]/g, '-');
  if (!spelled.test(name)) return undefined;
  if (name.startsWith('^')) return { name, currency: symbol.currency ?? null };
  const place = symbol.mic === undefined ? byCurrency(symbol) : places[symbol.mic];
  return place && { name: `${name}${place.suffix}`, currency: currencyAt(place, symbol) };
}

function ofSuffix(stem: string, suffix: string, symbol: ProviderSymbol): StooqSymbol | undefined {
  if (!spelled.test(stem)) return undefined;
  const place = bySuffix.get(suffix);
  const currency = place ? currencyAt(place, symbol) : suffix === '.v' ? 'USD' : null;
  return { name: `${stem}${suffix}`, currency };
}

function ofPair(symbol: ProviderSymbol): StooqSymbol | undefined {
  const pair = currencyPair(symbol);
  if (!pair) return undefined;
  const { base, quote } = pair;
  if (symbol.kind === 'fx') return { name: `${base}${quote}`.toLowerCase(), currency: quote };
  return quote === 'USD' ? { name: `${base.toLowerCase()}.v`, currency: 'USD' } : undefined;
}

/** Without an exchange, only what is in dollars or zloty has one place that it can mean. */
function byCurrency({ currency }: ProviderSymbol): Place | undefined {
  if (currency === undefined || currency === 'USD') return america;
  return currency === 'PLN' ? places['XWAR'] : undefined;
}

/** A London listing in dollars or euro is quoted in those, one in pounds in pence. */
const currencyAt = (place: Place, { currency }: ProviderSymbol): string =>
  place.currency === 'GBX' && (currency === 'USD' || currency === 'EUR')
    ? currency
    : place.currency;
