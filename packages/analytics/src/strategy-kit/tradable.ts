import type { InstrumentView } from '../strategy/strategy-context.ts';

/** What can be bought now: listed, not gone, with a price, and no option. */
export const tradable = (instruments: readonly InstrumentView[]): readonly InstrumentView[] =>
  instruments.filter(({ alive, option, close }) => alive && option === null && close > 0);

/**
 * The instrument of that name.
 *
 * @throws where the run has none, which ends it before its first bar and names what there is.
 */
export function instrumentNamed(
  instruments: readonly InstrumentView[],
  name: string,
  what: string,
): InstrumentView {
  const found = instruments.find(({ id }) => id === name);
  if (found) return found;
  const known = instruments.slice(0, 20).map(({ id }) => id);
  throw new RangeError(
    `The parameter ${what} names ${name}, which is not among ${known.join(', ')}.`,
  );
}
