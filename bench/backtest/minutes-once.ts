/** A backtest of 1,000,000 one-minute bars in a process of its own; prints its memory in bytes, as JSON. */
import { existsSync, readFileSync } from 'node:fs';
import { runBacktest } from '@plimsoll/analytics/backtest';
import { drawnBars, instrumentOf, marketOf } from './drawn-bars.ts';
import { found, settingsOf, strategyOf } from './prepared.ts';

const bars = drawnBars(1_000_000, { drift: 0, volatility: 0.0008, every: 60_000 });
const settings = settingsOf({ commission: { kind: 'bps', bps: 0.1 } });
const before = process.memoryUsage().rss;
const strategy = strategyOf('sma-cross');
const market = marketOf(instrumentOf('A', bars));
const { fills } = found(runBacktest(strategy, { fast: 10, slow: 30 }, market, settings));
process.stdout.write(`${JSON.stringify({ before, peak: peakBytes(), fills: fills.at.length })}\n`);

/** Of this process alone: what `resourceUsage` tells starts from what the process had that started it. */
function peakBytes(): number {
  const status = '/proc/self/status';
  const own = existsSync(status) && /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1];
  return 1024 * (own ? Number(own) : process.resourceUsage().maxRSS);
}
