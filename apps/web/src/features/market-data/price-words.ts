import type { MarketStatus } from '@plimsoll/contracts';
import { sentences } from '../../format/sentence.ts';
import type { MarkTone } from '../../ui/Mark.tsx';

export type PriceStatus = MarketStatus['prices'][number];

const states: Readonly<Record<PriceStatus['state'], readonly [MarkTone, string]>> = {
  fresh: ['ok', 'Fresh'],
  late: ['warn', 'Late'],
  stale: ['bad', 'Stale'],
  never: ['none', 'No prices'],
};

/** The state in a word. */
export const stateOf = ({ state }: Pick<PriceStatus, 'state'>) => {
  const [tone, word] = states[state];
  return { tone, word };
};

/** Whether somebody should look at it. */
export const needsLook = ({ state, note, gaps }: PriceStatus): boolean =>
  state !== 'fresh' || note !== '' || gaps > 0;

const rank: Readonly<Record<PriceStatus['state'], number>> = {
  never: 0,
  stale: 1,
  late: 2,
  fresh: 3,
};

/** The worst first, then by name. */
const sortPrices = (prices: readonly PriceStatus[]): PriceStatus[] =>
  [...prices].sort(
    (a, b) =>
      rank[a.state] - rank[b.state] ||
      Number(needsLook(b)) - Number(needsLook(a)) ||
      a.label.localeCompare(b.label),
  );

/** Those that the address asks for. */
export function filterPrices(
  prices: readonly PriceStatus[],
  { show, q = '' }: { readonly show?: 'attention' | undefined; readonly q?: string | undefined },
): PriceStatus[] {
  const wanted = q.trim().toLowerCase();
  return sortPrices(prices).filter(
    (one) =>
      (show !== 'attention' || needsLook(one)) &&
      (wanted === '' || `${one.label} ${one.source}`.toLowerCase().includes(wanted)),
  );
}

/** `18 of 20 fresh`. */
export function freshText(prices: readonly PriceStatus[]): string {
  const fresh = prices.filter(({ state }) => state === 'fresh').length;
  if (prices.length === 0) return '';
  return fresh === prices.length
    ? `All ${prices.length} fresh`
    : `${fresh} of ${prices.length} fresh`;
}

const days = (count: number) => (count === 1 ? '1 trading day' : `${count} trading days`);

/** What is to be said of its prices, with what would mend it. */
export function statusText(status: PriceStatus, dayText: (day: string) => string): string {
  const { state, last, expected, missing, gaps, note, listingId } = status;
  const until = last === null ? 'There are no prices' : `Prices end on ${dayText(last)}`;
  const wanted =
    state === 'fresh' || expected === null
      ? ''
      : `they should reach ${dayText(expected)}${missing > 0 ? `, ${days(missing)} more` : ''}`;
  const mend =
    state === 'fresh' || note !== ''
      ? ''
      : listingId === null
        ? 'Link it to a listing, or bring prices of your own'
        : 'A refresh asks for what is missing';
  return sentences(
    [until, wanted].filter((text) => text !== '').join('; '),
    gaps > 0 ? `${days(gaps)} in between ${gaps === 1 ? 'has' : 'have'} no price` : '',
    note,
    mend,
  );
}
