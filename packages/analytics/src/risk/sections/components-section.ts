import { ok, type Result } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { cell } from '../../analysis/cells.ts';
import type { Chart, Figure } from '../../analysis/report.ts';
import { deviationsOf, toCorrelation } from '../../covariance/correlation.ts';
import { sampleCovariance } from '../../covariance/sample.ts';
import type { Book } from '../book.ts';
import { normalParts, type RiskParts, volatilityParts } from '../components.ts';
import { diversificationRatio, effectiveBets, herfindahl } from '../diversification.ts';
import type { HistoricalOptions } from '../historical.ts';
import { historicalParts } from '../historical-components.ts';
import { normalTail } from '../parametric.ts';
import { percent, type Section, section } from './section.ts';

export interface ComponentsRequest {
  readonly level: number;
  readonly periodsPerYear: number;
  readonly options: HistoricalOptions;
}

const euler =
  'D. Tasche, Capital allocation to business units and sub-portfolios: the Euler principle, 2007';

/** Who makes the risk: parts of volatility, VaR and CVaR by holding, and how much is diversified away. */
export function componentsSection(
  { names, weights, instruments }: Book,
  { level, periodsPerYear, options }: ComponentsRequest,
): Result<Section> {
  const covariance = sampleCovariance(instruments);
  const mean = columnMeans(instruments);
  const volatility = volatilityParts(weights, covariance);
  if (!volatility.ok) return volatility;
  const normal = normalParts(weights, { mean, covariance }, level);
  if (!normal.ok) return normal;
  const historical = historicalParts(weights, instruments, level, options);
  const deviations = deviationsOf(covariance);
  const year = Math.sqrt(periodsPerYear);
  const shares = [...volatility.value.component].map((each) => cell(each / volatility.value.total));
  const alone = valueAtRiskAlone(weights, mean, deviations, level);
  const figures: readonly Figure[] = [
    {
      id: 'volatility',
      title: 'Volatility a year',
      value: cell(volatility.value.total * year),
      unit: 'fraction',
      formula: '√(wᵀΣw) × √periods a year',
      source: 'H. Markowitz, Portfolio selection, 1952',
    },
    ...totals('normal', normal.value, level),
    ...(historical.ok ? totals('historical', historical.value, level) : []),
    ...diversification(weights, covariance, alone - normal.value.valueAtRisk.total),
  ];
  return ok(
    section({
      figures,
      tables: [
        {
          id: 'components',
          title: 'Parts of the risk',
          columns: [
            { id: 'instrument', title: 'Instrument' },
            { id: 'weight', title: 'Weight', unit: 'fraction' },
            { id: 'volatility', title: 'Volatility a year', unit: 'fraction' },
            { id: 'volatility-part', title: 'Part of volatility', unit: 'fraction' },
            { id: 'volatility-share', title: 'Share of volatility', unit: 'fraction' },
            ...partColumns('normal', 'normal'),
            ...(historical.ok ? partColumns('historical', 'historical') : []),
          ],
          rows: names.map((name, i) => [
            name,
            weights[i],
            cell(deviations[i] * year),
            cell(volatility.value.component[i] * year),
            shares[i],
            ...partCells(normal.value.valueAtRisk, normal.value.cvar, i),
            ...(historical.ok
              ? partCells(historical.value.valueAtRisk, historical.value.cvar, i)
              : []),
          ]),
        },
      ],
      charts: [
        sharesChart(names, weights, shares),
        correlationChart(names, toCorrelation(covariance).data),
      ],
      notes: historical.ok ? [] : [historical.fault.detail],
    }),
  );
}

/** Σ |w_i| VaR_i, each holding on its own. */
const valueAtRiskAlone = (
  weights: Float64Array,
  mean: Float64Array,
  deviations: Float64Array,
  level: number,
): number =>
  weights.reduce((sum, weight, i) => {
    const own = { mean: Math.sign(weight) * mean[i], volatility: deviations[i] };
    return sum + Math.abs(weight) * normalTail(own, level).valueAtRisk;
  }, 0);

const sharesChart = (
  names: readonly string[],
  weights: Float64Array,
  shares: readonly (number | null)[],
): Chart => ({
  id: 'risk-shares',
  title: 'Share of value and of volatility',
  kind: 'bars',
  x: names,
  lines: [
    { name: 'weight', values: [...weights] },
    { name: 'share of volatility', values: shares },
  ],
  unit: 'fraction',
});

/** How much is diversified away, and how concentrated the rest is. */
function diversification(
  weights: Float64Array,
  covariance: Matrix,
  saved: number,
): readonly Figure[] {
  return [
    {
      id: 'diversification-benefit',
      title: 'VaR that diversification saves',
      value: cell(saved),
      unit: 'fraction',
      formula: 'Σ |w_i| VaR_i − VaR, normal',
      source: euler,
    },
    measure(
      'diversification-ratio',
      'Diversification ratio',
      diversificationRatio(weights, covariance),
      {
        formula: 'Σ |w_i| σ_i ÷ √(wᵀΣw)',
        source: 'Y. Choueifaty, Y. Coignard, Toward maximum diversification, 2008',
      },
    ),
    measure('effective-bets', 'Effective number of bets', effectiveBets(weights, covariance), {
      formula: 'exp(−Σ p_k ln p_k), p_k the share of principal component k in the variance',
      source: 'A. Meucci, Managing diversification, 2009',
    }),
    ...concentration(weights),
  ];
}

function totals(
  basis: 'normal' | 'historical',
  parts: { readonly valueAtRisk: RiskParts; readonly cvar: RiskParts },
  level: number,
): readonly Figure[] {
  const formula =
    basis === 'normal'
      ? ['VaR = −μᵀw − Φ⁻¹(α) √(wᵀΣw)', 'CVaR = −μᵀw + φ(Φ⁻¹(α)) ÷ α · √(wᵀΣw)']
      : ['VaR = −q(α) of Σ w_i r_i', 'CVaR = −mean of Σ w_i r_i over the worst share α'];
  return [
    {
      id: `${basis}-var`,
      title: `VaR ${percent(level)} %, ${basis}`,
      value: cell(parts.valueAtRisk.total),
      unit: 'fraction',
      formula: formula[0],
      source: euler,
    },
    {
      id: `${basis}-cvar`,
      title: `CVaR ${percent(level)} %, ${basis}`,
      value: cell(parts.cvar.total),
      unit: 'fraction',
      formula: formula[1],
      source: euler,
    },
  ];
}

const partColumns = (id: string, title: string) =>
  [
    { id: `${id}-var-part`, title: `Part of VaR, ${title}`, unit: 'fraction' },
    { id: `${id}-var-marginal`, title: `Marginal VaR, ${title}`, unit: 'fraction' },
    { id: `${id}-var-incremental`, title: `VaR less without it, ${title}`, unit: 'fraction' },
    { id: `${id}-cvar-part`, title: `Part of CVaR, ${title}`, unit: 'fraction' },
    { id: `${id}-cvar-marginal`, title: `Marginal CVaR, ${title}`, unit: 'fraction' },
    { id: `${id}-cvar-incremental`, title: `CVaR less without it, ${title}`, unit: 'fraction' },
  ] as const;

const partCells = (valueAtRisk: RiskParts, cvar: RiskParts, i: number): (number | null)[] =>
  [valueAtRisk, cvar].flatMap(({ component, marginal, incremental }) => [
    cell(component[i]),
    cell(marginal[i]),
    cell(incremental[i]),
  ]);

const measure = (
  id: string,
  title: string,
  estimate: { readonly value: number | null; readonly why?: string | undefined },
  explained: { readonly formula: string; readonly source: string },
): Figure => ({
  id,
  title,
  value: estimate.value,
  ...(estimate.why === undefined ? {} : { why: estimate.why }),
  unit: 'number',
  ...explained,
});

function concentration(weights: Float64Array): readonly Figure[] {
  const index = herfindahl(weights);
  const explained = {
    formula: 'Σ s_i², s = |w| ÷ Σ|w|; its reciprocal is the effective number',
    source: 'A. Hirschman, 1945; O. Herfindahl, 1950',
  };
  return [
    measure('herfindahl', 'Concentration (Herfindahl)', index, explained),
    measure(
      'effective-holdings',
      'Effective number of holdings',
      index.value === null ? index : { value: 1 / index.value },
      explained,
    ),
  ];
}

/** A heat map of correlations; null where a column does not vary. */
export const correlationChart = (names: readonly string[], correlation: Float64Array): Chart => ({
  id: 'correlations',
  title: 'Correlations',
  kind: 'heat',
  x: names,
  lines: names.map((name, i) => ({
    name,
    values: names.map((_, j) => cell(correlation[i * names.length + j])),
  })),
  unit: 'number',
});
