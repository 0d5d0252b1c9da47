import { type Refused, refuse } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';

const shown = (symbol: string): string => (symbol.length > 80 ? `${symbol.slice(0, 80)}…` : symbol);

/** Refuses a symbol that a provider does not have. `hint` says how its symbols are named. */
export const unknownSymbol = (title: string, symbol: string, hint: string) =>
  refuse<MarketDataFault>({
    code: 'market-data.unknown-symbol',
    detail: `${title} has no "${shown(symbol)}"; ${hint}.`,
  });

/** A fault that a reply gave, naming the symbol where it is about that. */
export const naming = (
  refused: Refused<MarketDataFault>,
  title: string,
  symbol: string,
  hint: string,
): Refused<MarketDataFault> =>
  refused.fault.code === 'market-data.unknown-symbol'
    ? unknownSymbol(title, symbol, hint)
    : refused;
