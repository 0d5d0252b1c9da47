import { ok, refuse } from '@plimsoll/kernel';
import { cell, cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import type { Figure } from '../../analysis/report.ts';
import {
  fitNelsonSiegel,
  type NelsonSiegel,
  nelsonSiegelForward,
  nelsonSiegelRate,
} from '../../pricing/nelson-siegel.ts';
import { termsReport } from '../../pricing/terms-report.ts';

const source =
  'Charles Nelson and Andrew Siegel, Parsimonious modeling of yield curves, 1987; Lars Svensson, Estimating and interpreting forward interest rates, 1994';

export default defineAnalysis({
  id: 'nelson-siegel',
  group: 'pricing',
  title: 'Nelson–Siegel–Svensson curve',
  summary: 'A smooth curve through zero rates, by a level, a slope and one or two humps.',
  input: {
    years: { kind: 'numbers', title: 'Times of the rates', help: 'Years, above 0.' },
    rates: {
      kind: 'numbers',
      optional: true,
      title: 'Continuous zero rates to fit',
      help: 'As many as times; not needed where the parameters are given.',
    },
    model: {
      kind: 'choice',
      of: ['svensson', 'nelson-siegel'],
      default: 'svensson',
      title: 'Curve to fit',
    },
    parameters: {
      kind: 'numbers',
      optional: true,
      title: 'Parameters instead of a fit',
      help: 'β₀, β₁, β₂, τ₁ and, for Svensson’s curve, β₃, τ₂.',
    },
  },
  compute({ years, rates, model, parameters }) {
    const wrong = years.find((time) => !(time > 0));
    if (wrong !== undefined || years.length === 0) {
      return refuse({
        code: 'curve.points',
        detail: `Times must be above 0${wrong === undefined ? ', and there are none' : `, and ${wrong} is not`}.`,
      });
    }
    const found = parameters ? given(parameters) : fitted(years, rates, model === 'svensson');
    if (!found.ok) return found;
    const { curve, rootMeanSquare } = found.value;
    const longest = Math.max(...years);
    const grid = Array.from({ length: 60 }, (_, i) => (longest * (i + 1)) / 60);
    return ok(
      termsReport({
        title: 'Nelson–Siegel–Svensson curve',
        conventions: [
          'Rates are continuous; y(t) = β₀ + β₁ L(t ÷ τ₁) + β₂ [L(t ÷ τ₁) − e^(−t ÷ τ₁)] + β₃ [L(t ÷ τ₂) − e^(−t ÷ τ₂)], L(x) = (1 − e^(−x)) ÷ x.',
        ],
        figures: figuresOf(curve, rootMeanSquare),
        tables: [
          {
            id: 'rates',
            title: 'Rates',
            columns: [
              { id: 'years', title: 'Years', unit: 'years' },
              { id: 'zero', title: 'Zero rate', unit: 'fraction' },
              { id: 'forward', title: 'Forward rate', unit: 'fraction' },
              { id: 'given', title: 'Given', unit: 'fraction' },
            ],
            rows: years.map((time, i) => [
              time,
              cell(nelsonSiegelRate(curve, time)),
              cell(nelsonSiegelForward(curve, time)),
              rates?.[i] ?? null,
            ]),
          },
        ],
        charts: [
          {
            id: 'rates',
            title: 'Zero and forward rates',
            kind: 'line',
            x: grid,
            lines: [
              { name: 'Zero', values: cells(grid.map((time) => nelsonSiegelRate(curve, time))) },
              {
                name: 'Forward',
                values: cells(grid.map((time) => nelsonSiegelForward(curve, time))),
              },
            ],
            unit: 'fraction',
          },
        ],
      }),
    );
  },
});

function given(parameters: readonly number[]) {
  const [level, slope, hump, decay, hump2, decay2] = parameters;
  const whole = parameters.length === 4 || parameters.length === 6;
  if (!whole || level === undefined || slope === undefined || hump === undefined) {
    return refuse({
      code: 'curve.parameters',
      detail: `A curve has 4 or 6 parameters, not ${parameters.length}: β₀, β₁, β₂, τ₁ and perhaps β₃, τ₂.`,
    });
  }
  if (!(decay !== undefined && decay > 0 && (decay2 === undefined || decay2 > 0))) {
    return refuse({
      code: 'curve.parameters',
      detail: `τ₁ = ${decay} and τ₂ = ${decay2 ?? 'none'} must be above 0.`,
    });
  }
  const second = hump2 === undefined || decay2 === undefined ? {} : { hump2, decay2 };
  return ok({ curve: { level, slope, hump, decay, ...second }, rootMeanSquare: null });
}

function fitted(years: readonly number[], rates: readonly number[] | undefined, svensson: boolean) {
  return fitNelsonSiegel(years, rates ?? [], svensson);
}

function figuresOf(curve: NelsonSiegel, rootMeanSquare: number | null): readonly Figure[] {
  const part = (id: string, title: string, value: number | undefined, formula: string) =>
    value === undefined
      ? []
      : [
          figure(id, title, value, {
            unit: id.startsWith('decay') ? 'years' : 'fraction',
            formula,
            source,
          }),
        ];
  return [
    ...part('level', 'Long rate', curve.level, 'β₀'),
    ...part('slope', 'Slope', curve.slope, 'β₁'),
    ...part('hump', 'Hump', curve.hump, 'β₂'),
    ...part('decay', 'Place of the hump', curve.decay, 'τ₁'),
    ...part('hump-2', 'Second hump', curve.hump2, 'β₃'),
    ...part('decay-2', 'Place of the second hump', curve.decay2, 'τ₂'),
    figure('error', 'Error of the fit', rootMeanSquare, {
      unit: 'fraction',
      formula: '√(mean squared difference of rates)',
      source,
      why: 'the parameters were given, nothing was fitted',
    }),
  ];
}
