import { dayNumber, ok, type Result, refuse } from '@plimsoll/kernel';
import { truncateMarket } from '../backtest/cut-market.ts';
import type { BacktestMarket } from '../backtest/market.ts';
import type { RunTask } from './run-task.ts';

const dayMs = 86_400_000;

const lastOf = ({ instruments }: BacktestMarket): number =>
  Math.max(...instruments.map(({ bars }) => bars.known.at(-1) ?? Number.NEGATIVE_INFINITY));

/** Whether the run goes on into days that nobody has looked at. */
export const hasUnseen = ({
  market,
  unseenFrom,
}: Pick<RunTask, 'market' | 'unseenFrom'>): boolean =>
  unseenFrom !== undefined && lastOf(market) >= dayNumber(unseenFrom) * dayMs;

/**
 * The market that a search may choose on: as it was known before the day from which on nobody has looked.
 *
 * @returns refused where no day is left to trade on.
 */
export function seenMarket({
  market,
  tradeFrom,
  unseenFrom,
}: Pick<RunTask, 'market' | 'tradeFrom' | 'unseenFrom'>): Result<BacktestMarket> {
  if (unseenFrom === undefined) return ok(market);
  const seen = truncateMarket(market, dayNumber(unseenFrom) * dayMs - 1);
  if (lastOf(seen) >= tradeFrom) return ok(seen);
  const detail = `unseenFrom: ${unseenFrom} leaves no days to choose parameters on. Say a later day.`;
  return refuse({ code: 'search.unseen', detail });
}
