import { ok, type PanelInput, type Result, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import {
  type AttributedHoldings,
  type AttributedPeriods,
  attributedPeriods,
  type ListedPeriod,
  listedPeriods,
} from '../../attribution/attributed-periods.ts';
import { type LinkingFactors, linkingFactors } from '../../attribution/linking.ts';
import {
  type Effects,
  effectChart,
  effectFigures,
  effectTable,
} from '../../attribution/report-parts.ts';

const sources = {
  carino: 'David Carino, Combining attribution effects over time, 1999',
  menchero: 'Jose Menchero, An optimized approach to linking attribution effects over time, 2000',
  grap: 'GRAP, Synthèse des modèles d’attribution de performance, 1997; Andrew Frongello, Linking single period attribution results, 2002',
  none: 'the plain sum, which does not add up to the active return',
} as const;

/** Several periods, from prices and weights. */
export default defineAnalysis({
  id: 'linked-attribution',
  group: 'attribution',
  title: 'Attribution over several periods',
  summary:
    'Brinson attribution of a portfolio against a benchmark by groups of instruments, period by period, linked so that the effects add up to the active return of the whole.',
  input: {
    prices: {
      kind: 'panel',
      of: 'prices',
      optional: true,
      title: 'Prices or returns of the instruments',
      help: 'With weights and groups; or else give periods.',
    },
    weights: {
      kind: 'by-name',
      optional: true,
      title: 'Weights of the portfolio',
      help: 'By instrument, at the start of each period.',
    },
    groups: {
      kind: 'text-by-name',
      optional: true,
      title: 'Group of each instrument',
      help: 'Its sector, country or currency.',
    },
    periods: {
      kind: 'list',
      optional: true,
      title: 'Periods whose weights and returns by group are known',
      of: {
        kind: 'object',
        title: 'Period',
        fields: {
          end: { kind: 'text', optional: true, title: 'Its last day, or its name' },
          portfolioWeights: { kind: 'by-name', title: 'Weights of the portfolio by group' },
          benchmarkWeights: { kind: 'by-name', title: 'Weights of the benchmark by group' },
          portfolioReturns: { kind: 'by-name', title: 'Returns of the portfolio by group' },
          benchmarkReturns: { kind: 'by-name', title: 'Returns of the benchmark by group' },
        },
      },
    },
    benchmarkWeights: {
      kind: 'by-name',
      optional: true,
      title: 'Weights of the benchmark',
      help: 'Equal weights of all columns if not given.',
    },
    period: {
      kind: 'choice',
      of: ['day', 'week', 'month', 'quarter', 'year'],
      default: 'month',
      title: 'Period of attribution',
      help: 'Both sides start each one at their weights.',
    },
    drift: {
      kind: 'flag',
      default: false,
      title: 'Let weights drift from period to period',
      help: 'Else both sides are set back to their weights at the start of each.',
    },
    method: {
      kind: 'choice',
      of: ['brinson-fachler', 'brinson-hood-beebower'],
      default: 'brinson-fachler',
      title: 'Method',
    },
    linking: {
      kind: 'choice',
      of: ['carino', 'menchero', 'grap', 'none'],
      default: 'carino',
      title: 'How periods are linked',
    },
  },
  compute(values) {
    const read = readPeriods(values);
    if (!read.ok) return read;
    const periods = read.value;
    const { groups, effects, sample } = periods;
    const linked = linkingFactors(
      {
        portfolio: effects.map((each) => each.portfolioReturn),
        benchmark: effects.map((each) => each.benchmarkReturn),
      },
      values.linking,
    );
    if (!linked.ok) return linked;
    const whole = sumOf(periods, linked.value);
    return ok({
      title: 'Attribution over several periods',
      sample,
      conventions: [
        values.periods
          ? `${effects.length} periods with the weights at the start of each.`
          : `${effects.length} periods (${values.period}); ${values.drift ? 'weights drift from one to the next' : 'both sides start each at their weights and hold to its end'}.`,
        values.linking === 'none'
          ? 'Effects are added up without linking, so that they do not sum to the active return.'
          : `Effects are linked (${values.linking}) and sum to the active return of the whole.`,
      ],
      figures: [
        ...effectFigures(linked.value, whole, values.method),
        ...linkingFigures(linked.value, sources[values.linking]),
      ],
      tables: [effectTable(groups, whole), periodTable(periods, linked.value)],
      charts: [effectChart(groups, whole), runningChart(periods, linked.value)],
      notes:
        sample.missing > 0
          ? [`${sample.missing} rows in which an instrument had no price are left out.`]
          : [],
    });
  },
});

function readPeriods(
  values: Omit<AttributedHoldings, 'prices' | 'weights' | 'groups'> & {
    readonly prices: PanelInput | undefined;
    readonly weights: Readonly<Record<string, number>> | undefined;
    readonly groups: Readonly<Record<string, string>> | undefined;
    readonly periods: readonly ListedPeriod[] | undefined;
  },
): Result<AttributedPeriods> {
  const { prices, weights, groups, periods, method } = values;
  if (periods && !prices) return listedPeriods(periods, method);
  if (prices && weights && groups && !periods) {
    return attributedPeriods({ ...values, prices, weights, groups });
  }
  return refuse({
    code: 'attribution.input',
    detail: periods
      ? 'Give either prices or periods, not both.'
      : 'Give prices with weights and groups, or periods with weights and returns by group.',
  });
}

const kinds = ['allocation', 'selection', 'interaction'] as const;

function sumOf({ groups, effects }: AttributedPeriods, { factors }: LinkingFactors): Effects {
  const [allocation, selection, interaction] = kinds.map((kind) =>
    Float64Array.from(groups, (_, g) =>
      effects.reduce((sum, each, t) => sum + factors[t] * each[kind][g], 0),
    ),
  );
  return { allocation, selection, interaction };
}

function linkingFigures({ logarithmic, optimised }: LinkingFactors, source: string): Figure[] {
  const figure = (id: string, title: string, value: number, formula: string): Figure => ({
    id,
    title,
    value,
    unit: 'number',
    formula,
    source,
  });
  return [
    ...(logarithmic
      ? [
          figure(
            'carino-k',
            'Carino’s K of the whole',
            logarithmic.whole,
            '(ln(1 + R) − ln(1 + B)) ÷ (R − B)',
          ),
        ]
      : []),
    ...(optimised
      ? [
          figure(
            'menchero-a',
            'Menchero’s natural factor',
            optimised.natural,
            '((R − B) ÷ T) ÷ ((1 + R)^(1/T) − (1 + B)^(1/T))',
          ),
          figure(
            'menchero-c',
            'Menchero’s correction',
            optimised.correction,
            '(R − B − A·Σ a(t)) ÷ Σ a(t)²',
          ),
        ]
      : []),
  ];
}

function periodTable(
  { ends, effects }: AttributedPeriods,
  { factors }: LinkingFactors,
): ReportTable {
  return {
    id: 'periods',
    title: 'Periods',
    columns: [
      { id: 'end', title: 'End' },
      { id: 'portfolio', title: 'Portfolio', unit: 'fraction' },
      { id: 'benchmark', title: 'Benchmark', unit: 'fraction' },
      { id: 'allocation', title: 'Allocation', unit: 'fraction' },
      { id: 'selection', title: 'Selection', unit: 'fraction' },
      { id: 'interaction', title: 'Interaction', unit: 'fraction' },
      { id: 'factor', title: 'Linking factor', unit: 'number' },
    ],
    rows: effects.map((each, t) => [
      ends[t] ?? String(t + 1),
      each.portfolioReturn,
      each.benchmarkReturn,
      ...kinds.map((kind) => each[kind].reduce((sum, one) => sum + one, 0)),
      factors[t],
    ]),
  };
}

/** Linked effects added up period by period; the last point is the effect of the whole. */
function runningChart({ ends, effects }: AttributedPeriods, { factors }: LinkingFactors) {
  return {
    id: 'running',
    title: 'Linked effects, added up',
    kind: 'line' as const,
    x: effects.map((_, t) => ends[t] ?? t + 1),
    lines: kinds.map((name) => {
      let sum = 0;
      return {
        name,
        values: effects.map((each, t) => {
          sum += factors[t] * each[name].reduce((all, one) => all + one, 0);
          return sum;
        }),
      };
    }),
    unit: 'fraction' as const,
  };
}
