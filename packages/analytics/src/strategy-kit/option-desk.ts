import type { ParameterTable, ValuesOf } from '@plimsoll/kernel';
import { blackScholes } from '../pricing/black-scholes.ts';
import { impliedVolatility } from '../pricing/implied-volatility.ts';
import type { InstrumentView, StrategyContext } from '../strategy/strategy-context.ts';
import { dayMs } from './schedule.ts';

/** What strategies on options ask for. */
export const optionParameters = <const D extends number, const L extends number>(
  days: D,
  leaveAt: L,
) =>
  ({
    underlying: {
      kind: 'text',
      title: 'Id of what the options are on',
      help: 'May be left out where all options are on one.',
      optional: true,
    },
    days: {
      kind: 'integer',
      title: 'Days to expiry when it is opened',
      help: 'The nearest expiry that is listed.',
      min: 1,
      max: 1000,
      unit: 'days',
      default: days,
    },
    strike: {
      kind: 'variant',
      title: 'Which strike',
      of: {
        moneyness: {
          moneyness: {
            kind: 'number',
            title: 'Strike for a price of 1',
            above: 0,
            max: 5,
            default: 1,
          },
        },
        delta: {
          delta: {
            kind: 'number',
            title: 'Size of its delta',
            help: 'By the volatility that its newest price implies.',
            above: 0,
            below: 1,
            default: 0.3,
          },
        },
      },
      default: { kind: 'moneyness' },
    },
    leaveAt: {
      kind: 'integer',
      title: 'Days before expiry at which it is closed',
      help: '0 to hold it until it expires.',
      min: 0,
      max: 1000,
      unit: 'days',
      default: leaveAt,
    },
    take: {
      kind: 'number',
      title: 'Share of the most it can gain at which it is closed',
      above: 0,
      max: 1,
      optional: true,
    },
    rate: {
      kind: 'number',
      title: 'Interest rate that deltas are reckoned with',
      min: -0.1,
      max: 1,
      unit: 'a year',
      default: 0.02,
    },
  }) as const satisfies ParameterTable;

type OptionParameters = ValuesOf<ReturnType<typeof optionParameters>>;

/** An option of a run. */
export type OptionView = InstrumentView & {
  readonly option: NonNullable<InstrumentView['option']>;
};

const isOption = (view: InstrumentView): view is OptionView => view.option !== null;

/** Whether it can be traded at a price that is known. */
const isQuoted = ({ alive, count, close }: OptionView): boolean => alive && count > 0 && close > 0;

/** The options on one underlying, found by days and strike. */
export class OptionDesk {
  readonly underlying: InstrumentView;
  readonly #params: OptionParameters;
  /** By when they expire. */
  readonly #expiries: ReadonlyMap<number, readonly OptionView[]>;

  /** @throws where the run has no options, or some on several underlyings and none is named. */
  constructor({ instruments, params }: StrategyContext<OptionParameters>) {
    const { underlying: named } = params;
    const options = instruments
      .filter(isOption)
      .filter(({ option }) => named === undefined || option.underlying.id === named);
    const [first] = options;
    if (!first) {
      const on = named === undefined ? '' : ` on ${named}`;
      throw new RangeError(`There are no options${on}: give them, or ask for a chain of a model.`);
    }
    this.underlying = first.option.underlying;
    if (options.some(({ option }) => option.underlying !== this.underlying)) {
      throw new RangeError('There are options on several underlyings: name one as underlying.');
    }
    const expiries = new Map<number, OptionView[]>();
    for (const each of options) {
      const { expires } = each.option;
      expiries.set(expires, [...(expiries.get(expires) ?? []), each]);
    }
    this.#params = params;
    this.#expiries = expiries;
  }

  /** The option whose expiry and strike are nearest to what is asked for; undefined where none is quoted. */
  choose(right: 'call' | 'put', now: number): OptionView | undefined {
    const { days, strike } = this.#params;
    const distance = (view: OptionView): number =>
      strike.kind === 'moneyness'
        ? Math.abs(view.option.strike - strike.moneyness * this.underlying.close)
        : Math.abs(Math.abs(this.delta(view, now)) - strike.delta);
    return nearest(this.#nearestExpiry(right, now, days), distance);
  }

  /** One of the same right and expiry whose strike is nearest, on the side further out of the money. */
  further(from: OptionView, distance: number): OptionView | undefined {
    const { right, strike, expires } = from.option;
    const sign = right === 'call' ? 1 : -1;
    const wanted = strike + sign * distance;
    const beyond = (this.#expiries.get(expires) ?? []).filter(
      (view) =>
        view.option.right === right && sign * (view.option.strike - strike) > 0 && isQuoted(view),
    );
    return nearest(beyond, ({ option }) => Math.abs(option.strike - wanted));
  }

  /** Why it is to be closed, having gained that share of the most it can; null where it is kept. */
  whyLeave(view: OptionView, now: number, gained: number): string | null {
    const { leaveAt, take = Number.POSITIVE_INFINITY } = this.#params;
    if (leaveAt > 0 && this.daysLeft(view, now) <= leaveAt) return 'near expiry';
    return gained >= take ? 'gained enough' : null;
  }

  /** Days until it expires, with fractions. */
  daysLeft({ option }: OptionView, now: number): number {
    return (option.expires - now) / dayMs;
  }

  /** By the volatility that its newest close implies; NaN where it implies none. */
  delta(view: OptionView, now: number): number {
    const terms = {
      kind: view.option.right,
      spot: this.underlying.close,
      strike: view.option.strike,
      years: this.daysLeft(view, now) / 365,
      rate: this.#params.rate,
      dividendYield: 0,
    };
    const { value: volatility } = impliedVolatility({ ...terms, price: view.close });
    if (volatility === null || !(volatility > 0)) return Number.NaN;
    return blackScholes({ ...terms, volatility }).delta ?? Number.NaN;
  }

  #nearestExpiry(right: 'call' | 'put', now: number, days: number): readonly OptionView[] {
    let found: readonly OptionView[] = [];
    let least = Number.POSITIVE_INFINITY;
    for (const [expires, options] of this.#expiries) {
      const away = Math.abs((expires - now) / dayMs - days);
      // An option that expires before another close cannot be opened any more.
      if (expires - now < dayMs / 2 || away >= least) continue;
      const quoted = options.filter((view) => view.option.right === right && isQuoted(view));
      if (quoted.length === 0) continue;
      found = quoted;
      least = away;
    }
    return found;
  }
}

/** The one with the least distance, which is a number; the first of equals by expiry and strike. */
function nearest(
  options: readonly OptionView[],
  distance: (view: OptionView) => number,
): OptionView | undefined {
  let found: OptionView | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const view of options) {
    const away = distance(view);
    if (away < least || (away === least && found && view.option.strike < found.option.strike)) {
      found = view;
      least = away;
    }
  }
  return found;
}

/** Says something once for as long as it stays the same. */
export function sayOnce(log: (message: string) => void): (message: string) => void {
  let said = '';
  return (message) => {
    if (message !== said && message !== '') log(message);
    said = message;
  };
}
