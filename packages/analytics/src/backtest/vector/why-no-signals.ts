import type { Strategy } from '../../strategy/define-strategy.ts';
import type { BacktestMarket } from '../market.ts';
import type { BacktestSettings } from '../settings.ts';
import { outsideFastPath } from './outside-fast-path.ts';

/** What keeps a strategy from being run by its signals alone; null where nothing does. */
export function whyNoSignals(
  strategy: Strategy,
  market: BacktestMarket,
  settings: BacktestSettings,
): string | null {
  if (!strategy.signals && !strategy.crossing) return `${strategy.id}, which has no signals`;
  const { length } = market.instruments;
  if (length !== 1) return `signals of ${length} instruments`;
  const outside = outsideFastPath(market, settings);
  if (outside !== null) return outside;
  const priced = market.instruments.every(({ bars }) => isWhole(bars.open) && isWhole(bars.close));
  return priced ? null : 'bars without a price';
}

function isWhole(column: Float64Array): boolean {
  for (let i = 0; i < column.length; i++) if (Number.isNaN(column[i])) return false;
  return true;
}
