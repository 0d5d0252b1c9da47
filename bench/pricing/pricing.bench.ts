import { join } from 'node:path';
import { moneyWeightedReturns } from '@plimsoll/analytics';
import {
  americanOption,
  binomialTree,
  blackScholes,
  blackScholesPrice,
  impliedVolatility,
  type OptionMarket,
} from '@plimsoll/analytics/pricing';
import { best, ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, ms } from '../report.ts';

/** Uniform numbers from a generator so plain that the Python script draws the same. */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const portfolios = 2000;
const flows = 60;

function savingsPlans() {
  const next = uniforms(7);
  const day = new Float64Array(portfolios * flows);
  const amount = new Float64Array(portfolios * flows);
  const start = Int32Array.from({ length: portfolios + 1 }, (_, p) => p * flows);
  const end = 1825;
  for (let p = 0; p < portfolios; p++) {
    const growth = -0.1 + 0.4 * next();
    let worth = 0;
    for (let i = 0; i < flows - 1; i++) {
      const at = Math.floor(30.4 * i);
      const paid = 100 + 900 * next();
      day[p * flows + i] = at;
      amount[p * flows + i] = -paid;
      worth += paid * (1 + growth) ** ((end - at) / 365);
    }
    day[(p + 1) * flows - 1] = end;
    amount[(p + 1) * flows - 1] = worth;
  }
  return { day, amount, start };
}

function options(count: number): readonly OptionMarket[] {
  const next = uniforms(11);
  return Array.from({ length: count }, () => {
    const strike = 60 + 80 * next();
    const years = 0.05 + 2 * next();
    const volatility = 0.05 + 0.6 * next();
    const rates = { rate: 0.03, dividendYield: 0.01 };
    return { kind: 'call', spot: 100, strike, years, volatility, ...rates };
  });
}

/** What one exponential takes here: the least that a flow or a price can. */
function exponential(): number {
  const count = 1_000_000;
  const x = Float64Array.from({ length: count }, (_, i) => -i / count);
  let sum = 0;
  const time = best(5, () => {
    for (let i = 0; i < count; i++) sum += Math.exp(x[i] ?? 0);
  });
  if (!Number.isFinite(sum)) throw new Error('exponentials are finite');
  return time / count;
}

/** Rates of return, options and their volatilities beside NumPy, SciPy and QuantLib. */
export async function run(): Promise<void> {
  const theirs = reference(join(import.meta.dirname, 'pricing.py'), 1);
  const limit = exponential();
  const row = (
    name: string,
    key: string,
    each: { readonly count: number; readonly exponentials: number; readonly runs: number },
    work: () => unknown,
  ): void => {
    work();
    const time = best(each.runs, work);
    const peer = theirs?.[key];
    const floor = limit * each.count * each.exponentials;
    line(
      name,
      ms(time),
      `${((each.count / time) * 1000).toExponential(1)}/s`,
      peer === undefined ? '–' : ms(peer),
      ratio(time, peer),
      `${(time / floor).toFixed(1)}×`,
    );
  };
  line('work', 'time', 'rate', 'Python', 'ratio', 'over exp alone');
  const plans = savingsPlans();
  const guess = new Float64Array(portfolios).fill(0.1);
  const rates = new Float64Array(portfolios);
  row(
    'XIRR, 2,000 × 60 flows (SciPy brentq)',
    'xirr',
    { count: portfolios * flows, exponentials: 1, runs: 60 },
    () => moneyWeightedReturns(plans, guess, rates),
  );
  const count = 100_000;
  const markets = options(count);
  const prices = markets.map(blackScholesPrice);
  row(
    'Black–Scholes price, 100,000 (NumPy columns)',
    'black',
    { count, exponentials: 4, runs: 8 },
    () => markets.reduce((sum, market) => sum + blackScholesPrice(market), 0),
  );
  row('the same with 13 Greeks', 'none', { count, exponentials: 6, runs: 5 }, () =>
    markets.reduce((sum, market) => sum + (blackScholes(market).gamma ?? 0), 0),
  );
  row(
    'implied volatility, 100,000 (SciPy brentq)',
    'implied',
    { count, exponentials: 12, runs: 4 },
    () =>
      markets.reduce(
        (sum, market, i) =>
          sum + (impliedVolatility({ ...market, price: prices[i] ?? 0 }).value ?? 0),
        0,
      ),
  );
  const puts = markets.slice(0, 20).map((market) => ({ ...market, kind: 'put' as const }));
  const tree = { exercise: 'american', tree: 'cox-ross-rubinstein', steps: 500 } as const;
  row(
    'American put, tree of 500 steps (NumPy)',
    'tree',
    { count: 1, exponentials: 1, runs: 5 },
    () => binomialTree({ ...(puts[3] as OptionMarket), ...tree }),
  );
  row(
    'American put by its boundary (QuantLib QdFp)',
    'american',
    { count: 1, exponentials: 1, runs: 40 },
    () => americanOption(puts[3] as OptionMarket),
  );
  const mean = (values: ArrayLike<number>): number =>
    Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  if (theirs) {
    const differences = [
      `XIRR ${(mean(rates) - (theirs['xirr mean'] ?? 0)).toExponential(1)}`,
      `prices ${(mean(prices) - (theirs['black mean'] ?? 0)).toExponential(1)}`,
    ];
    process.stdout.write(`difference of the means: ${differences.join(', ')}\n`);
  }
}
