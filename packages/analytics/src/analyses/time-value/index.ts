import { ok, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { type Estimate, estimate } from '../../analysis/estimate.ts';
import { figure } from '../../analysis/figure.ts';
import type { Figure } from '../../analysis/report.ts';
import { termsReport } from '../../pricing/terms-report.ts';
import {
  type Annuity,
  effectiveRate,
  futureValue,
  nominalRate,
  paymentOf,
  periodsOf,
  presentValueOf,
  rateOf,
} from '../../pricing/time-value.ts';

const source = 'OASIS, OpenFormula, 2011, §6.12';
const equation = 'F = −[V (1 + i)ⁿ + P (1 + i·due) ((1 + i)ⁿ − 1) ÷ i]';
const overflow = 'the terms make it larger than can be stated';

export default defineAnalysis({
  id: 'time-value',
  group: 'pricing',
  title: 'Time value of money',
  summary: 'The one number of a loan or savings plan that follows from the other four.',
  input: {
    find: {
      kind: 'choice',
      of: ['payment', 'future', 'present', 'periods', 'rate'],
      default: 'payment',
      title: 'What is asked for',
    },
    rate: { kind: 'number', above: -1, default: 0, unit: 'a year', title: 'Interest' },
    perYear: {
      kind: 'number',
      above: 0,
      default: 12,
      title: 'Periods a year',
      help: 'Interest a period is the yearly one divided by it.',
    },
    periods: { kind: 'number', above: 0, max: 1e5, optional: true, title: 'Number of periods' },
    present: {
      kind: 'number',
      default: 0,
      title: 'Value now',
      help: 'What is received is positive, what is paid negative, as in spreadsheets.',
    },
    payment: { kind: 'number', default: 0, title: 'Payment a period' },
    future: { kind: 'number', default: 0, title: 'Value at the end' },
    due: { kind: 'flag', default: false, title: 'Payments at the start of each period' },
  },
  compute({ find, rate, perYear, periods, present, payment, future, due }) {
    const each = rate / perYear;
    if (!(each > -1)) {
      return refuse({
        code: 'money.rate',
        detail: `Interest of ${rate} a year over ${perYear} periods takes all within a period; it must stay above −1.`,
      });
    }
    if (periods === undefined && find !== 'periods') {
      return refuse({
        code: 'money.periods',
        detail: `The number of periods is needed to find the ${find}.`,
      });
    }
    const n = periods ?? 0;
    const terms = { rate: each, periods: n, present, payment, future, due };
    const found = answers[find](terms);
    const asked: Estimate =
      find !== 'rate' || found.value === null ? found : estimate(found.value * perYear, overflow);
    return ok(
      termsReport({
        title: 'Time value of money',
        conventions: [
          'What is received is positive, what is paid negative.',
          `Payments fall at the ${due ? 'start' : 'end'} of each of ${perYear} periods a year.`,
        ],
        figures: [
          figure(find, titles[find], asked.value, {
            unit: units[find],
            formula: equation,
            source,
            ...(asked.why === undefined ? {} : { why: asked.why }),
          }),
          ...rateFigures(find === 'rate' ? asked.value : rate, perYear),
        ],
      }),
    );
  },
});

/** The same interest as an effective rate a year, and as a nominal one. */
function rateFigures(nominal: number | null, perYear: number): readonly Figure[] {
  return [
    figure(
      'effective',
      'Effective interest a year',
      nominal === null ? null : effectiveRate(nominal, perYear),
      {
        unit: 'fraction',
        formula: '(1 + r ÷ m)^m − 1',
        source,
        why: 'the interest is not known',
      },
    ),
    figure(
      'nominal',
      'Nominal rate that this is as an effective one',
      nominal !== null && nominal > -1 ? nominalRate(nominal, perYear) : null,
      {
        unit: 'fraction',
        formula: 'm [(1 + e)^(1 ÷ m) − 1]',
        source,
        why: 'the interest is not known, or takes all within a year',
      },
    ),
  ];
}

const answers: Readonly<Record<Asked, (terms: Annuity) => Estimate>> = {
  payment: paymentOf,
  future: (terms) => estimate(futureValue(terms), overflow),
  present: (terms) => estimate(presentValueOf(terms), overflow),
  periods: periodsOf,
  rate: rateOf,
};

const units = {
  payment: 'money',
  future: 'money',
  present: 'money',
  periods: 'periods',
  rate: 'fraction',
} as const;

const titles = {
  rate: 'Interest a year',
  payment: 'Payment a period',
  future: 'Value at the end',
  present: 'Value now',
  periods: 'Number of periods',
} as const;

type Asked = keyof typeof titles;
