import { betasTo, conditionalReturns, levelsOf, replay } from '@plimsoll/analytics/risk';
import type { Day } from '@plimsoll/kernel';
import { dot, gram, matrix } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { expectedOf, type Facts, factsOf, inputOf, toleranceOf } from '../../case-facts.ts';
import { type Check, near } from '../../check.ts';
import { type Columns, select, simpleReturns } from '../../golden-data.ts';
import type { Outcome, Runner, Surroundings } from '../../runner.ts';
import { asMatrix, returnsOf, weightsOf } from './case-input.ts';

const indexFile = 'skfolio_sp500_index.csv';

/** Returns of the market on the same days, from the index that the case names or the S&P 500. */
function marketReturns(
  input: Facts,
  days: readonly string[],
  { data }: Surroundings,
): Float64Array {
  const file = String(input['market_file'] ?? input['benchmark_file'] ?? indexFile);
  const named = input['market'] ?? input['benchmark'];
  const market = data.columns(file);
  const names = typeof named === 'string' ? [named] : market.names.slice(0, 1);
  const returns = simpleReturns(select(market, { names }));
  const byDay = new Map(returns.days.map((day, t) => [day, returns.values[t]]));
  return Float64Array.from(days, (day) => byDay.get(day) ?? Number.NaN);
}

/** The whole file of prices as the product takes it. */
const levelsFrom = ({ days, names, values }: Columns) =>
  levelsOf({
    days: days as readonly Day[],
    names,
    values: days.map((_, t) =>
      names.map((__, j) => {
        const value = values[t * names.length + j] ?? Number.NaN;
        return Number.isNaN(value) ? null : value;
      }),
    ),
  });

function covarianceOf(columns: Columns): ReturnType<typeof matrix> {
  const returns = asMatrix(columns);
  const means = columnMeans(returns);
  const centred = returns.data.map((each, at) => each - (means[at % returns.columns] ?? 0));
  const squares = gram(matrix(returns.rows, returns.columns, centred));
  return matrix(
    squares.rows,
    squares.columns,
    squares.data.map((each) => each / (returns.rows - 1)),
  );
}

/** What the product says for the names of figures; a record has a number for each name in it. */
interface Stressed {
  readonly names: readonly string[];
  readonly portfolioBeta: number;
  readonly marketShock: number;
  betas(): Facts;
  historical(): Facts;
  conditional(name: string, shock: number): Facts;
}

function stressed(input: Facts, surroundings: Surroundings): Stressed {
  const columns = returnsOf(input, surroundings);
  const { names } = columns;
  const weights = weightsOf(input, names);
  const byName = (values: ArrayLike<number | null>): Facts =>
    Object.fromEntries(names.map((name, i) => [name, values[i]]));
  const found = betasTo(asMatrix(columns), marketReturns(input, columns.days, surroundings));
  const betas = found.ok ? found.value : new Float64Array(names.length).fill(Number.NaN);
  return {
    names,
    portfolioBeta: dot(weights, betas),
    marketShock: Number(input['market_shock']),
    betas: () => byName(betas),
    historical: () => {
      const levels = levelsFrom(
        select(surroundings.data.columns(String(input['file'])), { names }),
      );
      return Object.fromEntries(
        Object.entries(factsOf(input['windows'])).map(([name, window]) => {
          const [from, to] = window as [Day, Day];
          const { portfolio, returns } = replay(levels, weights, { from, to });
          return [name, { portfolio_buyhold: portfolio, ...byName(returns) }];
        }),
      );
    },
    conditional: (name, shock) => {
      const moments = { mean: columnMeans(asMatrix(columns)), covariance: covarianceOf(columns) };
      const returns = conditionalReturns(moments, [names.indexOf(name)], [shock]);
      return returns.ok ? { values: byName(returns.value) } : {};
    },
  };
}

/** The answer to one expected figure; undefined where there is none of that name. */
function answerOf(name: string, book: Stressed): unknown {
  if (name === 'historical') return book.historical();
  if (name === 'betas') return book.betas();
  if (name === 'portfolio_beta') return book.portfolioBeta;
  if (name === 'shock_pnl') return book.portfolioBeta * book.marketShock;
  const given = /^conditional_shock_(.+)_(minus|plus)([\d.]+)pct$/.exec(name);
  if (!given) return undefined;
  const sign = given[2] === 'minus' ? -1 : 1;
  return book.conditional(given[1] ?? '', (sign * Number(given[3])) / 100);
}

function checksOf(name: string, found: unknown, wanted: unknown, within: number): Check[] {
  // A text among the figures states a rule.
  if (typeof wanted === 'string') return [];
  if (typeof wanted === 'number') {
    return [near(name, typeof found === 'number' ? found : null, wanted, within)];
  }
  return Object.entries(factsOf(wanted)).flatMap(([key, each]) =>
    checksOf(`${name} ${key}`, factsOf(found)[key], each, within),
  );
}

/** Episodes replayed, betas to the market, and what is expected given one return. */
export const stressRunner: Runner = {
  category: 'stress',
  handles: ({ category }) => category === 'stress',
  run: (golden, surroundings): Outcome => {
    const book = stressed(inputOf(golden, surroundings), surroundings);
    const listed: string[] = [];
    const checks = Object.entries(expectedOf(golden)).flatMap(([name, wanted]) => {
      const answer = answerOf(name, book);
      if (answer === undefined) listed.push(`${name}, no figure of that name`);
      return answer === undefined ? [] : checksOf(name, answer, wanted, toleranceOf(golden));
    });
    return { checks, listed };
  },
};
