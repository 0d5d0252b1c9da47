import { ok, type Result, readParameters, refuse, seededRandom } from '@plimsoll/kernel';
import type { Strategy } from '../strategy/define-strategy.ts';
import { BacktestRun } from './backtest-run.ts';
import { wrongMarket } from './check-market.ts';
import type { BacktestMarket } from './market.ts';
import type { BacktestResult } from './result.ts';
import type { BacktestSettings } from './settings.ts';
import { StrategyError } from './strategy-error.ts';

export interface RunOptions {
  /** First moment at which the strategy may trade, milliseconds; all that is known is there before. */
  readonly tradeFrom?: number;
  /** Told of the moments done, now and then. */
  readonly onProgress?: (done: number, of: number) => void;
  /** Asked now and then; the run ends as a refusal `run.stopped` where it says so. */
  readonly shouldStop?: () => boolean;
}

/** What a strategy did wrong, in words of its own. */
const words = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/**
 * Runs a strategy over a market, one moment after the other. The same inputs and seed give the same
 * bits on every machine.
 *
 * @param params Checked against the strategy's table.
 * @returns `run.parameters`, `run.market`, `run.strategy` where the strategy throws, `run.stopped`.
 */
export function runBacktest(
  strategy: Strategy,
  params: unknown,
  market: BacktestMarket,
  settings: BacktestSettings,
  options: RunOptions = {},
): Result<BacktestResult> {
  const read = readParameters(strategy.params, params);
  if (!read.ok)
    return refuse({ code: 'run.parameters', detail: `${strategy.id}: ${read.fault.detail}` });
  const wrong = strategy.check?.(read.value) ?? wrongNumber(strategy, market);
  if (wrong !== null) return refuse({ code: 'run.parameters', detail: `${strategy.id}: ${wrong}` });
  const unplayable = wrongMarket(market);
  if (unplayable !== null) return refuse({ code: 'run.market', detail: `${unplayable}.` });
  const run = new BacktestRun(market, settings, {
    tradeFrom: options.tradeFrom ?? Number.NEGATIVE_INFINITY,
    params: read.value,
    random: seededRandom(settings.seed),
  });
  try {
    const done = run.play(strategy, read.value, options);
    return done
      ? ok(run.result())
      : refuse({ code: 'run.stopped', detail: 'The run was stopped.' });
  } catch (error) {
    if (!(error instanceof StrategyError)) throw error;
    const detail = `${strategy.id}, ${error.where}: ${words(error.cause)}`;
    return refuse({ code: 'run.strategy', detail });
  }
}

function wrongNumber({ instruments }: Strategy, market: BacktestMarket): string | null {
  const count = market.instruments.length;
  const { min = 1, max = Number.POSITIVE_INFINITY } = instruments ?? {};
  if (count < min) return `needs ${min} instruments; there are ${count}`;
  if (count > max) return `takes at most ${max} instruments; there are ${count}`;
  return null;
}
