import { setTimeout as pause } from 'node:timers/promises';
import { type Day, dayFromNumber, dayNumber, ok, type Result } from '@plimsoll/kernel';
import type {
  DailyBars,
  DailyHistory,
  MarketDataFault,
  MarketDataProvider,
  MarketDataSources,
  ProviderAction,
  ProviderSymbol,
  ProviderWorld,
} from '@plimsoll/ports';

/** A time in which waiting is so many times shorter than it is. */
export const worldOf = (speed: number): ProviderWorld => ({
  nowMs: () => Date.now(),
  random: () => 0.5,
  wait: async (ms, signal) => {
    await pause(ms / speed, undefined, { signal });
  },
});

export const quickWorld = worldOf(100);

/** Closes by day as bars; nothing else is known. */
export function closeBars(closes: Readonly<Record<Day, number>>): DailyBars {
  const entries = Object.entries(closes).sort(([a], [b]) => (a < b ? -1 : 1));
  const unknown = () => new Float64Array(entries.length).fill(Number.NaN);
  return {
    days: Int32Array.from(entries, ([day]) => dayNumber(day)),
    open: unknown(),
    high: unknown(),
    low: unknown(),
    close: Float64Array.from(entries, ([, close]) => close),
    adjustedClose: unknown(),
    volume: unknown(),
  };
}

/** A calm price around `level` on each weekday of a range, both ends included. */
export function calmCloses(from: Day, to: Day, level = 100): Record<Day, number> {
  const closes: Record<Day, number> = {};
  for (let day = dayNumber(from); day <= dayNumber(to); day++) {
    const weekday = (day + 4) % 7;
    if (weekday !== 0 && weekday !== 6) {
      closes[dayFromNumber(day)] = Number((level * (1 + ((day * 7) % 11) / 1000)).toFixed(2));
    }
  }
  return closes;
}

/** What a scripted provider answers for a symbol: closes, a whole history, or a fault. */
export type Script =
  | Readonly<Record<Day, number>>
  | ((
      from: Day,
      until: Day,
    ) => Promise<Result<DailyHistory, MarketDataFault>> | Result<DailyHistory, MarketDataFault>);

export interface ScriptedProvider extends MarketDataProvider {
  readonly script: Map<string, Script>;
  /** `SYMBOL from until` of each request, in order. */
  readonly asked: string[];
  readonly found: ProviderSymbol[];
}

/** A history of these closes in a range, as a provider tells it. */
export function historyOf(
  closes: Readonly<Record<Day, number>>,
  more: Partial<DailyHistory> = {},
): DailyHistory {
  return { bars: closeBars(closes), actions: [], currency: null, rejected: [], ...more };
}

export const split = (day: Day, value: number): ProviderAction => ({ day, kind: 'split', value });

/** A provider in this process that says what a test tells it to. */
export function scriptedProvider(
  id: string,
  script: Readonly<Record<string, Script>> = {},
): ScriptedProvider {
  const lines = new Map(Object.entries(script));
  const asked: string[] = [];
  const found: ProviderSymbol[] = [];
  return {
    id,
    title: id.toUpperCase(),
    simulated: false,
    capabilities: { daily: true, actions: true, fx: true, search: true },
    script: lines,
    asked,
    found,
    search: async (text, limit) =>
      ok(found.filter((one) => Object.values(one).includes(text)).slice(0, limit)),
    daily: async ({ symbol }, from, until) => {
      asked.push(`${symbol} ${from} ${until}`);
      const line = lines.get(symbol);
      if (line === undefined) {
        const detail = `${id} has no ${symbol}.`;
        return { ok: false, fault: { code: 'market-data.unknown-symbol', detail } };
      }
      if (typeof line === 'function') return line(from, until);
      const inRange = Object.entries(line).filter(([day]) => day >= from && day < until);
      return ok(historyOf(Object.fromEntries(inRange)));
    },
  };
}

/** Providers that are turned on, asked in the order in which they are given. */
export const scriptedSources = (
  providers: () => readonly MarketDataProvider[],
): MarketDataSources => ({
  list: () =>
    providers().map(({ id, title }) => ({ id, title, enabled: true, state: 'unknown' as const })),
  for: () => providers(),
  health: () => providers().flatMap((one) => one.health?.() ?? []),
});
