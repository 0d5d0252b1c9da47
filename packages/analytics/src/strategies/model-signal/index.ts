import { defineStrategy } from '../../strategy/define-strategy.ts';
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
    const { long, short = Number.NEGATIVE_INFINITY, leave } = params;
    for (const view of tradable(instruments)) {
      const value = view.fresh ? predictions.get(view)?.value : undefined;
      // A row that misses a feature says nothing: what is held stays.
      if (value === undefined || Number.isNaN(value)) continue;
      const held = Math.sign(view.position);
      const stays =
        (held > 0 && value >= (leave ?? long)) || (held < 0 && value <= (leave ?? short));
      const side = value >= long ? 1 : value <= short ? -1 : stays ? held : 0;
      orders.signal(view, side, `foretold ${value.toPrecision(3)}`);
    }
  },
});
