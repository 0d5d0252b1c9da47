import type { Runner } from '../../runner.ts';
import { backtestRunner } from './backtest-runner.ts';
import { componentRunner, monteCarloRunner } from './component-runner.ts';
import { stressRunner } from './stress-runner.ts';
import { tailRunner } from './tail-runner.ts';

/** VaR and CVaR, their parts, their backtests, drawn portfolios and stress. */
export const runners: readonly Runner[] = [
  tailRunner,
  componentRunner,
  monteCarloRunner,
  backtestRunner,
  stressRunner,
];
