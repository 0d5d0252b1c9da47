import type { BacktestMarket } from '@plimsoll/analytics/backtest';
import { modelChain } from '@plimsoll/analytics/option-chain';
import type { RunConfig } from './run-config.ts';

/**
 * The market with options that a model makes up for each of its instruments, where the file asks for
 * them; else as it was. They follow from the instruments and the file, so that a fingerprint of these
 * is one of all.
 */
export function withOptionChain(
  market: BacktestMarket,
  { optionChain }: Pick<RunConfig, 'optionChain'>,
): BacktestMarket {
  if (optionChain === undefined) return market;
  const chains = market.instruments
    .filter(({ option }) => option === null)
    .map((underlying) => modelChain(underlying, optionChain));
  return {
    ...market,
    instruments: [...market.instruments, ...chains.flatMap(({ instruments }) => instruments)],
    notes: [...market.notes, ...chains.flatMap(({ notes }) => notes)],
  };
}
