import type { ProviderSymbol } from '@plimsoll/ports';

/** What is bought and what it is paid with: `BTC` and `USD`. */
export interface CurrencyPair {
  readonly base: string;
  readonly quote: string;
}

/** Quote currencies that a pair written in one word may end in, longest first. */
const quotes = ['FDUSD', 'USDT', 'USDC', 'TUSD', 'BUSD', 'USD', 'EUR', 'GBP', 'JPY', 'CHF'].concat([
  'AUD',
  'CAD',
  'TRY',
  'BRL',
  'INR',
  'DAI',
  'BTC',
  'ETH',
  'BNB',
]);

const code = /^[A-Z0-9]{1,15}$/;

/**
 * The pair that a symbol of a coin or an exchange rate names: `BTC-USD`, `BTC/USD`, `EURUSD`,
 * `EURUSD=X`, or `BTC` with its currency beside it. Undefined where it names none.
 */
export function currencyPair({ symbol, currency, kind }: ProviderSymbol): CurrencyPair | undefined {
  const text = symbol.trim().toUpperCase().replace(/=X$/, '');
  const [base = '', quote = '', ...more] = text.split(/[-/_]/);
  if (more.length > 0 || !code.test(base)) return undefined;
  if (quote !== '') return code.test(quote) ? { base, quote } : undefined;
  if (kind === 'fx' && /^[A-Z]{6}$/.test(base)) return halves(base);
  const own = currency?.toUpperCase();
  if (kind === 'crypto' && own !== undefined && code.test(own)) {
    const stem = base.length > own.length && base.endsWith(own) ? base.slice(0, -own.length) : base;
    return { base: stem, quote: own };
  }
  const end = quotes.find((one) => base.length > one.length + 1 && base.endsWith(one));
  return end === undefined ? undefined : { base: base.slice(0, -end.length), quote: end };
}

const halves = (text: string): CurrencyPair => ({ base: text.slice(0, 3), quote: text.slice(3) });
