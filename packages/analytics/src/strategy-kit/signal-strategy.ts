import type { ParameterTable, ValuesOf } from '@plimsoll/kernel';
import type { Crossing, IndicatorRow, Strategy } from '../strategy/define-strategy.ts';
import { defineStrategy } from '../strategy/define-strategy.ts';
import type {
  IndicatorView,
  InstrumentView,
  StrategyContext,
} from '../strategy/strategy-context.ts';

/**
 * What a rule says to the newest values of its rows, in their order, NaN where there is none: 1 long,
 * 0 flat, −1 short, NaN to stay as it is. It may remember; it is called once a bar.
 */
export type SignalRule = (
  first: number,
  second: number,
  third: number,
  fourth: number,
  fifth: number,
) => number;

/** A strategy that says after each bar of an instrument which side it wants to be on. */
interface SignalStrategy<T extends ParameterTable>
  extends Pick<Strategy<T>, 'id' | 'group' | 'title' | 'summary' | 'source' | 'params' | 'check'> {
  /** Up to five. */
  readonly rows: (params: ValuesOf<T>) => readonly IndicatorRow[];
  /** Bars before the first at which all rows have a value. */
  readonly warmUp: (params: ValuesOf<T>) => number;
  /** A fresh rule, for each instrument one. */
  readonly rule: (params: ValuesOf<T>) => SignalRule;
  readonly crossing?: (params: ValuesOf<T>) => Crossing;
}

/**
 * The close as indicators see it. To compare prices as traded with an indicator would be wrong after a
 * split, which indicators carry forward.
 */
export const closeRow: IndicatorRow = { indicator: 'sma', params: { period: 1 } };

/**
 * Makes a strategy of a rule over rows of indicators, once bar by bar and once as a column. Given
 * several instruments it follows the rule for each by itself, with the sizing of the run.
 */
export function signalStrategy<const T extends ParameterTable>({
  rows,
  rule,
  ...strategy
}: SignalStrategy<T>): Strategy {
  return defineStrategy<T, Following>({
    ...strategy,
    onStart: (context) => {
      const followed = context.instruments
        .filter(({ option }) => option === null)
        .map((instrument) => follow(context, instrument, strategy.warmUp, { rows, rule }));
      return { followed, only: context.instruments.length === 1 ? (followed[0] ?? null) : null };
    },
    onBar({ orders }, { followed, only }) {
      if (only !== null) {
        // Mostly there is one, and it says nothing: this is asked at every bar of every run.
        const signal = only.next();
        if (!Number.isNaN(signal)) orders.signal(only.instrument, signal);
        return;
      }
      for (const { instrument, from, next } of followed) {
        if (instrument.fresh && instrument.count > from) orders.signal(instrument, next());
      }
    },
    signals(input, params) {
      const columns = rows(params).map(({ indicator, params: given, output }) =>
        input.indicator(indicator, given, output),
      );
      const [a = none, b = none, c = none, d = none, e = none] = columns;
      const next = rule(params);
      const signals = new Float64Array(input.close.length).fill(Number.NaN);
      for (let i = Math.max(input.from, strategy.warmUp(params)); i < signals.length; i++) {
        signals[i] = next(at(a, i), at(b, i), at(c, i), at(d, i), at(e, i));
      }
      return signals;
    },
  });
}

interface Following {
  readonly followed: readonly Followed[];
  /** Where it is the only instrument of the run: every moment then brings a bar of it. */
  readonly only: Followed | null;
}

/** One instrument that a rule is followed for. */
interface Followed {
  readonly instrument: InstrumentView;
  /** Bars of it that pass before. */
  readonly from: number;
  /** The signal after its newest bar. */
  readonly next: () => number;
}

function follow<T extends ParameterTable>(
  context: StrategyContext<ValuesOf<T>>,
  of: InstrumentView,
  warmUp: (params: ValuesOf<T>) => number,
  { rows, rule }: Pick<SignalStrategy<T>, 'rows' | 'rule'>,
): Followed {
  const { params } = context;
  const newest = rows(params).map(({ indicator, params: given, output }): Newest => {
    const view = context.indicator(indicator, given, { of });
    return output === undefined ? view : new NewestOf(view, output);
  });
  return { instrument: of, from: warmUp(params), next: nextSignal(rule(params), newest) };
}

/** What a row's newest value is read from. */
interface Newest {
  readonly value: number;
}

/** The newest value of an output that is not the first. */
class NewestOf implements Newest {
  readonly #view: IndicatorView;
  readonly #output: string;

  constructor(view: IndicatorView, output: string) {
    this.#view = view;
    this.#output = output;
  }

  get value(): number {
    return this.#view.at(this.#output);
  }
}

/** Asks the rule about the newest values; of one and two rows, as most have, without asking for more. */
function nextSignal(decide: SignalRule, newest: readonly Newest[]): () => number {
  const { NaN: none } = Number;
  const [a = unknown, b = unknown, c = unknown, d = unknown, e = unknown] = newest;
  if (newest.length === 1) return () => decide(a.value, none, none, none, none);
  if (newest.length === 2) return () => decide(a.value, b.value, none, none, none);
  return () => decide(a.value, b.value, c.value, d.value, e.value);
}

const none = new Float64Array(0);
const at = (column: Float64Array, i: number): number => column[i] ?? Number.NaN;
const unknown: Newest = { value: Number.NaN };
