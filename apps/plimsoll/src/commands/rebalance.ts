import { reportOptions, showReport } from '../cli/analysis/analysis-command.ts';
import { loadAnalysis } from '../cli/analysis/load-analyses.ts';
import { parameterOptions, parameterValues } from '../cli/analysis/parameter-options.ts';
import type { Command } from '../cli/command.ts';
import { taken } from '../cli/refusals.ts';

const usage = [
  'rebalance --portfolio NAME --targets NAME=WEIGHT,… [--fee-rate RATE] [--fee-fixed N]',
  'rebalance --portfolio NAME --objective NAME [options of optimise] [--fee-rate RATE]',
];

/** The options of `optimise` join its own, whose names win. */
export const command: Command = {
  summary:
    'Find the trades from what you hold to target or optimised weights, with lots and gains.',
  usage,
  notes: ['Over HTTP: POST /v1/rebalance. Nothing is recorded or ordered.'],
  run: async (call) => {
    const { rebalanceInput } = await import('@plimsoll/engine');
    const optimise = await loadAnalysis('optimise');
    const engine = await call.engine();
    const values = await parameterValues(call, rebalanceInput);
    const input = {
      ...values,
      ...(call.base === undefined ? {} : { base: call.base }),
      ...(values['targets'] === undefined
        ? { optimise: await parameterValues(call, withoutOwn(optimise.input, rebalanceInput)) }
        : {}),
    };
    showReport(call, taken(await engine.rebalance(call.workspace, JSON.stringify(input))));
  },
  narrow: async () => {
    const { rebalanceInput } = await import('@plimsoll/engine');
    const optimise = await loadAnalysis('optimise');
    const { base: _, ...own } = rebalanceInput;
    const { html } = reportOptions;
    return {
      ...command,
      options: { ...parameterOptions(own, optimise.input), ...(html ? { html } : {}) },
    };
  },
};

/** The parameters of `optimise` whose names do not mean something else here. */
const withoutOwn = <T extends object>(all: T, own: object): T =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(own, name))) as T;
