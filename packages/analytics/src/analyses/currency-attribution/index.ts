import { ok, type Result, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Figure } from '../../analysis/report.ts';
import {
  type CurrencyEffects,
  type CurrencyPeriod,
  currencyAttribution,
} from '../../attribution/currency-attribution.ts';
import { effectTable, namesOf, total } from '../../attribution/report-parts.ts';

const source =
  'Denis Karnosky, Brian Singer, Global Asset Management and Performance Attribution, 1994';

/** Markets and currencies apart. */
export default defineAnalysis({
  id: 'currency-attribution',
  group: 'attribution',
  title: 'Currency attribution',
  summary:
    'Splits the active return in base currency into what markets did above their local cash and what currencies did, hedges included (Karnosky–Singer).',
  input: {
    portfolioWeights: { kind: 'by-name', title: 'Weights of the portfolio by market' },
    benchmarkWeights: { kind: 'by-name', title: 'Weights of the benchmark by market' },
    portfolioReturns: {
      kind: 'by-name',
      title: 'Returns of the portfolio by market, in local currency',
    },
    benchmarkReturns: {
      kind: 'by-name',
      title: 'Returns of the benchmark by market, in local currency',
    },
    currencies: { kind: 'text-by-name', title: 'Currency of each market' },
    cashReturns: {
      kind: 'by-name',
      title: 'What cash earned over the period by currency',
    },
    exchangeReturns: {
      kind: 'by-name',
      title: 'Change of each currency against the base over the period',
      help: 'The base itself is 0 and may be left out.',
    },
    portfolioForwards: {
      kind: 'by-name',
      optional: true,
      title: 'Forwards of the portfolio by currency',
      help: 'Shares of the whole; what is sold is negative, and all sum to 0.',
    },
    benchmarkForwards: {
      kind: 'by-name',
      optional: true,
      title: 'Forwards of the benchmark by currency',
    },
    compounding: {
      kind: 'choice',
      of: ['simple', 'continuous'],
      default: 'simple',
      title: 'Kind of returns',
      help: 'Continuous as Karnosky and Singer have them; simple returns add up exactly too.',
    },
  },
  compute(values) {
    const read = periodOf(values);
    if (!read.ok) return read;
    const { markets, currencies } = read.value;
    const found = currencyAttribution(read.value, values.compounding);
    if (!found.ok) return found;
    const effects = found.value;
    const unchanged = currencies.filter((name) => values.exchangeReturns[name] === undefined);
    return ok({
      title: 'Currency attribution',
      sample: null,
      conventions: [
        values.compounding === 'simple'
          ? 'Returns are simple: a market’s premium is (r − c)(1 + e), so that premium and cash make its return in base currency.'
          : 'Returns are continuous, as Karnosky and Singer have them: premium r − c, cash c + e.',
        'Market effects are Brinson–Fachler on premiums over local cash.',
      ],
      figures: figures(effects),
      tables: [
        effectTable(markets, effects.market, 'markets'),
        {
          id: 'currencies',
          title: 'Currencies',
          columns: [
            { id: 'currency', title: 'Currency' },
            { id: 'portfolio', title: 'Exposure of the portfolio', unit: 'fraction' },
            { id: 'benchmark', title: 'Exposure of the benchmark', unit: 'fraction' },
            { id: 'effect', title: 'Effect', unit: 'fraction' },
          ],
          rows: currencies.map((name, c) => [
            name,
            effects.portfolioExposure[c],
            effects.benchmarkExposure[c],
            effects.currency[c],
          ]),
        },
      ],
      charts: [],
      notes:
        unchanged.length > 0
          ? [`${unchanged.join(', ')} is taken not to have changed against the base.`]
          : [],
    });
  },
});

type Table = Readonly<Record<string, number>>;

/** The tables by name as columns of markets and currencies. */
function periodOf(values: {
  readonly portfolioWeights: Table;
  readonly benchmarkWeights: Table;
  readonly portfolioReturns: Table;
  readonly benchmarkReturns: Table;
  readonly currencies: Readonly<Record<string, string>>;
  readonly cashReturns: Table;
  readonly exchangeReturns: Table;
  readonly portfolioForwards: Table | undefined;
  readonly benchmarkForwards: Table | undefined;
}): Result<CurrencyPeriod> {
  const markets = namesOf(values.portfolioWeights, values.benchmarkWeights);
  const homeless = markets.find((name) => values.currencies[name] === undefined);
  if (homeless !== undefined) {
    return refuse({
      code: 'attribution.currency',
      detail: `The market ${homeless} has no currency; name one for each market.`,
    });
  }
  const currencies = [
    ...new Set([
      ...markets.map((name) => values.currencies[name]),
      ...namesOf(values.portfolioForwards, values.benchmarkForwards),
    ]),
  ];
  const column = (table: Readonly<Record<string, number>> | undefined, names = currencies) =>
    names.map((name) => table?.[name] ?? 0);
  const noCash = currencies.find((name) => values.cashReturns[name] === undefined);
  if (noCash !== undefined) {
    return refuse({
      code: 'attribution.currency',
      detail: `What cash earned in ${noCash} is not given; give it for each currency.`,
    });
  }
  return ok({
    markets,
    currencies,
    currencyOf: markets.map((name) => currencies.indexOf(values.currencies[name])),
    portfolioWeights: column(values.portfolioWeights, markets),
    benchmarkWeights: column(values.benchmarkWeights, markets),
    portfolioReturns: markets.map((name) => values.portfolioReturns[name] ?? null),
    benchmarkReturns: markets.map((name) => values.benchmarkReturns[name] ?? null),
    cashReturns: column(values.cashReturns),
    exchangeReturns: column(values.exchangeReturns),
    portfolioForwards: column(values.portfolioForwards),
    benchmarkForwards: column(values.benchmarkForwards),
  });
}

function figures({
  portfolioReturn,
  benchmarkReturn,
  market,
  currency,
}: CurrencyEffects): Figure[] {
  const figure = (id: string, title: string, value: number, formula: string): Figure => ({
    id,
    title,
    value,
    unit: 'fraction',
    formula,
    source,
  });
  return [
    figure(
      'portfolio-return',
      'Return of the portfolio in base currency',
      portfolioReturn,
      'Σ w_i p_i + Σ h_c k_c',
    ),
    figure(
      'benchmark-return',
      'Return of the benchmark in base currency',
      benchmarkReturn,
      'Σ v_i p_i + Σ g_c k_c',
    ),
    figure(
      'active-return',
      'Active return',
      portfolioReturn - benchmarkReturn,
      'market allocation + selection + interaction + currency',
    ),
    figure('allocation', 'Market allocation', total(market.allocation), 'Σ (w_i − v_i)(p_i − P)'),
    figure('selection', 'Market selection', total(market.selection), 'Σ v_i (p_i − q_i)'),
    figure('interaction', 'Interaction', total(market.interaction), 'Σ (w_i − v_i)(p_i − q_i)'),
    figure('currency', 'Currency', total(currency), 'Σ (h_c − g_c)(k_c − Σ g_c k_c)'),
  ];
}
