import { ok, type Result, refuse } from '@plimsoll/kernel';
import { dot } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { cell } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Cell, Figure } from '../../analysis/report.ts';
import { strangerIn } from '../../analysis/weights-by-name.ts';
import { sampleCovariance } from '../../covariance/sample.ts';
import { type Book, bookOf } from '../../risk/book.ts';
import { type Shocks, scenarioReturns, type Traits, whyNoScenario } from '../../risk/scenario.ts';
import {
  episodesSection,
  type MarketBetas,
  marketBetas,
} from '../../risk/sections/episodes-section.ts';
import { joined, type Section, section } from '../../risk/sections/section.ts';
import { conditionalReturns } from '../../risk/stress.ts';
import { bookParameters } from '../../risk/tail-parameters.ts';
import { factorShock } from './factor-shock.ts';

const byName = { kind: 'by-name', optional: true } as const;

export default defineAnalysis({
  id: 'stress-test',
  group: 'risk',
  title: 'Stress test',
  summary:
    'What falls of the past, a fall of the market, a given return of some holdings, or scenarios of your own would do to the holdings of today.',
  input: {
    prices: bookParameters.prices,
    weights: bookParameters.weights,
    benchmark: {
      kind: 'series',
      of: 'prices',
      optional: true,
      title: 'Index of the market',
      help: 'Betas to it carry its shock to the holdings, and stand in for holdings without history.',
    },
    marketShock: {
      kind: 'number',
      min: -1,
      default: -0.2,
      title: 'Return of that index in the shock',
    },
    factors: {
      kind: 'panel',
      of: 'returns',
      optional: true,
      title: 'Returns of factors',
    },
    factorShocks: { ...byName, title: 'Returns of those factors in a shock' },
    given: {
      ...byName,
      title: 'Returns of some holdings that are given',
      help: 'What all others are then expected to do by their covariance, over one period of the returns.',
    },
    scenarios: {
      kind: 'list',
      optional: true,
      title: 'Scenarios of your own',
      of: {
        kind: 'object',
        title: 'Scenario',
        fields: {
          name: { kind: 'text', title: 'Name' },
          everything: { kind: 'number', default: 0, title: 'Return of whatever else is held' },
          instruments: { ...byName, title: 'Returns by instrument' },
          sectors: { ...byName, title: 'Returns by sector' },
          currencies: { ...byName, title: 'Returns by currency' },
          rates: { kind: 'number', default: 0, title: 'Parallel shift of rates, 0.01 for a point' },
        },
      },
    },
    sectors: { kind: 'text-by-name', optional: true, title: 'Sector of each instrument' },
    currencies: { kind: 'text-by-name', optional: true, title: 'Currency of each instrument' },
    durations: { ...byName, title: 'Modified durations, in years' },
    convexities: { ...byName, title: 'Convexities, in years squared' },
  },
  compute(values) {
    const book = bookOf(values.prices, values.weights);
    if (!book.ok) return book;
    const betas = marketBetas(book.value, values.benchmark);
    const traits: Traits = {
      sectors: values.sectors ?? {},
      currencies: values.currencies ?? {},
      durations: values.durations ?? {},
      convexities: values.convexities ?? {},
    };
    const own = ownScenarios(
      book.value,
      (values.scenarios ?? []).map((each) => ({
        ...each,
        instruments: each.instruments ?? {},
        sectors: each.sectors ?? {},
        currencies: each.currencies ?? {},
      })),
      traits,
    );
    if (!own.ok) return own;
    const given = values.given ? givenReturns(book.value, values.given) : ok(section({}));
    if (!given.ok) return given;
    const { factors, factorShocks } = values;
    const shocked =
      factors && factorShocks ? factorShock(book.value, factors, factorShocks) : ok(section({}));
    if (!shocked.ok) return shocked;
    return ok({
      title: 'Stress test',
      sample: book.value.sample,
      conventions: [
        'Holdings are those of today, bought at the start of a scenario and held; returns of the portfolio are shares of its value.',
        'Betas are by least squares with an intercept over the days given.',
      ],
      ...joined([
        marketSection(book.value, betas, values.marketShock),
        shocked.value,
        given.value,
        own.value,
        episodesSection(book.value, values.prices, betas),
        section({ notes: book.value.notes }),
      ]),
    });
  },
});

/** A shock of the market carried to the holdings by their betas. */
function marketSection({ names, weights }: Book, betas: MarketBetas, shock: number): Section {
  const known = betas.why === undefined;
  const of = Float64Array.from(names, (name) => betas.byName.get(name) ?? Number.NaN);
  const beta = dot(weights, of);
  const returns = of.map((each) => Math.max(-1, each * shock));
  const why = known ? {} : { why: betas.why ?? 'no benchmark was given' };
  const figures: Figure[] = [
    {
      id: 'beta',
      title: `Beta to ${betas.name}`,
      value: cell(beta),
      ...why,
      unit: 'number',
      formula: 'Σ w_i β_i, β_i = cov(r_i, f) ÷ var(f)',
      source: 'W. Sharpe, Capital asset prices, 1964',
    },
    {
      id: 'market-shock',
      title: `Portfolio if ${betas.name} returns ${(shock * 100).toFixed(1)} %`,
      value: cell(dot(weights, returns)),
      ...why,
      unit: 'fraction',
      formula: 'Σ w_i max(−1, β_i s)',
      source: 'P. Kupiec, Stress testing in a value at risk framework, 1998',
    },
  ];
  if (!known) return section({ figures });
  return section({
    figures,
    tables: [
      {
        id: 'market-shock',
        title: `If ${betas.name} returns ${(shock * 100).toFixed(1)} %`,
        columns: [
          { id: 'instrument', title: 'Instrument' },
          { id: 'weight', title: 'Weight', unit: 'fraction' },
          { id: 'beta', title: 'Beta', unit: 'number' },
          { id: 'return', title: 'Return', unit: 'fraction' },
          { id: 'part', title: 'Part of the portfolio’s return', unit: 'fraction' },
        ],
        rows: names.map((name, i) => [
          name,
          weights[i],
          cell(of[i]),
          cell(returns[i]),
          cell(weights[i] * returns[i]),
        ]),
      },
    ],
  });
}

/** Some returns given, the others expected from them. */
function givenReturns(
  { names, weights, instruments }: Book,
  given: Readonly<Record<string, number>>,
): Result<Section> {
  const shocked = Object.keys(given);
  const stranger = strangerIn(given, names);
  if (stranger !== undefined) {
    return refuse({
      code: 'risk.unknown-shock',
      detail: `A return of ${stranger} is given, but it is not held; held are ${names.join(', ')}.`,
    });
  }
  const moments = { mean: columnMeans(instruments), covariance: sampleCovariance(instruments) };
  const expected = conditionalReturns(
    moments,
    shocked.map((name) => names.indexOf(name)),
    Object.values(given),
  );
  if (!expected.ok) return expected;
  const explained = {
    formula: 'E[r | r_S = s] = μ + Σ_·S Σ_SS⁻¹ (s − μ_S)',
    source: 'P. Kupiec, Stress testing in a value at risk framework, 1998',
  };
  return ok(
    section({
      figures: [
        {
          id: 'given-returns',
          title: `Portfolio given ${shocked.map((name) => `${name} ${((given[name] ?? 0) * 100).toFixed(1)} %`).join(', ')}`,
          value: cell(dot(weights, expected.value)),
          unit: 'fraction',
          ...explained,
        },
      ],
      tables: [byInstrument('given-returns', 'Expected with them', names, weights, expected.value)],
    }),
  );
}

function ownScenarios(
  { names, weights }: Book,
  scenarios: readonly Shocks[],
  traits: Traits,
): Result<Section> {
  const figures: Figure[] = [];
  const returns: Float64Array[] = [];
  for (const [place, shocks] of scenarios.entries()) {
    const wrong = whyNoScenario(names, shocks, traits);
    if (wrong) return wrong;
    const found = scenarioReturns(names, shocks, traits);
    returns.push(found);
    figures.push({
      id: `scenario-${place + 1}`,
      title: shocks.name,
      value: cell(dot(weights, found)),
      unit: 'fraction',
      formula: 'Σ w_i r_i, 1 + r = (1 + shock)(1 − D Δy + ½ C Δy²)(1 + currency)',
      source: 'F. Fabozzi, Bond Markets, Analysis and Strategies, 2012',
    });
  }
  if (scenarios.length === 0) return ok(section({}));
  const rows: Cell[][] = names.map((name, i) => [
    name,
    weights[i],
    ...returns.map((each) => cell(each[i])),
  ]);
  return ok(
    section({
      figures,
      tables: [
        {
          id: 'scenarios',
          title: 'Returns in each scenario',
          columns: [
            { id: 'instrument', title: 'Instrument' },
            { id: 'weight', title: 'Weight', unit: 'fraction' },
            ...scenarios.map(({ name }, place) => ({
              id: `scenario-${place + 1}`,
              title: name,
              unit: 'fraction' as const,
            })),
          ],
          rows,
        },
      ],
    }),
  );
}

const byInstrument = (
  id: string,
  title: string,
  names: readonly string[],
  weights: Float64Array,
  returns: Float64Array,
) => ({
  id,
  title,
  columns: [
    { id: 'instrument', title: 'Instrument' },
    { id: 'weight', title: 'Weight', unit: 'fraction' as const },
    { id: 'return', title: 'Return', unit: 'fraction' as const },
    { id: 'part', title: 'Part of the portfolio’s return', unit: 'fraction' as const },
  ],
  rows: names.map((name, i) => [name, weights[i], cell(returns[i]), cell(weights[i] * returns[i])]),
});
