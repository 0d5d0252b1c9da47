import { defineStrategy } from '../../strategy/define-strategy.ts';
import type { InstrumentView } from '../../strategy/strategy-context.ts';
import { tradable } from '../../strategy-kit/tradable.ts';

export default defineStrategy({
  id: 'model-signal',
  group: 'learned',
  title: 'Signals of a trained model',
  summary:
    'Is long where a model of the registry foretells enough of a rise, and flat or short where it does not. The file names the model: model: NAME@VERSION. In days from which the model learnt it looks far better than it is; hold it against later ones.',
  source: 'López de Prado, Advances in Financial Machine Learning, 2018',
  params: {
    long: {
      kind: 'number',
      title: 'Prediction from which on it is long',
      help: 'A chance from 0 to 1 for a classification, a return for a regression.',
      default: 0.55,
    },
    short: {
      kind: 'number',
      title: 'Prediction up to which it is short',
      help: 'Never where it is left out. Needs an account with margin.',
      optional: true,
    },
    leave: {
      kind: 'number',
      title: 'Prediction below which a long position is left, or above which a short one',
      help: 'That of entering where it is left out: a lower one trades less.',
      optional: true,
    },
  },
  check: ({ long, short, leave }) => {
    if (short !== undefined && short >= long) {
      return `the prediction for short (${short}) must be below that for long (${long})`;
    }
    if (leave === undefined) return null;
    if (leave > long) return `the prediction to leave at (${leave}) must not be above ${long}`;
    return short !== undefined && leave < short
      ? `the prediction to leave at (${leave}) must not be below ${short}`
      : null;
  },
  onStart: ({ instruments, prediction }) =>
    new Map(
      instruments.filter(({ option }) => option === null).map((one) => [one, prediction(one)]),
    ),
  onBar({ instruments, orders, params }, predictions) {
    for (const view of tradable(instruments)) {
      const value = view.fresh ? predictions.get(view)?.value : undefined;
      // A row that misses a feature says nothing: what is held stays.
      if (value === undefined || Number.isNaN(value)) continue;
      orders.signal(view, sideOf(value, params, view), `foretold ${value.toPrecision(3)}`);
    }
  },
});

interface Levels {
  readonly long: number;
  readonly short: number | undefined;
  readonly leave: number | undefined;
}

/** 1 long, −1 short, 0 neither, by what is foretold and what is held. */
function sideOf(
  value: number,
  { long, short = Number.NEGATIVE_INFINITY, leave }: Levels,
  { position }: Pick<InstrumentView, 'position'>,
): number {
  if (value >= long) return 1;
  if (value <= short) return -1;
  if (leave === undefined) return 0;
  const stays = position > 0 ? value >= leave : position < 0 && value <= leave;
  return stays ? Math.sign(position) : 0;
}
