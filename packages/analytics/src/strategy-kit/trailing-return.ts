import type { ParameterTable, ValuesOf } from '@plimsoll/kernel';
import type { InstrumentView, StrategyContext } from '../strategy/strategy-context.ts';
import { barsParameter } from './sides-rule.ts';

/** Which past a return is measured over. */
export const trailingParameters = <const D extends number>(skip: D) =>
  ({
    lookback: barsParameter('Bars looked back over', 252),
    skip: {
      kind: 'integer',
      title: 'Newest bars left out',
      help: 'The last month tends to be taken back.',
      min: 0,
      max: 250,
      unit: 'bars',
      default: skip,
    },
  }) as const satisfies ParameterTable;

type Trailing = ValuesOf<ReturnType<typeof trailingParameters>>;

/** What is wrong with that past; null where nothing is. */
export const wrongTrailing = ({ lookback, skip }: Trailing): string | null =>
  skip < lookback
    ? null
    : `the bars left out (${skip}) must be fewer than those looked back over (${lookback})`;

/** Bars before the first such return. */
export const trailingWarmUp = ({ lookback }: Trailing): number => lookback;

/** The return of an instrument from `lookback` to `skip` bars ago; NaN where it is not known. */
export type TrailingReturn = (of: InstrumentView) => number;

/** Asks for the returns of all instruments; in `onStart`. */
export function trailingReturns({
  instruments,
  indicator,
  params: { lookback, skip },
}: StrategyContext<Trailing>): TrailingReturn {
  const params = { period: lookback - skip };
  const changes = new Map(
    instruments
      .filter(({ option }) => option === null)
      .map((of) => [of, indicator('roc', params, { of })]),
  );
  return (of) => (changes.get(of)?.at('roc', skip) ?? Number.NaN) / 100;
}
