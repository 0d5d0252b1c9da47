import type { RunTask, TriedBefore, TryTerms } from '@plimsoll/analytics/runs';
import type { Json } from '@plimsoll/kernel';
import type { Run } from '@plimsoll/ports';
import type { LoadedMarket } from './loaded-market.ts';
import { type RunConfig, settingsOf } from './run-config.ts';
import type { StrategyEntry } from './strategy-catalogue.ts';

/** What a run is carried out from. */
export interface RunInputs {
  readonly run: Run;
  readonly config: RunConfig;
  readonly entry: StrategyEntry;
  readonly loaded: LoadedMarket;
  readonly terms: TryTerms;
}

/** What a run tries, whole: the parameters of its strategy, or what is learnt and how. */
export const triedOf = ({
  run,
  config,
}: Pick<RunInputs, 'run' | 'config'>): Readonly<Record<string, Json>> =>
  run.kind === 'training' ? (config.training ?? {}) : config.params;

/** Under what tries are counted: the strategy, or the name of the model that is learnt. */
export function ledgerOf({ kind, strategy, config }: Run): string {
  if (kind !== 'training') return strategy;
  const { training } = config as { readonly training?: { readonly name?: unknown } };
  return `training:${String(training?.name)}`;
}

/** Why there is nothing to trade on; empty where there is. */
export function whyEmpty({ market, tradeFrom }: LoadedMarket): string {
  const last = Math.max(...market.instruments.map(({ bars }) => bars.known.at(-1) ?? -Infinity));
  if (last >= tradeFrom) return '';
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  if (!Number.isFinite(last)) return 'There are no bars of the instruments in that time.';
  // Midnight is the end of the day before.
  const lastDay = day(last - 1);
  return `There are no bars from ${day(tradeFrom)} on: the last is of ${lastDay}. Say an earlier day: from.`;
}

/** The work of a run, whole. */
export function taskOf(
  { run, config, entry, loaded }: RunInputs,
  triedBefore: TriedBefore,
): RunTask {
  const { market, benchmark, tradeFrom } = loaded;
  const settings = settingsOf(config);
  const { params, sweep, walkForward, training, unseenFrom } = config;
  const asked = {
    title: run.title,
    ...(unseenFrom === undefined ? {} : { unseenFrom }),
    strategy: entry.ref,
    ...{ params, settings, market, tradeFrom, benchmark, triedBefore },
  };
  switch (run.kind) {
    case 'backtest':
      return { ...asked, kind: run.kind };
    case 'sweep':
      return { ...asked, kind: run.kind, search: sweep };
    case 'walk-forward':
      return { ...asked, kind: run.kind, search: sweep, windows: walkForward };
    case 'training':
      return { ...asked, kind: run.kind, training };
  }
}
