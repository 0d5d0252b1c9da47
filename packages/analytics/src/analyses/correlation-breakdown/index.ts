import { ok, refuse } from '@plimsoll/kernel';
import { normalPdf, normalQuantile } from '@plimsoll/quant/distributions';
import { symmetricEigen } from '@plimsoll/quant/linear-algebra';
import { cell } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Cell, Figure } from '../../analysis/report.ts';
import { deviationsOf, fromCorrelation, toCorrelation } from '../../covariance/correlation.ts';
import { sampleCovariance } from '../../covariance/sample.ts';
import { bookOf } from '../../risk/book.ts';
import { leastVariance } from '../../risk/components.ts';
import {
  type StressedCorrelation,
  stressCorrelation,
  volatilityOf,
} from '../../risk/correlation-stress.ts';
import { diversificationRatio } from '../../risk/diversification.ts';
import { correlationChart } from '../../risk/sections/components-section.ts';
import { percent } from '../../risk/sections/section.ts';
import { bookParameters } from '../../risk/tail-parameters.ts';
import { tailOf } from '../../risk/tail-risk.ts';

export default defineAnalysis({
  id: 'correlation-breakdown',
  group: 'risk',
  title: 'Breakdown of correlations',
  summary:
    'How much risk rises when correlations are pulled towards one (or another) number, and diversification is lost.',
  input: {
    ...bookParameters,
    target: {
      kind: 'number',
      min: -1,
      max: 1,
      default: 1,
      title: 'Correlation that all are pulled towards',
    },
    strength: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.5,
      title: 'How far, from 0 (as they are) to 1 (all the way)',
    },
    level: { kind: 'number', min: 0.5, below: 1, default: 0.99, title: 'Level of VaR' },
  },
  compute({ prices, weights, target, strength, level, periodsPerYear }) {
    const book = bookOf(prices, weights);
    if (!book.ok) return book;
    const { names, weights: shares, instruments } = book.value;
    const covariance = sampleCovariance(instruments);
    const deviations = deviationsOf(covariance);
    const still = names.find((_, i) => !(deviations[i] ** 2 > leastVariance));
    if (still !== undefined) {
      return refuse({
        code: 'risk.no-spread',
        detail: `${still} never changes, so that it has no correlations; leave it out.`,
      });
    }
    const correlation = toCorrelation(covariance);
    const at = (share: number): Step => {
      const stressed = stressCorrelation(correlation, share, target);
      const moved = fromCorrelation(stressed.correlation, deviations);
      return {
        strength: share,
        volatility: volatilityOf(shares, moved).value,
        diversification: diversificationRatio(shares, moved).value,
        smallest: symmetricEigen(stressed.correlation).values[0],
        ...stressed,
      };
    };
    const chosen = at(strength);
    const steps = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map(at);
    return ok({
      title: 'Breakdown of correlations',
      sample: book.value.sample,
      conventions: [
        `Correlations are pulled towards ${target}; volatilities stay as they are. VaR and CVaR are normal, of one period, without mean.`,
        'Where the pulled correlations are none that can be, the nearest correlation matrix takes their place.',
      ],
      figures: figuresOf(at(0), chosen, level, periodsPerYear),
      tables: [
        {
          id: 'strengths',
          title: 'By how far correlations are pulled',
          columns: [
            { id: 'strength', title: 'Strength', unit: 'fraction' },
            { id: 'volatility', title: 'Volatility a year', unit: 'fraction' },
            { id: 'var', title: `VaR ${percent(level)} %`, unit: 'fraction' },
            { id: 'cvar', title: `CVaR ${percent(level)} %`, unit: 'fraction' },
            { id: 'diversification', title: 'Diversification ratio', unit: 'number' },
            { id: 'smallest', title: 'Smallest eigenvalue', unit: 'number' },
          ],
          rows: steps.map((step) => rowOf(step, level, periodsPerYear)),
        },
      ],
      charts: [correlationChart(names, chosen.correlation.data)],
      notes: [
        ...book.value.notes,
        ...(steps.some(({ repaired }) => repaired)
          ? ['Some of the pulled correlations cannot be; the nearest correlation matrix was taken.']
          : []),
      ],
    });
  },
});

/** The portfolio with its correlations pulled so far. */
interface Step extends StressedCorrelation {
  readonly strength: number;
  /** Of one period. */
  readonly volatility: number | null;
  readonly diversification: number | null;
  /** The smallest eigenvalue of the correlations. */
  readonly smallest: number;
}

/** Normal VaR and CVaR without mean for each unit of volatility. */
function multiplesOf(level: number): { readonly valueAtRisk: number; readonly cvar: number } {
  const tail = tailOf(level);
  const z = -normalQuantile(tail);
  return { valueAtRisk: z, cvar: normalPdf(z) / tail };
}

const times = (value: number | null, by: number): number | null =>
  value === null ? null : cell(value * by);

function rowOf(step: Step, level: number, periodsPerYear: number): Cell[] {
  const { valueAtRisk, cvar } = multiplesOf(level);
  return [
    step.strength,
    times(step.volatility, Math.sqrt(periodsPerYear)),
    times(step.volatility, valueAtRisk),
    times(step.volatility, cvar),
    cell(step.diversification),
    cell(step.smallest),
  ];
}

function figuresOf(
  asIs: Step,
  chosen: Step,
  level: number,
  periodsPerYear: number,
): readonly Figure[] {
  const year = Math.sqrt(periodsPerYear);
  const rise =
    asIs.volatility !== null && asIs.volatility > 0
      ? times(chosen.volatility, 1 / asIs.volatility)
      : null;
  const figure = (id: string, title: string, value: number | null, formula: string): Figure => ({
    id,
    title,
    value,
    ...(value === null ? { why: 'the portfolio has no volatility' } : {}),
    unit: id.startsWith('diversification') ? 'number' : 'fraction',
    formula,
    source: 'P. Kupiec, Stress testing in a value at risk framework, 1998',
  });
  const blend = 'ρ′ = (1 − s) ρ + s ρ*';
  return [
    figure(
      'volatility',
      'Volatility a year, as it is',
      times(asIs.volatility, year),
      '√(wᵀΣw) × √periods a year',
    ),
    figure(
      'stressed-volatility',
      'Volatility a year, stressed',
      times(chosen.volatility, year),
      `√(wᵀΣ′w) × √periods a year, ${blend}`,
    ),
    figure('rise', 'How much more', rise === null ? null : rise - 1, 'σ′ ÷ σ − 1'),
    figure(
      'stressed-var',
      `VaR ${percent(level)} %, stressed`,
      times(chosen.volatility, multiplesOf(level).valueAtRisk),
      '−Φ⁻¹(1 − level) σ′',
    ),
    figure(
      'diversification',
      'Diversification ratio, as it is',
      cell(asIs.diversification),
      'Σ |w_i| σ_i ÷ σ',
    ),
    figure(
      'diversification-stressed',
      'Diversification ratio, stressed',
      cell(chosen.diversification),
      'Σ |w_i| σ_i ÷ σ′',
    ),
  ];
}
