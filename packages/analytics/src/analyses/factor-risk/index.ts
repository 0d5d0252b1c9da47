import { ok } from '@plimsoll/kernel';
import { cells, line } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure, notDefined } from '../../analysis/figure.ts';
import type { Figure, ReportTable } from '../../analysis/report.ts';
import { equalWeightsNote } from '../../analysis/weights-by-name.ts';
import { factorParameters } from '../../factors/factor-input.ts';
import { type FactorRisk, factorRisk, mimickingPortfolios } from '../../factors/factor-risk.ts';
import { type RiskModel, riskModel } from '../../factors/risk-model.ts';

const source =
  'Gregory Connor, Lisa Goldberg, Robert Korajczyk, Portfolio Risk Analysis, 2010, chapter 3';

/** Risk by factors and by what is specific. */
export default defineAnalysis({
  id: 'factor-risk',
  group: 'factors',
  title: 'Risk by factors',
  summary:
    'How much of the volatility, or of the tracking error, comes from each factor and how much is specific to each holding; the parts add up.',
  input: {
    prices: {
      kind: 'panel',
      of: 'prices',
      title: 'Prices or returns of the instruments held',
    },
    weights: {
      kind: 'by-name',
      optional: true,
      title: 'Weights',
      help: 'Shares of value by instrument; equal ones if not given.',
    },
    benchmarkWeights: {
      kind: 'by-name',
      optional: true,
      title: 'Weights of the benchmark',
      help: 'Where given, the tracking error is split instead of the volatility.',
    },
    ...factorParameters,
    factors: { ...factorParameters.factors, optional: true },
    components: {
      kind: 'integer',
      min: 1,
      optional: true,
      title: 'Principal components to take instead of factors',
    },
  },
  compute(values) {
    const { prices, benchmarkWeights } = values;
    const own =
      values.weights ??
      Object.fromEntries(prices.names.map((name) => [name, 1 / prices.names.length]));
    const read = riskModel({ ...values, weights: less(own, benchmarkWeights ?? {}) });
    if (!read.ok) return read;
    const found = read.value;
    const risk = factorRisk(found.weights, found.model);
    if (!risk.ok) return risk;
    const { periodsPerYear } = found;
    const year = Math.sqrt(periodsPerYear);
    const what = benchmarkWeights ? 'tracking error' : 'volatility';
    return ok({
      title: `Parts of the ${what}`,
      sample: found.sample,
      conventions: [
        ...found.conventions,
        `Parts are exposure × marginal risk and sum to the ${what} (Euler); a year is √${periodsPerYear} of a period.`,
      ],
      figures: figures(risk.value, found, { what, year }),
      tables: [
        factorTable(risk.value, found.factorNames, year),
        holdingTable(risk.value, found, year),
        ...mimicking(found),
      ],
      charts: [
        {
          id: 'parts',
          title: `Parts of the ${what} a year`,
          kind: 'bars',
          x: [...found.factorNames, 'specific'],
          lines: [
            line('part', [
              ...risk.value.factorParts.map((each) => each * year),
              total(risk.value.specificParts) * year,
            ]),
          ],
          unit: 'fraction',
        },
      ],
      notes: [...found.notes, ...(values.weights ? [] : [equalWeightsNote(prices.names.length)])],
    });
  },
});

const total = (values: Float64Array): number => values.reduce((sum, each) => sum + each, 0);

/** Weights less those of the benchmark, by name. */
function less(
  own: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const names = new Set([...Object.keys(own), ...Object.keys(other)]);
  return Object.fromEntries(
    [...names].map((name) => [name, (own[name] ?? 0) - (other[name] ?? 0)]),
  );
}

function figures(
  risk: FactorRisk,
  { sampleVariance }: RiskModel,
  { what, year }: { readonly what: string; readonly year: number },
): Figure[] {
  const variance = risk.volatility ** 2;
  return [
    figure(
      'volatility',
      `${what === 'volatility' ? 'Volatility' : 'Tracking error'} a year, by the model`,
      risk.volatility * year,
      { unit: 'fraction', formula: '√(wᵀ(B Σ_f Bᵀ + D)w × periods)', source, why: notDefined },
    ),
    figure('sample-volatility', 'The same by the sample', Math.sqrt(sampleVariance) * year, {
      unit: 'fraction',
      formula: '√(wᵀSw × periods)',
      source,
      note: 'Differs from the model by the correlation of residuals, which the model takes as none.',
      why: notDefined,
    }),
    figure('factor-share', 'Share of the variance by factors', risk.factorVariance / variance, {
      unit: 'fraction',
      formula: 'xᵀΣ_f x ÷ σ², x = Bᵀw',
      source,
      why: notDefined,
    }),
    figure('specific-share', 'Specific share of the variance', risk.specificVariance / variance, {
      unit: 'fraction',
      formula: 'Σ w² d ÷ σ²',
      source,
      why: notDefined,
    }),
  ];
}

function factorTable(risk: FactorRisk, names: readonly string[], year: number): ReportTable {
  return {
    id: 'factors',
    title: 'Factors',
    columns: [
      { id: 'factor', title: 'Factor' },
      { id: 'exposure', title: 'Exposure', unit: 'ratio' },
      { id: 'part', title: 'Part a year', unit: 'fraction' },
      { id: 'share', title: 'Share', unit: 'fraction' },
    ],
    rows: [
      ...names.map((name, k) => [
        name,
        risk.exposures[k],
        risk.factorParts[k] * year,
        risk.factorParts[k] / risk.volatility,
      ]),
      [
        'specific',
        null,
        total(risk.specificParts) * year,
        total(risk.specificParts) / risk.volatility,
      ],
    ],
  };
}

function holdingTable(risk: FactorRisk, { names, weights }: RiskModel, year: number): ReportTable {
  return {
    id: 'holdings',
    title: 'Holdings',
    columns: [
      { id: 'instrument', title: 'Instrument' },
      { id: 'weight', title: 'Weight', unit: 'fraction' },
      { id: 'factors', title: 'Part through factors a year', unit: 'fraction' },
      { id: 'specific', title: 'Specific part a year', unit: 'fraction' },
      { id: 'share', title: 'Share', unit: 'fraction' },
    ],
    rows: names.map((name, i) => [
      name,
      weights[i],
      risk.holdingFactorParts[i] * year,
      risk.specificParts[i] * year,
      (risk.holdingFactorParts[i] + risk.specificParts[i]) / risk.volatility,
    ]),
  };
}

/** Where there are more instruments than factors, the portfolios that mimic the factors. */
function mimicking({ model, names, factorNames }: RiskModel): ReportTable[] {
  const portfolios = names.length > factorNames.length ? mimickingPortfolios(model) : null;
  if (!portfolios) return [];
  const k = factorNames.length;
  return [
    {
      id: 'mimicking',
      title: 'Weights with exposure 1 to one factor and 0 to the others',
      columns: [
        { id: 'instrument', title: 'Instrument' },
        ...factorNames.map((name) => ({ id: name, title: name, unit: 'fraction' as const })),
      ],
      rows: names.map((name, i) => [name, ...cells(portfolios.data.subarray(i * k, (i + 1) * k))]),
    },
  ];
}
