import { ok, refuse } from '@plimsoll/kernel';
import { cell, cells } from '../../analysis/cells.ts';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import type { Estimate } from '../../analysis/estimate.ts';
import { figure } from '../../analysis/figure.ts';
import type { Figure } from '../../analysis/report.ts';
import { blackScholes } from '../../pricing/black-scholes.ts';
import {
  impliedNormalVolatility,
  impliedVolatility,
  type PricedOption,
} from '../../pricing/implied-volatility.ts';
import { optionConventions, optionTerms } from '../../pricing/option-parameters.ts';
import { termsReport } from '../../pricing/terms-report.ts';

const source = 'Peter Jäckel, Let’s be rational, 2015';

export default defineAnalysis({
  id: 'implied-volatility',
  group: 'pricing',
  title: 'Implied volatility',
  summary:
    'The volatility that the price of a European option speaks of, or those of many strikes.',
  input: {
    ...optionTerms,
    strike: { kind: 'number', above: 0, optional: true, title: 'Strike' },
    price: { kind: 'number', min: 0, optional: true, title: 'Price of the option' },
    strikes: {
      kind: 'numbers',
      optional: true,
      title: 'Many strikes instead of one',
      help: 'With as many prices: a smile.',
    },
    prices: { kind: 'numbers', optional: true, title: 'Prices at those strikes' },
  },
  compute({ type, strike, price, strikes, prices, ...terms }) {
    const all = strikes ?? (strike === undefined ? [] : [strike]);
    const paid = prices ?? (price === undefined ? [] : [price]);
    if (all.length === 0 || all.length !== paid.length || all.some((each) => !(each > 0))) {
      return refuse({
        code: 'option.quotes',
        detail: `Give a strike above 0 and a price, or as many strikes as prices; there are ${all.length} strikes and ${paid.length} prices.`,
      });
    }
    const found = all.map((each, i) =>
      solved({ ...terms, kind: type, strike: each, price: paid[i] as number }),
    );
    const [first] = found;
    const single = found.length === 1 && first !== undefined;
    return ok(
      termsReport({
        title: `Implied volatility of ${single ? `a ${type}` : `${found.length} ${type}s`}`,
        conventions: optionConventions,
        figures: single ? figuresOf(first) : [],
        tables: [
          {
            id: 'smile',
            title: 'Volatility by strike',
            columns: [
              { id: 'strike', title: 'Strike', unit: 'money' },
              { id: 'price', title: 'Price', unit: 'money' },
              { id: 'volatility', title: 'Volatility', unit: 'fraction' },
              { id: 'normal', title: 'Normal volatility', unit: 'number' },
            ],
            rows: found.map(({ option, volatility, normal }) => [
              option.strike,
              cell(option.price),
              volatility.value,
              normal.value,
            ]),
          },
        ],
        charts: single
          ? []
          : [
              {
                id: 'smile',
                title: 'Volatility by strike',
                kind: 'line',
                x: all,
                lines: [
                  {
                    name: 'Implied',
                    values: cells(found.map(({ volatility }) => volatility.value ?? Number.NaN)),
                  },
                ],
                unit: 'fraction',
              },
            ],
        notes: single
          ? []
          : found.flatMap(({ option, volatility }) =>
              volatility.why === undefined ? [] : [`At ${option.strike}: ${volatility.why}.`],
            ),
      }),
    );
  },
});

const whyOf = (why: string | undefined): { why?: string } => (why === undefined ? {} : { why });

/** A priced option with the volatilities in it. */
interface Solved {
  readonly option: PricedOption;
  readonly volatility: Estimate;
  readonly normal: Estimate;
  readonly vega: number | null;
}

function solved(option: PricedOption): Solved {
  const forward = option.spot * Math.exp((option.rate - option.dividendYield) * option.years);
  const volatility = impliedVolatility(option);
  const known = volatility.value;
  return {
    option,
    volatility,
    normal: impliedNormalVolatility({ ...option, forward }),
    vega: known === null ? null : blackScholes({ ...option, volatility: known }).vega,
  };
}

const figuresOf = (first: Solved): readonly Figure[] => [
  figure('volatility', 'Implied volatility', first.volatility.value, {
    unit: 'fraction',
    formula: 'σ with Black–Scholes–Merton(σ) = price',
    source,
    ...whyOf(first.volatility.why),
  }),
  figure('normal-volatility', 'Implied normal volatility', first.normal.value, {
    formula: 'σ with Bachelier(σ) = price, in units of the forward a year',
    source: 'Louis Bachelier, Théorie de la spéculation, 1900',
    ...whyOf(first.normal.why),
  }),
  figure('vega', 'Vega there', first.vega, {
    formula: '∂V ÷ ∂σ',
    why: 'there is no volatility to take it at',
  }),
];
