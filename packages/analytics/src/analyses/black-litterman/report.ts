import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { dot, timesVector } from '@plimsoll/quant/linear-algebra';
import { cell, line } from '../../analysis/cells.ts';
import type { Report, Sample } from '../../analysis/report.ts';
import type { Posterior, Views } from '../../optimisation/black-litterman/black-litterman.ts';

interface Parts {
  readonly names: readonly string[];
  readonly market: Float64Array;
  readonly prior: Float64Array;
  readonly posterior: Posterior;
  readonly optimal: Float64Array | null;
  readonly views: Views;
  readonly omega: Matrix;
  readonly sample: Sample;
  readonly settings: {
    readonly riskAversion: number;
    readonly tau: number;
    readonly riskFree: number;
    readonly covariance: string;
  };
}

const source = 'Black and Litterman, Global Portfolio Optimization, 1992';

/** Prior and posterior by instrument, and each view before and after. */
export function posteriorReport(parts: Parts): Report {
  const { names, market, prior, posterior, optimal, views, omega, sample, settings } = parts;
  const { mean, covariance, uncertainty } = posterior;
  const n = names.length;
  const before = timesVector(views.portfolios, prior);
  const after = timesVector(views.portfolios, mean);
  const k = views.returns.length;
  const inWords = (view: number): string =>
    names
      .flatMap((name, i) => {
        const weight = views.portfolios.data[view * n + i];
        return weight === 0 ? [] : [`${weight} ${name}`];
      })
      .join(' + ')
      .replaceAll('+ -', '− ');
  return {
    title: 'Returns to expect, by Black and Litterman',
    sample,
    conventions: [
      `The covariance is by the estimator ${settings.covariance}, a year.`,
      `Prior returns are δ Σ w + rf with δ = ${settings.riskAversion} and rf = ${settings.riskFree}; τ = ${settings.tau}.`,
      'A view without a confidence has an error as uncertain as the prior is of it (confidence ½); confidences count as Idzorek has them.',
    ],
    figures: [
      {
        id: 'market-return',
        title: 'Return of the market, prior',
        value: cell(dot(market, prior)),
        unit: 'fraction',
        formula: 'wᵀπ, π = δ Σ w + rf',
        source,
      },
      {
        id: 'market-return-posterior',
        title: 'Return of the market, with views',
        value: cell(dot(market, mean)),
        unit: 'fraction',
        formula: 'wᵀμ, μ = π + τΣPᵀ (P τΣ Pᵀ + Ω)⁻¹ (Q − Pπ)',
        source,
      },
    ],
    tables: [
      {
        id: 'returns',
        title: 'By instrument',
        columns: [
          { id: 'name', title: 'Instrument' },
          { id: 'market', title: 'Market weight', unit: 'fraction' },
          { id: 'prior', title: 'Prior return', unit: 'fraction' },
          { id: 'posterior', title: 'Return with views', unit: 'fraction' },
          { id: 'error', title: 'Error of the mean', unit: 'fraction' },
          { id: 'volatility', title: 'Volatility with it', unit: 'fraction' },
          { id: 'weight', title: 'Weight without limits', unit: 'fraction' },
        ],
        rows: names.map((name, i) => [
          name,
          market[i],
          cell(prior[i]),
          cell(mean[i]),
          cell(Math.sqrt(Math.max(0, uncertainty.data[i * n + i]))),
          cell(Math.sqrt(covariance.data[i * n + i])),
          optimal ? cell(optimal[i]) : null,
        ]),
      },
      {
        id: 'views',
        title: 'Views',
        columns: [
          { id: 'view', title: 'View' },
          { id: 'stated', title: 'Stated', unit: 'fraction' },
          { id: 'prior', title: 'Prior', unit: 'fraction' },
          { id: 'posterior', title: 'With views', unit: 'fraction' },
          { id: 'error', title: 'Error', unit: 'fraction' },
        ],
        rows: Array.from({ length: k }, (_, view) => [
          inWords(view),
          views.returns[view],
          cell(before[view]),
          cell(after[view]),
          cell(Math.sqrt(omega.data[view * k + view])),
        ]),
      },
    ],
    charts: [
      {
        id: 'returns',
        title: 'Returns before and after views',
        kind: 'bars',
        x: names,
        lines: [line('Prior', prior), line('With views', mean)],
        unit: 'fraction',
      },
    ],
    notes: [
      ...(k === 0 ? ['No views were given, so that the prior stands.'] : []),
      ...(optimal
        ? []
        : [
            'The covariance is singular, so that weights without limits are not unique and not shown.',
          ]),
    ],
  };
}
