import type { BacktestInstrument, BacktestMarket } from '../market.ts';
import type { BacktestSettings } from '../settings.ts';

/** What the fast path has no notion of, as the setting or the datum is called and why; null where nothing. */
export function outsideFastPath(market: BacktestMarket, settings: BacktestSettings): string | null {
  return (
    settingOutside(settings) ??
    market.instruments.map((each) => instrumentOutside(each, market.base)).find((why) => why) ??
    overlap(market.instruments)
  );
}

function settingOutside(settings: BacktestSettings): string | null {
  const { sizing, commission, slippage, account, limits } = settings;
  if (sizing.kind === 'risk' || sizing.kind === 'volatility') return `sizing by ${sizing.kind}`;
  if (commission.kind === 'tiered') return 'tiered commission';
  if (slippage.kind === 'volume-share' || slippage.kind === 'square-root') {
    return `${slippage.kind} slippage`;
  }
  if (settings.volumeLimit !== undefined) return 'volumeLimit';
  if (settings.cashInterest > 0) return 'cashInterest';
  if (account.kind === 'margin' && account.longInterest > 0) return 'account.longInterest';
  if (account.kind === 'margin' && account.borrowFee > 0) return 'account.borrowFee';
  const limit = Object.entries(limits).find(([, value]) => value !== undefined);
  return limit ? `limits.${limit[0]}` : null;
}

function instrumentOutside(
  { id, currency, option, events }: BacktestInstrument,
  base: string,
): string | null {
  if (currency !== base) return `${id} in ${currency}`;
  if (option) return `${id}, an option`;
  const [event] = events;
  return event ? `a ${event.kind} of ${id}` : null;
}

/** A bar that opened before the one before it was known: what was decided on that one comes too late. */
function overlap(instruments: readonly BacktestInstrument[]): string | null {
  let checked: BacktestInstrument['bars'] | null = null;
  for (const { id, bars } of instruments) {
    const { known, opened } = bars;
    // Instruments of one calendar mostly share its columns.
    if (checked?.known === known && checked.opened === opened) continue;
    for (let row = 1; row < known.length; row++) {
      if ((known[row - 1] as number) > (opened[row] as number)) {
        return `bar ${row} of ${id}, which opened before the one before it was known`;
      }
    }
    checked = bars;
  }
  return null;
}
