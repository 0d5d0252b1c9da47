import {
  ok,
  parameterTable,
  type Random,
  type Result,
  readParameters,
  refuse,
  seededRandom,
  type ValuesOf,
} from '@plimsoll/kernel';
import { drawPlaces } from '../statistics/bootstrap.ts';
import { type Distribution, distributionOf } from './distribution.ts';

/** How trades are shuffled. */
export const tradeSimulationParameters = parameterTable({
  method: {
    kind: 'choice',
    title: 'Method',
    help: 'shuffle: the same trades in another order; bootstrap: blocks of them drawn again; skip: some left out.',
    of: ['shuffle', 'bootstrap', 'skip'],
    default: 'bootstrap',
  },
  block: { kind: 'integer', title: 'Trades a block (bootstrap)', min: 1, max: 10_000, default: 1 },
  skipShare: { kind: 'number', title: 'Share left out (skip)', above: 0, below: 1, default: 0.1 },
  draws: { kind: 'integer', title: 'Draws', min: 100, max: 100_000, default: 1000 },
  seed: { kind: 'integer', title: 'Seed', min: 0, max: 4_294_967_295, default: 1 },
  fall: { kind: 'number', title: 'Fall whose chance is asked', above: 0, below: 1, default: 0.3 },
});

/** Ranges that the same trades could have led to, as plain data. */
export interface TradeSimulation {
  readonly settings: ValuesOf<typeof tradeSimulationParameters>;
  readonly trades: number;
  /** As it was: growth of 1, and the deepest fall as a positive share. */
  readonly growth: number;
  readonly worstFall: number;
  readonly growths: Distribution;
  readonly worstFalls: Distribution;
  /** Share of draws that end below where they began. */
  readonly chanceOfLoss: number;
  /** Share of draws that fall at least as deep as asked. */
  readonly chanceOfFall: number;
}

interface Path {
  readonly growth: number;
  readonly worst: number;
}

/** Growth of 1 through trades one after the other, and its deepest fall; what is lost stays lost. */
function walk(returns: Float64Array, places: Int32Array, count: number): Path {
  let growth = 1;
  let high = 1;
  let worst = 0;
  for (let i = 0; i < count; i++) {
    growth *= Math.max(0, 1 + returns[places[i]]);
    if (growth > high) high = growth;
    else worst = Math.max(worst, 1 - growth / high);
  }
  return { growth, worst };
}

/** Fills in an order of trades and says how many of them are taken. */
function drawOrder(
  places: Int32Array,
  random: Random,
  { method, block, skipShare }: TradeSimulation['settings'],
): number {
  if (method === 'bootstrap') {
    drawPlaces(places, random, { method: 'circular', block });
    return places.length;
  }
  let count = 0;
  for (let i = 0; i < places.length; i++) {
    if (method === 'skip' && random.next() < skipShare) continue;
    places[count++] = i;
  }
  if (method === 'shuffle') {
    for (let i = count - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [places[i], places[j]] = [places[j], places[i]];
    }
  }
  return count;
}

/**
 * Monte Carlo on trades: draws other orders, other selections or thinner ones of the same trades and
 * follows the equity through them, each trade on what is left by those before.
 *
 * @param returns Of each trade as a share of the equity before it, in order, shape [trades], at least 2.
 * @returns refused where settings are wrong or there are too few trades. The same seed, the same bits.
 *
 * Cost: draws × trades. Source: R. Pardo, The evaluation and optimization of trading strategies (2008);
 * B. Efron, "Bootstrap methods" (1979).
 */
export function tradeSimulation(returns: Float64Array, given: unknown): Result<TradeSimulation> {
  const read = readParameters(tradeSimulationParameters, given);
  if (!read.ok) return read;
  const settings = read.value;
  const n = returns.length;
  if (n < 2 || !returns.every(Number.isFinite)) {
    return refuse({
      code: 'simulation.trades',
      detail: `${n} trades cannot be shuffled; give the finite returns of at least two.`,
    });
  }
  const random = seededRandom(settings.seed);
  const places = Int32Array.from({ length: n }, (_, i) => i);
  const asItWas = walk(returns, places, n);
  const growths = new Float64Array(settings.draws);
  const falls = new Float64Array(settings.draws);
  for (let draw = 0; draw < settings.draws; draw++) {
    const { growth, worst } = walk(returns, places, drawOrder(places, random, settings));
    growths[draw] = growth;
    falls[draw] = worst;
  }
  const share = (of: Float64Array, holds: (value: number) => boolean): number =>
    of.filter(holds).length / of.length;
  return ok({
    settings,
    trades: n,
    growth: asItWas.growth,
    worstFall: asItWas.worst,
    growths: distributionOf(growths),
    worstFalls: distributionOf(falls),
    chanceOfLoss: share(growths, (value) => value < 1),
    chanceOfFall: share(falls, (value) => value >= settings.fall),
  });
}
