import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { fxForward } from '../../pricing/foreign-exchange.ts';
import { termsReport } from '../../pricing/terms-report.ts';

const source = 'John Hull, Options, Futures, and Other Derivatives, 9th ed., 2014, §5.10';

export default defineAnalysis({
  id: 'fx-forward',
  group: 'pricing',
  title: 'Foreign exchange forward',
  summary: 'The rate of exchange at a later date that interest in both currencies implies.',
  input: {
    spot: {
      kind: 'number',
      above: 0,
      title: 'Spot rate',
      help: 'Units of the home currency for one of the foreign.',
    },
    home: { kind: 'number', above: -1, max: 10, unit: 'a year', title: 'Interest at home' },
    foreign: { kind: 'number', above: -1, max: 10, unit: 'a year', title: 'Interest abroad' },
    years: { kind: 'number', min: 0, max: 100, unit: 'years', title: 'Time' },
    interest: {
      kind: 'choice',
      of: ['continuous', 'simple', 'annual'],
      default: 'continuous',
      title: 'How interest is counted',
    },
  },
  compute({ spot, home, foreign, years, interest }) {
    const forward = fxForward(spot, home, foreign, years, interest);
    const why = 'simple interest this negative uses up the whole amount';
    return ok(
      termsReport({
        title: 'Foreign exchange forward',
        conventions: [`Interest is ${interest}.`],
        figures: [
          figure('forward', 'Forward rate', forward > 0 ? forward : null, {
            formula: 'S × growth at home ÷ growth abroad',
            source,
            why,
          }),
          figure('points', 'Forward points', forward > 0 ? forward - spot : null, {
            formula: 'forward − spot',
            source,
            why,
          }),
        ],
      }),
    );
  },
});
