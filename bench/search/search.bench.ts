import { overfittingProbability } from '@plimsoll/analytics/learning';
import {
  combinatorialTrials,
  type Outcome,
  type ParameterSpace,
  randomEntries,
  readSearch,
  readSpace,
  runSearch,
  startSearch,
  type Trial,
  tradeSimulation,
  trialDependence,
} from '@plimsoll/analytics/search';
import { parameterTable, type Result, seededRandom } from '@plimsoll/kernel';
import { best } from '../best.ts';
import { line, megabytes, ms, title } from '../report.ts';

const days = 2520;
const trials = 1000;
/** One float64 multiply-add out of the cache, and a division with a square root, 14 cycles. */
const floorNs = { sum: 0.35, score: 4.5 };

function had<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

const table = parameterTable({
  fast: { kind: 'integer', title: 'Fast', min: 2, max: 300 },
  slow: { kind: 'integer', title: 'Slow', min: 2, max: 300 },
  a: { kind: 'number', title: 'a', default: 0 },
  b: { kind: 'number', title: 'b', default: 0 },
  c: { kind: 'number', title: 'c', default: 0 },
});

const hill = (asked: readonly Trial[]): readonly Outcome[] =>
  asked.map(({ number, parameters: { fast, slow } }) => ({
    number,
    value: -((Number(fast) - 30) ** 2) - (Number(slow) - 150) ** 2,
  }));

const search = (space: ParameterSpace, settings: object): void => {
  runSearch(had(startSearch(space, had(readSearch(settings)))), hill);
};

/** Work that takes its time by the number of trials. */
function searches(): void {
  const pairs = had(
    readSpace(table, {
      fast: { from: 2, to: 101, step: 1 },
      slow: { from: 102, to: 201, step: 1 },
    }),
  );
  const five = had(
    readSpace(table, {
      fast: { from: 2, to: 101 },
      slow: { from: 102, to: 201 },
      a: { from: 0, to: 1 },
      b: { from: 0, to: 1 },
      c: { from: 0.01, to: 1, scale: 'log' },
    }),
  );
  title('Ask and tell, the trials themselves taking no time');
  line('work', 'time', 'a trial', 'trials/s');
  const cases: readonly [string, ParameterSpace, object, number][] = [
    ['grid of 100 × 100', pairs, {}, 10_000],
    ['random, 10,000 without repeats', pairs, { method: 'random', trials: 10_000 }, 10_000],
    ['TPE, 100 trials of 2 parameters', pairs, { method: 'tpe', trials: 100 }, 100],
    ['TPE, 1,000 trials of 2 parameters', pairs, { method: 'tpe', trials: 1000 }, 1000],
    ['TPE, 1,000 trials of 5 parameters', five, { method: 'tpe', trials: 1000 }, 1000],
  ];
  for (const [name, space, settings, count] of cases) {
    const took = best(3, () => search(space, settings));
    line(name, ms(took), ms(took / count), Math.round((count * 1000) / took).toLocaleString('en'));
  }
}

function overfitting(): void {
  const random = seededRandom(1);
  const returns = Float64Array.from({ length: days * trials }, () => 0.01 * random.normal());
  const options = { groups: 16, tested: 8, purging: { horizon: 5, embargo: 5 } };
  title(
    `Overfitting of ${trials} trials over ${days} days (${megabytes(returns.byteLength)}), one thread`,
  );
  line('work', 'time', 'steps', 'a step', 'against floor');
  const rows: readonly [string, number, 'sum' | 'score', () => unknown][] = [
    // Steps are Sharpe ratios, one a split and trial; what they are made of is shared by splits.
    [
      'PBO, 16 blocks: 12,870 splits',
      12_870 * trials,
      'score',
      () => had(overfittingProbability(returns, trials, 16, 'sharpe')),
    ],
    [
      'CPCV, 8 of 16 groups: 12,870 splits, 6,435 paths',
      12_870 * trials,
      'score',
      () => had(combinatorialTrials(returns, trials, options)),
    ],
    [
      'how alike they are: mean correlation, clusters',
      days * (2 * trials + (200 * 199) / 2),
      'sum',
      () => trialDependence(returns, trials),
    ],
  ];
  for (const [name, steps, kind, work] of rows) {
    const took = best(2, work);
    const each = (took * 1e6) / steps;
    line(
      name,
      ms(took),
      `${(steps / 1e6).toFixed(0)} M`,
      `${each.toFixed(2)} ns`,
      `${(each / floorNs[kind]).toFixed(1)}×`,
    );
  }
}

function chances(): void {
  const random = seededRandom(2);
  const changes = Float64Array.from({ length: days }, () => 0.01 * random.normal());
  const from = Array.from({ length: 100 }, (_, i) => i * 25);
  const trades = { from, bars: from.map((_, i) => 1 + (i % 20)), side: from.map(() => 1) };
  const gains = Float64Array.from({ length: 500 }, () => 0.02 * random.normal());
  title('Chance');
  line('work', 'time', 'a draw');
  const shuffle = best(3, () => had(tradeSimulation(gains, { method: 'shuffle', draws: 5000 })));
  line('5,000 orders of 500 trades', ms(shuffle), ms(shuffle / 5000));
  const entries = best(3, () => had(randomEntries(changes, trades, { draws: 5000, seed: 1 })));
  line('5,000 placings of 100 random entries', ms(entries), ms(entries / 5000));
}

/** Searching, and telling skill from luck. */
export async function run(): Promise<void> {
  searches();
  overfitting();
  chances();
  const { maxRSS } = process.resourceUsage();
  line('highest memory of the process', megabytes(maxRSS * 1024));
}
