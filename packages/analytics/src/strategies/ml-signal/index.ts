import type { LearningBars } from '../../learning/labels.ts';
import { defineStrategy } from '../../strategy/define-strategy.ts';
import type { IndicatorView, InstrumentView } from '../../strategy/strategy-context.ts';
import { priceHistory } from '../../strategy-kit/price-history.ts';
import { everyParameter, newPeriod } from '../../strategy-kit/schedule.ts';
import { closeRow } from '../../strategy-kit/signal-strategy.ts';
import { tradable } from '../../strategy-kit/tradable.ts';
import { featureBars, SignalLearner } from './signal-learner.ts';

/** The newest closes of an instrument, adjusted for splits, as bars to learn from. */
function learningBars(view: InstrumentView, closes: IndicatorView, most: number): LearningBars {
  const n = Math.min(most, view.count);
  const column = (of: (ago: number) => number) =>
    Float64Array.from({ length: n }, (_, i) => of(n - 1 - i));
  const close = column((ago) => closes.at(closeRow.indicator, ago));
  return {
    instrument: view.id,
    open: close,
    high: close,
    low: close,
    close,
    volume: new Float64Array(n),
    knownAt: column((ago) => view.knownAt(ago)),
  };
}

export default defineStrategy({
  id: 'ml-signal',
  group: 'learned',
  title: 'Signals of a model that learns',
  summary:
    'Learns anew each month, from past moves, unrest and stretch, whether prices rise in the days ahead, and is long where the chance is high enough. Markets change and a few hundred rows are few: most of what it finds is chance, so hold it against unseen data first.',
  source: 'López de Prado, Advances in Financial Machine Learning, 2018',
  params: {
    model: {
      kind: 'choice',
      title: 'Model',
      of: ['logistic-elastic-net', 'random-forest', 'boosted-trees'],
      default: 'logistic-elastic-net',
    },
    history: {
      kind: 'integer',
      title: 'Bars of each instrument that are learnt from',
      min: 100,
      max: 10_000,
      unit: 'bars',
      default: 750,
    },
    every: everyParameter('Learnt anew', 'month'),
    horizon: {
      kind: 'integer',
      title: 'Bars ahead',
      min: 1,
      max: 250,
      unit: 'bars',
      default: 5,
    },
    long: {
      kind: 'number',
      title: 'Chance from which on it is long',
      min: 0,
      max: 1,
      default: 0.55,
    },
    short: {
      kind: 'number',
      title: 'Chance up to which it is short',
      help: 'Never where it is left out. Needs an account with margin.',
      min: 0,
      max: 1,
      optional: true,
    },
  },
  check: ({ long, short = -1, horizon, history }) => {
    if (short >= long)
      return `the chance for short (${short}) must be below that for long (${long})`;
    return horizon < history - featureBars
      ? null
      : `${history} bars are too few to learn ${horizon} ahead of`;
  },
  warmUp: ({ history }) => history - 1,
  onStart: (context) => ({
    history: priceHistory(context),
    due: newPeriod(context.params.every),
    learner: new SignalLearner(context.params, context.random),
  }),
  onBar({ now, instruments, orders, params, log }, { history, due, learner }) {
    const barsOf = (view: InstrumentView, most: number): LearningBars | null => {
      const closes = history.get(view);
      return closes === undefined ? null : learningBars(view, closes, most);
    };
    const views = tradable(instruments);
    if (due(now)) {
      const known = views
        .filter(({ count }) => count >= params.history)
        .flatMap((view) => barsOf(view, params.history) ?? []);
      const learnt = learner.learn(known);
      if (!learnt.ok) log(`Nothing was learnt: ${learnt.fault.detail}`);
    }
    for (const view of views) {
      const bars = view.fresh ? barsOf(view, featureBars) : null;
      const chance = bars === null ? Number.NaN : learner.chance(bars);
      if (Number.isNaN(chance)) continue;
      const { long, short = Number.NEGATIVE_INFINITY } = params;
      const side = chance >= long ? 1 : chance <= short ? -1 : 0;
      orders.signal(view, side, `chance ${(100 * chance).toFixed(0)} %`);
    }
  },
});
