import { ok, refuse } from '@plimsoll/kernel';
import { cell, cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import type { ReportTable } from '../../analysis/report.ts';
import {
  bootstrapCurve,
  type CurveQuote,
  type DiscountCurve,
  discountFactor,
  forwardRate,
  parRate,
  quoteGap,
  zeroRate,
} from '../../pricing/discount-curve.ts';
import { termsReport } from '../../pricing/terms-report.ts';

const source = 'Patrick Hagan and Graeme West, Interpolation methods for curve construction, 2006';
const kinds = ['par', 'deposit', 'zero'] as const;

export default defineAnalysis({
  id: 'yield-curve',
  group: 'pricing',
  title: 'Yield curve',
  summary: 'Discount factors, zero rates and forwards that reprice the market rates given.',
  input: {
    years: { kind: 'numbers', title: 'Times of the rates', help: 'Years, each once.' },
    rates: { kind: 'numbers', title: 'Rates a year', help: 'As many as times.' },
    kinds: {
      kind: 'names',
      optional: true,
      title: 'What each rate is',
      help: 'par, deposit or zero, one a rate; all par if not given.',
    },
    frequency: {
      kind: 'integer',
      min: 1,
      max: 12,
      default: 1,
      title: 'Coupons a year of par rates',
    },
    compounding: {
      kind: 'integer',
      min: 0,
      max: 365,
      default: 1,
      title: 'Compounding of zero and forward rates',
      help: 'Times a year; 0 for continuously.',
    },
    interpolation: {
      kind: 'choice',
      of: ['log-linear', 'linear-zero', 'log-cubic'],
      default: 'log-linear',
      title: 'Between the rates',
    },
    at: { kind: 'numbers', optional: true, title: 'Further years to show' },
  },
  compute({ years, rates, kinds: named, frequency, compounding, interpolation, at = [] }) {
    const given = named ?? years.map(() => 'par');
    const unknown = given.find((kind) => !kinds.some((each) => each === kind));
    if (years.length !== rates.length || given.length !== years.length || unknown !== undefined) {
      return refuse({
        code: 'curve.quotes',
        detail:
          unknown === undefined
            ? `There are ${years.length} times, ${rates.length} rates and ${given.length} kinds; give as many of each.`
            : `"${unknown}" is no kind of rate; there are ${kinds.join(', ')}.`,
      });
    }
    const beyond = at.find((time) => !(time > 0 && time <= 200));
    if (beyond !== undefined) {
      return refuse({
        code: 'curve.times',
        detail: `Years to show must be above 0 and up to 200; ${beyond} is not.`,
      });
    }
    const quotes = years.map((time, i): CurveQuote => {
      const rate = rates[i] as number;
      if (given[i] === 'deposit') return { kind: 'deposit', years: time, rate };
      if (given[i] === 'zero') return { kind: 'zero', years: time, rate, compounding };
      return { kind: 'par', years: time, rate, frequency };
    });
    const built = bootstrapCurve(quotes, interpolation);
    if (!built.ok) return built;
    const curve = built.value;
    const times = [...new Set([...curve.years, ...at])].sort((a, b) => a - b);
    const longest = curve.years.at(-1) ?? 1;
    const grid = Array.from({ length: 61 }, (_, i) => (longest * (i + 1)) / 61);
    const step = longest / 61;
    return ok(
      termsReport({
        title: 'Yield curve',
        conventions: [
          `Between the rates the curve runs ${interpolation}; zero and forward rates compound ${compounding === 0 ? 'continuously' : `${compounding} times a year`}.`,
        ],
        figures: [
          figure(
            'repricing',
            'Largest error of repricing',
            Math.max(...quotes.map((quote) => Math.abs(quoteGap(curve, quote)))),
            { formula: 'max |model − quote| of a unit', source },
          ),
          figure('longest', 'Longest time', longest, {
            unit: 'years',
            formula: 'the last rate’s',
            source,
          }),
        ],
        tables: [curveTable(curve, times, compounding, frequency)],
        charts: [
          {
            id: 'rates',
            title: 'Zero and forward rates',
            kind: 'line',
            x: grid,
            lines: [
              {
                name: 'Zero',
                values: cells(grid.map((time) => zeroRate(curve, time, compounding))),
              },
              {
                name: 'Forward',
                values: cells(
                  grid.map((time) => forwardRate(curve, time - step, time, compounding)),
                ),
              },
            ],
            unit: 'fraction',
          },
        ],
      }),
    );
  },
});

function curveTable(
  curve: DiscountCurve,
  times: readonly number[],
  compounding: number,
  frequency: number,
): ReportTable {
  const rows = times.map((time, i) => {
    const before = i === 0 ? 0 : (times[i - 1] as number);
    return [
      time,
      cell(discountFactor(curve, time)),
      cell(zeroRate(curve, time, compounding)),
      cell(forwardRate(curve, before, time, compounding)),
      cell(parRate(curve, time, frequency)),
    ];
  });
  return {
    id: 'curve',
    title: 'Curve',
    columns: [
      { id: 'years', title: 'Years', unit: 'years' },
      { id: 'discount', title: 'Discount factor', unit: 'ratio' },
      { id: 'zero', title: 'Zero rate', unit: 'fraction' },
      { id: 'forward', title: 'Forward from the row before', unit: 'fraction' },
      { id: 'par', title: 'Par rate', unit: 'fraction' },
    ],
    rows,
  };
}
