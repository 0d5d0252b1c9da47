import { ok, type Result } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Report } from '../../analysis/report.ts';
import { type BrinsonPeriod, brinson, geometricBrinson } from '../../attribution/brinson.ts';
import {
  effectChart,
  effectFigures,
  effectTable,
  namesOf,
  total,
} from '../../attribution/report-parts.ts';

/** One period by group. */
export default defineAnalysis({
  id: 'brinson',
  group: 'attribution',
  title: 'Brinson attribution of one period',
  summary:
    'Splits the active return of one period by sector, country or any group into allocation, selection and interaction, arithmetically or geometrically.',
  input: {
    portfolioWeights: {
      kind: 'by-name',
      title: 'Weights of the portfolio by group',
      help: 'At the start of the period; both sides must sum to the same, so give cash as a group.',
    },
    benchmarkWeights: { kind: 'by-name', title: 'Weights of the benchmark by group' },
    portfolioReturns: {
      kind: 'by-name',
      title: 'Returns of the portfolio by group',
      help: 'Fractions; none where nothing is held.',
    },
    benchmarkReturns: { kind: 'by-name', title: 'Returns of the benchmark by group' },
    method: {
      kind: 'choice',
      of: ['brinson-fachler', 'brinson-hood-beebower', 'geometric'],
      default: 'brinson-fachler',
      title: 'Method',
    },
    mergeInteraction: {
      kind: 'flag',
      default: false,
      title: 'Count interaction as selection',
    },
  },
  compute(values) {
    const { portfolioWeights, benchmarkWeights, portfolioReturns, benchmarkReturns } = values;
    const groups = namesOf(portfolioWeights, benchmarkWeights);
    const period: BrinsonPeriod = {
      groups,
      portfolioWeights: groups.map((name) => portfolioWeights[name] ?? 0),
      benchmarkWeights: groups.map((name) => benchmarkWeights[name] ?? 0),
      portfolioReturns: groups.map((name) => portfolioReturns[name] ?? null),
      benchmarkReturns: groups.map((name) => benchmarkReturns[name] ?? null),
    };
    if (values.method === 'geometric') return geometric(period);
    const found = brinson(period, values.method);
    if (!found.ok) return found;
    const { allocation, selection, interaction } = found.value;
    const effects = values.mergeInteraction
      ? {
          allocation,
          selection: selection.map((each, i) => each + interaction[i]),
          interaction: new Float64Array(groups.length),
        }
      : found.value;
    return ok({
      title: 'Brinson attribution',
      sample: null,
      conventions: [
        'Weights are those at the start of the period; effects are arithmetic and sum to R − B.',
        ...(values.mergeInteraction ? ['Interaction is counted as selection.'] : []),
        'A group that one side does not hold takes the return of the other.',
      ],
      figures: effectFigures(found.value, effects, values.method),
      tables: [effectTable(groups, effects)],
      charts: [effectChart(groups, effects)],
      notes: [],
    });
  },
});

const bacon =
  'Carl Bacon, Practical Portfolio Performance Measurement and Attribution, 2008, chapter 5';

function geometric(period: BrinsonPeriod): Result<Report> {
  const found = geometricBrinson(period);
  if (!found.ok) return found;
  const { portfolioReturn, benchmarkReturn, active, allocation, selection } = found.value;
  const figure = (id: string, title: string, value: number, formula: string) => ({
    id,
    title,
    value,
    unit: 'fraction' as const,
    formula,
    source: bacon,
  });
  return ok({
    title: 'Geometric Brinson attribution',
    sample: null,
    conventions: [
      'Effects are geometric: the totals compound to (1 + R) ÷ (1 + B) − 1, and over periods without linking. Selection includes interaction.',
    ],
    figures: [
      figure('portfolio-return', 'Return of the portfolio', portfolioReturn, 'R = Σ w_i r_i'),
      figure('benchmark-return', 'Return of the benchmark', benchmarkReturn, 'B = Σ v_i b_i'),
      figure('active-return', 'Geometric active return', active, '(1 + R) ÷ (1 + B) − 1'),
      figure(
        'allocation',
        'Allocation',
        total(allocation),
        'Σ (w_i − v_i)((1 + b_i) ÷ (1 + B) − 1)',
      ),
      figure('selection', 'Selection', total(selection), 'Σ w_i (r_i − b_i) ÷ (1 + Σ w_i b_i)'),
    ],
    tables: [
      {
        id: 'effects',
        title: 'Effects',
        columns: [
          { id: 'group', title: 'Group' },
          { id: 'allocation', title: 'Allocation', unit: 'fraction' },
          { id: 'selection', title: 'Selection', unit: 'fraction' },
        ],
        rows: period.groups.map((group, i) => [group, allocation[i], selection[i]]),
      },
    ],
    charts: [],
    notes: [],
  });
}
