import { ok, refuse } from '@plimsoll/kernel';
import { normalPdf, normalQuantile } from '@plimsoll/quant/distributions';
import { type Matrix, symmetricEigen } from '@plimsoll/quant/linear-algebra';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Cell } from '../../analysis/report.ts';
import { deviationsOf, fromCorrelation, toCorrelation } from '../../covariance/correlation.ts';
import { sampleCovariance } from '../../covariance/sample.ts';
import { bookOf } from '../../risk/book.ts';
import { stressCorrelation, volatilityOf } from '../../risk/correlation-stress.ts';
import { diversificationRatio } from '../../risk/diversification.ts';
import { correlationChart } from '../../risk/sections/components-section.ts';
import { percent, shown } from '../../risk/sections/section.ts';
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
    const still = names.find((_, i) => !(deviations[i] > 0));
    if (still !== undefined) {
      return refuse({
        code: 'risk.no-spread',
        detail: `${still} never changes, so that it has no correlations; leave it out.`,
      });
    }
    const correlation = toCorrelation(covariance);
    const tail = tailOf(level);
    const z = -normalQuantile(tail);
    const at = (share: number): { row: Cell[]; correlation: Matrix; repaired: boolean } => {
      const stressed = stressCorrelation(correlation, share, target);
      const moved = fromCorrelation(stressed.correlation, deviations);
      const volatility = volatilityOf(shares, moved).value;
      const row = [
        share,
        volatility === null ? null : shown(volatility * Math.sqrt(periodsPerYear)),
        volatility === null ? null : shown(z * volatility),
        volatility === null ? null : shown((normalPdf(z) / tail) * volatility),
        shown(diversificationRatio(shares, moved).value),
        shown(symmetricEigen(stressed.correlation).values[0]),
      ];
      return { row, ...stressed };
    };
    const asIs = at(0);
    const chosen = at(strength);
    const steps = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map(at);
    const figure = (id: string, title: string, value: Cell | undefined, formula: string) =>
      ({
        id,
        title,
        value: typeof value === 'number' ? value : null,
        ...(typeof value === 'number' ? {} : { why: 'the portfolio has no volatility' }),
        unit: id.startsWith('diversification') ? 'number' : 'fraction',
        formula,
        source: 'P. Kupiec, Stress testing in a value at risk framework, 1998',
      }) as const;
    const rises = ([, before]: Cell[], [, after]: Cell[]): number | null =>
      typeof before === 'number' && typeof after === 'number' && before > 0
        ? after / before - 1
        : null;
    const blend = 'ρ′ = (1 − s) ρ + s ρ*';
    return ok({
      title: 'Breakdown of correlations',
      sample: book.value.sample,
      conventions: [
        `Correlations are pulled towards ${target}; volatilities stay as they are. VaR and CVaR are normal, of one period, without mean.`,
        'Where the pulled correlations are none that can be, the nearest correlation matrix takes their place.',
      ],
      figures: [
        figure(
          'volatility',
          'Volatility a year, as it is',
          asIs.row[1],
          '√(wᵀΣw) × √periods a year',
        ),
        figure(
          'stressed-volatility',
          'Volatility a year, stressed',
          chosen.row[1],
          `√(wᵀΣ′w) × √periods a year, ${blend}`,
        ),
        figure('rise', 'How much more', rises(asIs.row, chosen.row), 'σ′ ÷ σ − 1'),
        figure(
          'stressed-var',
          `VaR ${percent(level)} %, stressed`,
          chosen.row[2],
          '−Φ⁻¹(1 − level) σ′',
        ),
        figure(
          'diversification',
          'Diversification ratio, as it is',
          asIs.row[4],
          'Σ |w_i| σ_i ÷ σ',
        ),
        figure(
          'diversification-stressed',
          'Diversification ratio, stressed',
          chosen.row[4],
          'Σ |w_i| σ_i ÷ σ′',
        ),
      ],
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
          rows: steps.map(({ row }) => row),
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
