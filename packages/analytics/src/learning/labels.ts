import { ok, type ParameterTable, type Result, refuse, type ValuesOf } from '@plimsoll/kernel';
import { rollingVolatility } from './rolling-columns.ts';

/** Bars of one instrument, oldest first, of one length; a bar is known at its end. */
export interface LearningBars {
  readonly instrument: string;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Milliseconds since 1970 UTC, ascending. */
  readonly knownAt: Float64Array;
}

/** What came after each bar. */
export interface Labels {
  /** Shape [bars]; NaN where the label is not known (yet) or left out. */
  readonly value: Float64Array;
  /** Place of the bar that made the label known, −1 where there is none; shape [bars]. */
  readonly endBar: Int32Array;
  /** Return from the close of the bar to where the label ended; NaN where there is none. */
  readonly outcome: Float64Array;
}

const volatilityBars = {
  kind: 'integer',
  min: 2,
  max: 5000,
  default: 20,
  title: 'Bars of the volatility',
} as const;

const labelTables = {
  'fixed-horizon': {
    bars: { kind: 'integer', min: 1, max: 5000, default: 5, title: 'Bars ahead' },
    form: {
      kind: 'choice',
      of: ['sign', 'size'],
      default: 'sign',
      title: 'What is foretold',
      help: 'sign: 1 for a rise, 0 for a fall; size: the return.',
    },
    threshold: {
      kind: 'number',
      min: 0,
      max: 100,
      default: 0,
      title: 'Least move in units of volatility',
      help: 'Smaller moves get no label, where the sign is foretold.',
    },
    volatilityBars,
  },
  'triple-barrier': {
    bars: { kind: 'integer', min: 1, max: 5000, default: 10, title: 'Most bars ahead' },
    profit: { kind: 'number', above: 0, max: 100, default: 2, title: 'Profit in volatilities' },
    stop: { kind: 'number', above: 0, max: 100, default: 2, title: 'Stop in volatilities' },
    touch: {
      kind: 'choice',
      of: ['close', 'range'],
      default: 'close',
      title: 'What touches a barrier',
      help: 'close: closes only; range: highs and lows too, the stop first where a bar spans both.',
    },
    form: {
      kind: 'choice',
      of: ['sign', 'size', 'touched'],
      default: 'sign',
      title: 'What is foretold',
      help: 'sign: whether it ended above; size: the return; touched: like sign, but what ran out of time gets no label.',
    },
    volatilityBars,
  },
} as const satisfies Readonly<Record<string, ParameterTable>>;

/** The tables of label definitions: one of these kinds with its parameters. */
export const labelParameter = {
  kind: 'variant',
  of: labelTables,
  title: 'Labels',
} as const;

/** What is foretold, as data. */
export type LabelDefinition = ValuesOf<{ readonly label: typeof labelParameter }>['label'];

type FixedHorizon = Extract<LabelDefinition, { kind: 'fixed-horizon' }>;
type TripleBarrier = Extract<LabelDefinition, { kind: 'triple-barrier' }>;

/** Whether the labels of a definition are 0 and 1. */
export const labelTask = ({ form }: LabelDefinition): 'classification' | 'regression' =>
  form === 'size' ? 'regression' : 'classification';

/** No bar has a label yet. */
const unlabelled = (n: number): Labels => ({
  value: new Float64Array(n).fill(Number.NaN),
  endBar: new Int32Array(n).fill(-1),
  outcome: new Float64Array(n).fill(Number.NaN),
});

/**
 * Labels of the bars of one instrument.
 *
 * Fixed horizon: r = close(t + h) ÷ close(t) − 1. By size the label is r; by sign 1 where r > θ σ √h, 0
 * where r < −θ σ √h (with θ = 0: where r ≤ 0), none between. σ is the standard deviation (ddof 1) of
 * the last simple returns up to t.
 *
 * Triple barrier: the first of a rise by `profit` σ, a fall by `stop` σ, and `bars` bars; it ends at the
 * bar that touched. By range a touched barrier is the outcome, or the open of a bar that opens beyond it;
 * by close the close is.
 *
 * @param sides With these the label is a meta-label: whether a bet on that side (1, −1; 0 for no bet and
 *   no label) would have gained, profit and stop seen from that side. Shape [bars].
 *
 * NaN closes give no label. Cost: bars × bars ahead. Source: López de Prado, Advances in Financial
 * Machine Learning (2018), §3.2–3.6.
 */
export function labelBars(
  bars: LearningBars,
  definition: LabelDefinition,
  sides?: Float64Array,
): Result<Labels> {
  const n = bars.close.length;
  if (sides && (sides.length !== n || !sides.every((side) => [-1, 0, 1].includes(side)))) {
    return refuse({
      code: 'labels.sides',
      detail: `There must be a side of −1, 0 or 1 for each of ${n} bars; there are ${sides.length}.`,
    });
  }
  const volatility = rollingVolatility(bars.close, definition.volatilityBars);
  return ok(
    definition.kind === 'fixed-horizon'
      ? fixedHorizon(bars, definition, volatility, sides)
      : tripleBarrier(bars, definition, volatility, sides),
  );
}

function fixedHorizon(
  { close }: LearningBars,
  { bars, form, threshold }: FixedHorizon,
  volatility: Float64Array,
  sides: Float64Array | undefined,
): Labels {
  const labels = unlabelled(close.length);
  for (let t = 0; t + bars < close.length; t++) {
    const side = sides?.[t] ?? 1;
    const gain = side * (close[t + bars] / close[t] - 1);
    const least = threshold === 0 ? 0 : threshold * volatility[t] * Math.sqrt(bars);
    const value = form === 'size' ? gain : signOf(gain, least);
    if (side === 0 || Number.isNaN(value) || Number.isNaN(least)) continue;
    labels.value[t] = value;
    labels.outcome[t] = gain;
    labels.endBar[t] = t + bars;
  }
  return labels;
}

/** 1 for a rise, 0 for a fall, none for a move that is not above the least asked for. */
function signOf(gain: number, least: number): number {
  if (Number.isNaN(gain) || (least > 0 && Math.abs(gain) <= least)) return Number.NaN;
  return gain > 0 ? 1 : 0;
}

/** Where a bet ended. */
interface Exit {
  readonly bar: number;
  readonly gain: number;
  readonly touched: boolean;
}

function tripleBarrier(
  bars: LearningBars,
  definition: TripleBarrier,
  volatility: Float64Array,
  sides: Float64Array | undefined,
): Labels {
  const n = bars.close.length;
  const labels = unlabelled(n);
  for (let t = 0; t < n; t++) {
    const side = sides?.[t] ?? 1;
    if (side === 0 || !(volatility[t] > 0)) continue;
    const exit = exitOf(bars, definition, t, side, volatility[t]);
    if (!exit || (definition.form === 'touched' && !exit.touched)) continue;
    labels.value[t] = definition.form === 'size' ? exit.gain : exit.gain > 0 ? 1 : 0;
    labels.outcome[t] = exit.gain;
    labels.endBar[t] = exit.bar;
  }
  return labels;
}

function exitOf(
  bars: LearningBars,
  definition: TripleBarrier,
  t: number,
  side: number,
  volatility: number,
): Exit | undefined {
  const { close } = bars;
  const last = t + definition.bars;
  const barriers = {
    stop: -definition.stop * volatility,
    profit: definition.profit * volatility,
    byClose: definition.touch === 'close',
  };
  for (let bar = t + 1; bar <= last; bar++) {
    if (bar >= close.length) return undefined;
    const gain = touchedGain(bars, bar, side, close[t], barriers);
    if (gain === undefined) continue;
    return Number.isNaN(gain) ? undefined : { bar, gain, touched: true };
  }
  return { bar: last, gain: side * (close[last] / close[t] - 1), touched: false };
}

/** What a bet gained at the barrier that a bar touched; NaN where prices are missing. */
function touchedGain(
  bars: LearningBars,
  bar: number,
  side: number,
  entry: number,
  {
    stop,
    profit,
    byClose,
  }: { readonly stop: number; readonly profit: number; readonly byClose: boolean },
): number | undefined {
  const first = side * (bars.open[bar] / entry - 1);
  // A bar that opens beyond a barrier trades at its open, before anything else in it.
  if (!byClose && (first <= stop || first >= profit)) return first;
  const { worst, best } = extremes(bars, bar, side, entry, byClose);
  if (Number.isNaN(worst + best)) return Number.NaN;
  if (worst <= stop) return byClose ? worst : stop;
  if (best >= profit) return byClose ? best : profit;
  return undefined;
}

/** The least and the most that a bet gained within a bar, or at its close. */
function extremes(
  { close, high, low }: LearningBars,
  bar: number,
  side: number,
  entry: number,
  byClose: boolean,
): { readonly worst: number; readonly best: number } {
  const gains = (byClose ? [close[bar], close[bar]] : [low[bar], high[bar]]).map(
    (price) => side * (price / entry - 1),
  );
  const [a = Number.NaN, b = Number.NaN] = gains;
  return { worst: Math.min(a, b), best: Math.max(a, b) };
}
