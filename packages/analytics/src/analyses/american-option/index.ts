import { ok, type Result, refuse } from '@plimsoll/kernel';
import { defineAnalysis } from '../../analysis/define-analysis.ts';
import { figure } from '../../analysis/figure.ts';
import { americanOption } from '../../pricing/american-option.ts';
import { binomialTree, type CashDividend, type TreeKind } from '../../pricing/binomial-tree.ts';
import { blackScholesPrice, type Greeks } from '../../pricing/black-scholes.ts';
import { baroneAdesiWhaley } from '../../pricing/early-exercise.ts';
import { greekFigures } from '../../pricing/greek-figures.ts';
import type { OptionMarket } from '../../pricing/option-contract.ts';
import { optionConventions, optionTerms, volatilityTerm } from '../../pricing/option-parameters.ts';
import { termsReport } from '../../pricing/terms-report.ts';

const methods = {
  boundary:
    'Leif Andersen, Mark Lake and Dimitri Offengenden, High-performance American option pricing, 2016',
  quadratic:
    'Giovanni Barone-Adesi and Robert Whaley, Efficient analytic approximation of American option values, 1987',
  'leisen-reimer': 'Dietmar Leisen and Matthias Reimer, Binomial models for option valuation, 1996',
  'cox-ross-rubinstein':
    'John Cox, Stephen Ross and Mark Rubinstein, Option pricing: a simplified approach, 1979',
  'cox-ross-rubinstein-quantlib': 'QuantLib 1.29, CoxRossRubinstein',
  'jarrow-rudd': 'Robert Jarrow and Andrew Rudd, Option Pricing, 1983',
} as const;

type Method = keyof typeof methods;

/** A price as a function of the market, and the spot at which exercise is best now. */
interface Priced {
  readonly price: number;
  readonly boundary: number | null;
}

function priced(
  method: Method,
  market: OptionMarket,
  steps: number,
  dividends: readonly CashDividend[],
): Result<Priced> {
  if (method === 'boundary') {
    const solved = americanOption(market);
    if (!solved.ok) return solved;
    return ok({ price: solved.value.price, boundary: solved.value.boundary });
  }
  if (method === 'quadratic') {
    const found = market.years > 0 && market.volatility > 0 ? baroneAdesiWhaley(market) : null;
    if (!found) {
      return refuse({
        code: 'option.quadratic',
        detail: `The quadratic approximation has no boundary at ${market.years} years, a volatility of ${market.volatility} and these rates; take method boundary or a tree.`,
      });
    }
    const { price, boundary } = found;
    return ok({ price, boundary: boundary > 0 && Number.isFinite(boundary) ? boundary : null });
  }
  const tree = method satisfies TreeKind;
  const found = binomialTree({ ...market, exercise: 'american', tree, steps, dividends });
  return found.ok ? ok({ price: found.value.price, boundary: null }) : found;
}

export default defineAnalysis({
  id: 'american-option',
  group: 'pricing',
  title: 'American option',
  summary: 'What an option is worth that may be exercised at any time, with cash dividends if any.',
  input: {
    ...optionTerms,
    ...volatilityTerm,
    method: {
      kind: 'choice',
      of: [
        'boundary',
        'quadratic',
        'leisen-reimer',
        'cox-ross-rubinstein',
        'cox-ross-rubinstein-quantlib',
        'jarrow-rudd',
      ],
      default: 'boundary',
      title: 'Method',
      help: 'The exercise boundary to about 2e-8 of the strike, a fast approximation, or a binomial tree.',
    },
    steps: { kind: 'integer', min: 3, max: 5000, default: 501, title: 'Steps of a tree' },
    dividends: {
      kind: 'list',
      optional: true,
      title: 'Cash dividends before expiry',
      help: 'Priced on a tree, Leisen and Reimer’s unless one is named.',
      of: {
        kind: 'object',
        title: 'Dividend',
        fields: {
          years: { kind: 'number', above: 0, unit: 'years', title: 'From now' },
          amount: { kind: 'number', min: 0, title: 'Amount' },
        },
      },
    },
  },
  compute({ type, method, steps, dividends = [], ...terms }) {
    const market: OptionMarket = { ...terms, kind: type };
    const isTree = method !== 'boundary' && method !== 'quadratic';
    const used: Method = dividends.length > 0 && !isTree ? 'leisen-reimer' : method;
    const at = (change: Partial<OptionMarket>) =>
      priced(used, { ...market, ...change }, steps, dividends);
    const value = at({});
    if (!value.ok) return value;
    const { price, boundary } = value.value;
    const plain =
      dividends.length > 0
        ? binomialTree({ ...market, exercise: 'european', tree: 'leisen-reimer', steps, dividends })
        : ok({ price: blackScholesPrice(market) });
    const moving = market.years > 0 && market.volatility > 1e-3;
    return ok(
      termsReport({
        title: `American ${type}`,
        conventions: [
          ...optionConventions,
          'Greeks are differences of the price: over 1 % of the spot, 0.001 of volatility and rate.',
          ...(dividends.length > 0
            ? [
                'Cash dividends are escrowed: volatility is that of the spot less their present value.',
              ]
            : []),
        ],
        figures: [
          figure('price', 'Price', price, {
            unit: 'money',
            formula: 'the most that stopping at any time is worth, sup E[e^(−rτ) payment(τ)]',
            source: methods[used],
          }),
          figure(
            'early-exercise',
            'Worth of early exercise',
            plain.ok ? price - plain.value.price : null,
            {
              unit: 'money',
              formula: 'American − European',
              why: plain.ok ? '' : plain.fault.detail.replace(/\.$/, ''),
            },
          ),
          figure('boundary', 'Spot at which to exercise now', boundary, {
            unit: 'money',
            why:
              isTree || used !== method ? 'a tree does not tell it' : 'it is never exercised early',
          }),
          ...greekFigures(differences(at, market, price, moving)).map((each) =>
            moving ? each : { ...each, why: 'it takes time and volatility' },
          ),
        ],
        notes:
          used === method
            ? []
            : [`Priced on a tree of ${steps} steps, as there are cash dividends.`],
      }),
    );
  },
});

/** Greeks as differences of the price; none where nothing moves. */
function differences(
  at: (change: Partial<OptionMarket>) => Result<Priced>,
  market: OptionMarket,
  price: number,
  moving: boolean,
): Partial<Greeks> {
  if (!moving) return { delta: null, gamma: null, vega: null, rho: null };
  const around = (name: 'spot' | 'volatility' | 'rate', step: number): readonly number[] =>
    [step, -step].map((each) => {
      const found = at({ [name]: market[name] + each });
      return found.ok ? found.value.price : Number.NaN;
    });
  const slope = (name: 'volatility' | 'rate', step: number): number => {
    const [up, down] = around(name, step);
    return (up - down) / (2 * step);
  };
  const width = 0.01 * market.spot;
  const [up, down] = around('spot', width);
  return {
    delta: (up - down) / (2 * width),
    gamma: (up + down - 2 * price) / (width * width),
    vega: slope('volatility', 1e-3),
    rho: slope('rate', 1e-3),
  };
}
