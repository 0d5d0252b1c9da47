import { defineStrategy } from '../../strategy/define-strategy.ts';
import { windowParameter } from '../../strategy-kit/aligned-returns.ts';
import { priceHistory } from '../../strategy-kit/price-history.ts';
import { dayNumberOf, everyParameter, newPeriod } from '../../strategy-kit/schedule.ts';
import { closeRow } from '../../strategy-kit/signal-strategy.ts';
import { instrumentNamed } from '../../strategy-kit/tradable.ts';
import { estimatePair } from './estimate-pair.ts';
import { PairState } from './pair-state.ts';

const level = <const D extends number>(title: string, standard: D) =>
  ({
    kind: 'number',
    title,
    min: 0,
    max: 20,
    unit: 'standard deviations of the spread',
    default: standard,
  }) as const;

export default defineStrategy({
  id: 'pairs',
  group: 'mean-reversion',
  title: 'Pairs by cointegration',
  summary:
    'Where two prices have held together (Engle and Granger’s test over the last year), buys the one that is cheap against the other and sells the dear one short until they meet again. Fails when what held them together is gone: the stop and the half-life are there for that.',
  source:
    'Engle, Granger, Co-integration and Error Correction, Econometrica, 1987; Gatev, Goetzmann, Rouwenhorst, Pairs Trading, Review of Financial Studies, 2006',
  params: {
    first: {
      kind: 'text',
      title: 'Id of the one that is explained',
      help: 'Of two instruments the first by id where it is left out.',
      optional: true,
    },
    second: { kind: 'text', title: 'Id of the one that explains', optional: true },
    window: windowParameter('Days that the relation is estimated of', 252),
    every: everyParameter('Estimated anew', 'month'),
    chance: {
      kind: 'number',
      title: 'Largest p-value of the test',
      help: 'At 1 every pair counts as cointegrated.',
      above: 0,
      max: 1,
      default: 0.05,
    },
    halfLife: {
      kind: 'number',
      title: 'Longest half-life of the spread',
      above: 0,
      max: 1000,
      unit: 'days',
      default: 30,
    },
    enter: level('Distance at which it is entered', 2),
    leave: level('Distance at which it is left', 0.5),
    stop: level('Distance at which it is given up', 4),
    patience: {
      kind: 'number',
      title: 'Half-lives after which it is given up',
      above: 0,
      max: 100,
      default: 3,
    },
    gross: {
      kind: 'number',
      title: 'Both sides together, of equity',
      help: 'One side is sold short, which needs an account with margin.',
      above: 0,
      max: 4,
      default: 1,
    },
  },
  instruments: { min: 2 },
  check({ first, second, enter, leave, stop }) {
    if ((first === undefined) !== (second === undefined))
      return 'name first and second, or neither';
    if (first !== undefined && first === second) return `first and second are both ${first}`;
    return leave < enter && enter < stop
      ? null
      : `the distances must rise: leave ${leave}, enter ${enter}, stop ${stop}`;
  },
  warmUp: ({ window }) => window - 1,
  onStart(context) {
    const { instruments, params } = context;
    const [one, two, more] = instruments.filter(({ option }) => option === null);
    if (params.first === undefined && more !== undefined) {
      throw new RangeError('There are more than two instruments: name first and second.');
    }
    const named = (name: string | undefined, other: typeof one, what: string) =>
      name === undefined && other ? other : instrumentNamed(instruments, name ?? '', what);
    const pair = [named(params.first, one, 'first'), named(params.second, two, 'second')] as const;
    return {
      pair,
      history: priceHistory(context),
      due: newPeriod(params.every),
      waiting: false,
      state: new PairState(params),
      seen: Number.NaN,
    };
  },
  onBar(context, memory) {
    const { now, orders, params, portfolio, log } = context;
    const { pair, history, state } = memory;
    const [first, second] = pair;
    if (memory.due(now)) memory.waiting = true;
    const day = dayNumberOf(first.knownAt(0));
    if (!(first.fresh || second.fresh) || day !== dayNumberOf(second.knownAt(0))) return;
    if (memory.waiting && state.side === 0) {
      const found = estimatePair(history, pair, params);
      if (found === null) return;
      memory.waiting = false;
      const told = state.learn(found);
      if (told !== null) log(`${first.id} and ${second.id}: ${told}`);
    }
    const closeOf = (of: typeof first): number =>
      history.get(of)?.at(closeRow.indicator) ?? Number.NaN;
    const newDay = day !== memory.seen;
    memory.seen = day;
    const step = state.next(Math.log(closeOf(first)), Math.log(closeOf(second)), newDay);
    if (step === null || !(portfolio.equity > 0)) return;
    const weight = (step.side * params.gross) / (1 + Math.abs(step.hedgeRatio));
    orders.rebalance(
      new Map([
        [first, weight],
        [second, step.side === 0 ? 0 : -weight * step.hedgeRatio],
      ]),
      step.why,
    );
  },
});
