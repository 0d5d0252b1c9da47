import { indexAt } from '@plimsoll/domain';
import {
  type Day,
  type DayNumber,
  dayNumber,
  invariant,
  marketPrice,
  type Price,
  present,
} from '@plimsoll/kernel';
import type { DailyHistory, ProviderAction } from '@plimsoll/ports';
import { simulatedListings } from './simulated-instruments.ts';
import type { SimulatedMarket } from './simulated-market.ts';

export interface DemoAction extends ProviderAction {
  readonly symbol: string;
}

/** The simulated market as the demo's investor meets it: closing prices, rates and actions by day. */
export class DemoMarket {
  readonly #histories: ReadonlyMap<string, DailyHistory>;
  readonly #actions = new Map<Day, DemoAction[]>();

  constructor(market: SimulatedMarket, until: Day) {
    this.#histories = new Map(
      simulatedListings.map(({ symbol }) => {
        const history = market.history(symbol, '2005-01-01', until);
        return [symbol, present(history, `the simulated history of ${symbol}`)];
      }),
    );
    for (const [symbol, { actions }] of this.#histories) {
      for (const action of actions) {
        const known = this.#actions.get(action.day) ?? [];
        this.#actions.set(action.day, [...known, { ...action, symbol }]);
      }
    }
  }

  actionsOn(day: Day): readonly DemoAction[] {
    return this.#actions.get(day) ?? [];
  }

  /** Whether it trades on the day: listed, not gone, and open. */
  trades(symbol: string, day: Day): boolean {
    const { days } = this.#history(symbol).bars;
    return days[indexAt(days, dayNumber(day))] === dayNumber(day);
  }

  /** The close of the day, which must be one on which it trades. */
  price(symbol: string, day: Day): Price {
    const { days, close } = this.#history(symbol).bars;
    const number: DayNumber = dayNumber(day);
    const at = indexAt(days, number);
    invariant(days[at] === number, `${symbol} trades on ${day}`);
    return marketPrice(present(close[at], `the close of ${symbol} on ${day}`));
  }

  #history(symbol: string): DailyHistory {
    return present(this.#histories.get(symbol), `the simulated instrument ${symbol}`);
  }
}
