import { dayFromNumber } from '@plimsoll/kernel';
import type { BacktestInstrument, OptionTerms } from '../backtest/market.ts';
import { dayMs, dayNumberOf } from '../strategy-kit/schedule.ts';
import type { OptionChainParameters } from './chain-parameters.ts';
import { expiryDays } from './expiry-days.ts';
import { niceStep } from './nice-step.ts';
import { type ChainMarket, modelPrice, optionBars } from './option-bars.ts';
import { trailingVolatility } from './trailing-volatility.ts';

/** Options made up for an underlying, and what the reader of a result must know of them. */
export interface ModelChain {
  readonly instruments: readonly BacktestInstrument[];
  /** One sentence each. */
  readonly notes: readonly string[];
}

/** An expiry whose options are listed. */
interface Listed {
  readonly expires: number;
  /** First row of the underlying that is not before its expiry any more. */
  readonly until: number;
  readonly step: number;
  lowest: number;
  highest: number;
}

/**
 * A chain of European options on an instrument, for backtests without a recorded one: listed as time
 * and price go on, as an exchange does, and priced after Black and Scholes at every bar, with the
 * volatility measured before it. Strikes follow from closes already known; nothing depends on what
 * comes later but the days on which there are bars, which calendars tell in advance. Where the
 * underlying splits, options are paid out at their last price and listed anew.
 *
 * Cost: four prices a bar of each option.
 */
export function modelChain(
  underlying: BacktestInstrument,
  parameters: OptionChainParameters,
): ModelChain {
  const volatility = trailingVolatility(underlying, parameters.window);
  const chain = new Chain({ underlying, volatility, parameters });
  for (let row = 0; row + 1 < volatility.length; row++) chain.list(row);
  const { window, factor, rate } = parameters;
  const note = `Prices of options on ${underlying.id} were made by no market: they are those of Black and Scholes at a rate of ${rate} a year, with ${factor} times the volatility of the ${window} returns before.`;
  return {
    instruments: chain.instruments,
    notes: chain.instruments.length === 0 ? [] : [note, noVolume(underlying.id)],
  };
}

const noVolume = (id: string): string =>
  `Made-up options on ${id} have no volume and no spread; orders that depend on volume are not filled.`;

class Chain {
  readonly instruments: BacktestInstrument[] = [];
  readonly #market: ChainMarket;
  readonly #splits: readonly number[];
  readonly #listed = new Map<number, Listed>();
  readonly #names = new Map<string, number>();

  constructor(market: ChainMarket) {
    this.#market = market;
    const { bars, events } = market.underlying;
    this.#splits = events
      .filter(({ kind }) => kind === 'split')
      .map(({ at }) => rowFrom(bars.opened, at))
      .sort((a, b) => a - b);
  }

  /** Lists what the close of a row asks for, from the next row on. */
  list(row: number): void {
    const { underlying, volatility, parameters } = this.#market;
    const { bars } = underlying;
    const price = bars.close[row];
    if (!(price > 0 && volatility[row + 1] >= 0)) return;
    if (this.#splits.includes(row + 1)) {
      this.#listed.clear();
      return;
    }
    const days = expiryDays(parameters.expiries, dayNumberOf(bars.known[row]) + 1);
    for (let i = 0; i < parameters.ahead; i++) {
      const day = days.next().value;
      const listed = this.#listed.get(day) ?? this.#open(day, row, price);
      this.#listed.set(day, listed);
      this.#extend(listed, row, price);
    }
  }

  #open(day: number, row: number, price: number): Listed {
    const { known } = this.#market.underlying.bars;
    const until = rowFrom(known, (day + 1) * dayMs + 1);
    const last = known[until - 1];
    // After the end of the data the close is taken to be at the hour of the newest bar.
    const beyond = until === known.length && dayNumberOf(last) < day;
    const hour = known[row] - dayNumberOf(known[row]) * dayMs;
    const expires = beyond ? day * dayMs + hour : last;
    const step = niceStep(price * this.#market.parameters.step);
    const place = Math.round(price / step);
    return { expires, until, step, lowest: place, highest: place - 1 };
  }

  /** Adds the strikes that are missing around a price. */
  #extend(listed: Listed, row: number, price: number): void {
    const { strikes } = this.#market.parameters;
    const place = Math.round(price / listed.step);
    while (listed.highest < place + strikes) this.#add(listed, ++listed.highest, row + 1);
    while (listed.lowest > Math.max(1, place - strikes))
      this.#add(listed, --listed.lowest, row + 1);
  }

  #add({ expires, until, step }: Listed, place: number, from: number): void {
    const split = this.#splits.find((row) => row > from);
    const end = split === undefined ? until : Math.min(split, until);
    if (place < 1 || from >= end) return;
    // Twelve digits, so that 3 × 0.1 is called 0.3.
    const strike = Number((place * step).toPrecision(12));
    for (const right of ['call', 'put'] as const) {
      this.instruments.push(this.#instrument({ right, strike, expires }, from, end));
    }
  }

  #instrument(
    { right, strike, expires }: Pick<OptionTerms, 'right' | 'strike' | 'expires'>,
    from: number,
    end: number,
  ): BacktestInstrument {
    const { underlying, parameters } = this.#market;
    const option: OptionTerms = {
      underlyingId: underlying.id,
      right,
      strike,
      expires,
      exercise: 'european',
      settlement: parameters.settlement,
    };
    const bars = optionBars(this.#market, option, from, end);
    const day = dayFromNumber(dayNumberOf(expires));
    return {
      id: this.#unused(`${underlying.id} ${day} ${right === 'call' ? 'C' : 'P'} ${strike}`),
      currency: underlying.currency,
      multiplier: parameters.contract,
      step: 1,
      sector: underlying.sector,
      option,
      bars,
      finer: null,
      events: this.#ends(option, end),
    };
  }

  /** After a split the same strike may be listed again, which is another option. */
  #unused(name: string): string {
    const times = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  }

  /** Paid out before a split of the underlying. */
  #ends(option: OptionTerms, end: number): BacktestInstrument['events'] {
    if (!this.#splits.includes(end)) return [];
    const { bars } = this.#market.underlying;
    const days = Math.max(0, dayNumberOf(option.expires) - dayNumberOf(bars.known[end - 1]));
    const value = modelPrice(this.#market, option, {
      spot: bars.close[end - 1],
      days,
      volatility: this.#market.volatility[end - 1],
    });
    return [{ kind: 'delisting', at: bars.opened[end], value }];
  }
}

/** The first row whose time is not before `at`. */
function rowFrom(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
