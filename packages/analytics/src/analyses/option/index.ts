import { ok, refuse } from '@plimsoll/kernel';
import { cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import type { Chart, Figure } from '../../analysis/report.ts';
import { bachelier } from '../../pricing/bachelier.ts';
import { black76 } from '../../pricing/black-76.ts';
import { blackScholes, type Greeks } from '../../pricing/black-scholes.ts';
import { greekFigures } from '../../pricing/greek-figures.ts';
import type { OptionMarket } from '../../pricing/option-contract.ts';
import { optionConventions, optionTerms, volatilityTerm } from '../../pricing/option-parameters.ts';
import { termsReport } from '../../pricing/terms-report.ts';

const models = {
  'black-scholes': {
    formula: '±[S e^(−qT) Φ(±d₁) − K e^(−rT) Φ(±d₂)]',
    source: 'Robert Merton, Theory of rational option pricing, 1973',
  },
  'black-76': {
    formula: '±e^(−rT) [F Φ(±d₁) − K Φ(±d₂)]',
    source: 'Fischer Black, The pricing of commodity contracts, 1976',
  },
  bachelier: {
    formula: 'e^(−rT) [±(F − K) Φ(±d) + σ√T φ(d)], d = (F − K) ÷ (σ√T)',
    source: 'Louis Bachelier, Théorie de la spéculation, 1900',
  },
} as const;

type Model = keyof typeof models;

interface Valued {
  readonly price: number;
  readonly inTheMoney: number | null;
  readonly greeks: Partial<Greeks>;
}

function valued(model: Model, market: OptionMarket): Valued {
  if (model === 'black-scholes') {
    const { price, inTheMoney, ...greeks } = blackScholes(market);
    return { price, inTheMoney, greeks };
  }
  const forward = { ...market, forward: market.spot };
  const { price, inTheMoney, ...greeks } =
    model === 'bachelier' ? bachelier(forward) : black76(forward);
  return { price, inTheMoney, greeks };
}

export default defineAnalysis({
  id: 'option',
  group: 'pricing',
  title: 'European option',
  summary: 'What a European option is worth, and how that changes with all it depends on.',
  input: {
    ...optionTerms,
    // In Bachelier's model prices may be negative.
    spot: { kind: 'number', title: 'Spot, forward or futures price' },
    strike: { kind: 'number', title: 'Strike' },
    ...volatilityTerm,
    volatility: { ...volatilityTerm.volatility, max: 1e9 },
    model: {
      kind: 'choice',
      of: ['black-scholes', 'black-76', 'bachelier'],
      default: 'black-scholes',
      title: 'Model',
      help: 'Black–Scholes–Merton on a spot price, Black 76 on a forward, or Bachelier on a forward with volatility in units of price.',
    },
  },
  compute({ type, model, ...terms }) {
    const market: OptionMarket = { ...terms, kind: type };
    if (model !== 'bachelier' && !(market.spot > 0 && market.strike > 0)) {
      return refuse({
        code: 'option.terms',
        detail: `A price of ${market.spot} and a strike of ${market.strike} must be above 0 in this model; Bachelier's takes any.`,
      });
    }
    const { price, inTheMoney, greeks } = valued(model, market);
    const figures: Figure[] = [
      figure('price', 'Price', price, { unit: 'money', ...models[model] }),
      ...greekFigures(greeks),
      figure('in-the-money', 'Chance to end in the money', inTheMoney, {
        unit: 'fraction',
        formula: model === 'bachelier' ? 'Φ(±d)' : 'Φ(±d₂)',
        note: 'Under the pricing measure, not a forecast.',
        why: 'exactly at the money, without time or volatility, it is neither',
      }),
    ];
    return ok(
      termsReport({
        title: `European ${type}`,
        conventions: [
          ...optionConventions,
          'Greeks are per unit of the underlying, per year and per 1.00 of volatility or rate.',
        ],
        figures,
        charts: [profile(model, market)],
      }),
    );
  },
});

/** Price today and payment at expiry, over prices of the underlying. */
function profile(model: Model, market: OptionMarket): Chart {
  const width =
    model === 'bachelier'
      ? Math.max(
          1e-9,
          3 * market.volatility * Math.sqrt(market.years),
          Math.abs(market.spot - market.strike),
        )
      : 0.5 * Math.max(market.strike, market.spot);
  const x = Array.from({ length: 41 }, (_, i) => market.strike + ((i - 20) / 20) * width).filter(
    (spot) => model === 'bachelier' || spot > 0,
  );
  const at = (spot: number, years: number): number =>
    valued(model, { ...market, spot, years }).price;
  return {
    id: 'profile',
    title: 'Value over prices of the underlying',
    kind: 'line',
    x,
    lines: [
      { name: 'Now', values: cells(x.map((spot) => at(spot, market.years))) },
      { name: 'At expiry', values: cells(x.map((spot) => at(spot, 0))) },
    ],
    unit: 'money',
  };
}
