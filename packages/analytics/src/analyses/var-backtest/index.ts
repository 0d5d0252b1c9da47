import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { trackOrBook } from '../../risk/book.ts';
import { riskMethods } from '../../risk/risk-methods.ts';
import { backtestSection, methodsBacktest } from '../../risk/sections/backtest-section.ts';
import { joined, section } from '../../risk/sections/section.ts';
import {
  chosenMethod,
  methodChoice,
  methodOptions,
  methodParameters,
  trackParameters,
} from '../../risk/tail-parameters.ts';

export default defineAnalysis({
  id: 'var-backtest',
  group: 'risk',
  title: 'Backtest of value at risk',
  summary:
    'Whether VaR and CVaR forecast day by day from the past were right: Kupiec, Christoffersen, the Basel traffic light and Acerbi–Székely.',
  input: {
    ...trackParameters,
    ...methodChoice,
    level: { kind: 'number', min: 0.5, below: 1, default: 0.99, title: 'Level' },
    window: {
      kind: 'integer',
      min: 20,
      default: 250,
      unit: 'returns',
      title: 'Returns that each forecast is made from',
    },
    every: {
      kind: 'integer',
      min: 1,
      default: 1,
      unit: 'days',
      title: 'Days between new estimates',
    },
    compare: { kind: 'flag', default: false, title: 'Test every other method too' },
    ...methodParameters,
  },
  compute(values) {
    const track = trackOrBook(values);
    if (!track.ok) return track;
    const { level, window, every } = values;
    const method = chosenMethod(values.method);
    const request = { level, window, every, options: methodOptions(values) };
    const own = backtestSection(track.value, method, request);
    if (!own.ok) return own;
    const compared = values.compare
      ? methodsBacktest(track.value, riskMethods, request)
      : section({});
    return ok({
      title: `Backtest of value at risk: ${method.title}`,
      sample: track.value.sample,
      conventions: [
        `Each forecast is made from the ${window} returns before its day, at ${level * 100} %.`,
        'An exception is a day whose return is below −VaR.',
        'Tests of exceptions ask whether there are as many as the level says, and whether they come apart.',
      ],
      ...joined([own.value, compared, section({ notes: track.value.notes })]),
    });
  },
});
