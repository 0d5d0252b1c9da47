import type { InstrumentView } from '../strategy/strategy-context.ts';
import { adjustedColumns } from './adjusted-bars.ts';
import { type Holding, newHolding, type Waiting } from './holding.ts';
import type { BacktestMarket } from './market.ts';
import type { BacktestSettings } from './settings.ts';
import { type Clock, InstrumentSight } from './views.ts';

/** The instruments of a run by id, so that nothing depends on the order in which they were given. */
export function holdingsOf(
  market: BacktestMarket,
  { adjust }: BacktestSettings,
  waiting: Waiting,
): readonly Holding[] {
  const holdings = [...market.instruments]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((instrument, index) => {
      const signals = adjustedColumns(instrument.bars, instrument.events, adjust);
      return newHolding(instrument, index, { signals, waiting });
    });
  const byId = new Map(holdings.map((held) => [held.instrument.id, held]));
  for (const held of holdings) {
    const { option } = held.instrument;
    if (option !== null) held.underlying = byId.get(option.underlyingId) ?? null;
  }
  return holdings;
}

/** What a strategy sees of them, in the same order. */
export function viewsOf(holdings: readonly Holding[], clock: Clock): readonly InstrumentView[] {
  const views = new Map<Holding, InstrumentView>();
  const viewOf = (held: Holding): InstrumentView => {
    const known = views.get(held);
    if (known) return known;
    const view = new InstrumentSight(held, clock, optionViewOf(held));
    views.set(held, view);
    return view;
  };
  const optionViewOf = ({ instrument, underlying }: Holding): InstrumentView['option'] => {
    const { option } = instrument;
    if (option === null || underlying === null) return null;
    const { right, strike, expires } = option;
    return { underlying: viewOf(underlying), right, strike, expires };
  };
  return holdings.map(viewOf);
}
