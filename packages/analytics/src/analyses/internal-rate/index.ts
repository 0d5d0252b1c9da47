import { ok } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { termsReport } from '../../pricing/terms-report.ts';
import { internalRate, modifiedInternalRate, netPresentValue } from '../../pricing/time-value.ts';

export default defineAnalysis({
  id: 'internal-rate',
  group: 'pricing',
  title: 'Internal rate of return',
  summary: 'The return that payments at equal distances make, plain and with reinvestment.',
  input: {
    flows: {
      kind: 'numbers',
      title: 'Payments',
      help: 'One a period, the first now; what is paid is negative.',
    },
    finance: {
      kind: 'number',
      above: -1,
      default: 0.1,
      unit: 'a period',
      title: 'Rate for what is paid',
    },
    reinvest: {
      kind: 'number',
      above: -1,
      default: 0.1,
      unit: 'a period',
      title: 'Rate for what is received',
    },
    guess: { kind: 'number', above: -1, default: 0.1, title: 'Of several rates the nearest to' },
  },
  compute({ flows, finance, reinvest, guess }) {
    const rate = internalRate(flows, guess);
    const modified = modifiedInternalRate(flows, finance, reinvest);
    const worth = netPresentValue(finance, flows);
    return ok(
      termsReport({
        title: 'Internal rate of return',
        conventions: ['Payments are at equal distances, the first one now; rates are a period.'],
        figures: [
          figure('rate', 'Internal rate of return', rate.value, {
            unit: 'fraction',
            formula: 'i with Σ CFₜ (1 + i)^(−t) = 0',
            source: 'Irving Fisher, The Theory of Interest, 1930',
            ...(rate.why === undefined ? {} : { why: rate.why }),
          }),
          figure('roots', 'Rates that fit', rate.roots, {
            unit: 'count',
            formula: 'sign changes of the present value over rates',
            source: 'Irving Fisher, The Theory of Interest, 1930',
          }),
          figure('modified', 'Modified internal rate', modified.value, {
            unit: 'fraction',
            formula: '[future value of receipts ÷ present value of payments]^(1 ÷ n) − 1',
            source:
              'Steven Lin, The modified internal rate of return and investment criterion, 1976',
            ...(modified.why === undefined ? {} : { why: modified.why }),
          }),
          figure('present', 'Present value at the rate for what is paid', worth, {
            unit: 'money',
            formula: 'Σ CFₜ (1 + i)^(−t)',
            source: 'Irving Fisher, The Theory of Interest, 1930',
            why: 'the payments are too large or too many for that rate',
          }),
        ],
        notes: rate.roots > 1 ? [`${rate.roots} rates fit; the nearest to ${guess} is shown.`] : [],
      }),
    );
  },
});
