import { refuse } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';

/** The fault of a file that gives nothing, naming it. */
export const unreadable = (name: string, why: string) =>
  refuse<MarketDataFault>({ code: 'market-data.unreadable', detail: `${name}: ${why}` });

/** The answer to a request that was given up. */
export const cancelled = () =>
  refuse<MarketDataFault>({
    code: 'market-data.unavailable',
    detail: 'The request was cancelled before the prices were read.',
  });

/** What the file system refuses becomes a fault; anything else is a bug and goes on up. */
export function unavailable(what: string, error: unknown) {
  if (!(error instanceof Error && 'code' in error)) throw error;
  const detail = `${what} (${String(error.code)}). Check that it is there and readable.`;
  return refuse<MarketDataFault>({ code: 'market-data.unavailable', detail });
}
