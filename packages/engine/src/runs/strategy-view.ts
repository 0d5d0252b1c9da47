import type { StrategyView } from './run-use-cases.ts';
import type { StrategyEntry } from './strategy-catalogue.ts';

/** A strategy as it is shown to whoever chooses one. */
export const strategyView = ({ ref, ...entry }: StrategyEntry): StrategyView => ({
  ...entry,
  file: ref.kind === 'own' ? ref.file : null,
});
