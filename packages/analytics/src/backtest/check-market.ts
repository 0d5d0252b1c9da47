import type { BacktestBars, BacktestInstrument, BacktestMarket } from './market.ts';

/** Columns that every bar has. */
const columns = [
  'from',
  'opened',
  'session',
  'edges',
  'open',
  'high',
  'low',
  'close',
  'volume',
] as const;

function wrongBars(bars: BacktestBars): string | null {
  const { known, opened } = bars;
  for (const name of columns) {
    if (bars[name].length !== known.length) {
      return `has ${bars[name].length} values of "${name}" for ${known.length} bars`;
    }
  }
  const row = firstUnordered(known, opened);
  if (row < 0) return null;
  return `bar ${row} opened at ${opened[row]} and was known at ${known[row]}, the one before at ${known[row - 1] ?? 'no time'}: they must rise`;
}

/** The first bar that is not known after the one before, or before it opened; −1 where there is none. */
function firstUnordered(known: Float64Array, opened: Float64Array): number {
  let before = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < known.length; row++) {
    const now = known[row] as number;
    if (!((opened[row] as number) <= now && (now > before || row === 0))) return row;
    before = now;
  }
  return -1;
}

function wrongInstrument(instrument: BacktestInstrument, ids: ReadonlySet<string>): string | null {
  const { multiplier, step, option, bars, finer } = instrument;
  if (!(multiplier > 0 && Number.isFinite(multiplier))) return `has a multiplier of ${multiplier}`;
  if (!(step >= 0 && Number.isFinite(step))) return `has a step of ${step}`;
  if (option !== null && !ids.has(option.underlyingId)) {
    return `is an option on "${option.underlyingId}", which is not in the market`;
  }
  const wrong = wrongBars(bars);
  if (wrong !== null || finer === null) return wrong;
  const wrongFiner = wrongBars(finer);
  return wrongFiner === null ? null : `in its finer bars ${wrongFiner}`;
}

/**
 * Why a market cannot be played, null where it can: at least one instrument, ids that differ, columns of
 * one length, and bars that became known one after the other and never before they opened.
 */
export function wrongMarket({ instruments, rates }: BacktestMarket): string | null {
  if (instruments.length === 0) return 'there is no instrument';
  const ids = new Set(instruments.map(({ id }) => id));
  if (ids.size < instruments.length) return 'two instruments have the same id';
  for (const instrument of instruments) {
    const wrong = wrongInstrument(instrument, ids);
    if (wrong !== null) return `${instrument.id} ${wrong}`;
  }
  for (const { currency, known, rate } of rates) {
    if (known.length !== rate.length) return `the rates of ${currency} have columns of two lengths`;
  }
  return null;
}
