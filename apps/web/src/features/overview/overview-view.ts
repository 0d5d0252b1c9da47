import { compareExact, signOf, sumExact } from '@plimsoll/client';
import type { Contribution, ExplainTerm, Holding, Performance } from '@plimsoll/contracts';

export const groupings = ['instrument', 'kind', 'currency', 'account'] as const;
export type Grouping = (typeof groupings)[number];

/** A part of what is held, in the base currency. */
export interface Part {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** 0 to 1 of all that has a value. */
  readonly share: number;
}

const labelOf: Record<Grouping, (holding: Holding) => string> = {
  instrument: (holding) => (holding.kind === 'cash' ? 'Cash' : holding.instrument),
  kind: (holding) => kindLabel(holding.kind),
  currency: (holding) => holding.currency,
  account: (holding) => holding.account,
};

/** What a kind of instrument is called, as a heading. */
function kindLabel(kind: string): string {
  const labels: Record<string, string> = {
    equity: 'Shares',
    etf: 'ETFs',
    fund: 'Funds',
    bond: 'Bonds',
    option: 'Options',
    future: 'Futures',
    crypto: 'Crypto',
    fx: 'Currency pairs',
    index: 'Indices',
    commodity: 'Commodities',
    cash: 'Cash',
    'sim-coin': 'Simulated coins',
  };
  return labels[kind] ?? kind;
}

/** The parts, largest first; what is beyond `most` is one part, `Other`. Exact sums. */
export function partsBy(holdings: readonly Holding[], by: Grouping, most = 6): Part[] {
  const groups = new Map<string, { values: string[]; weight: number }>();
  for (const holding of holdings) {
    if (holding.baseValue === null) continue;
    const label = labelOf[by](holding);
    const group = groups.get(label) ?? { values: [], weight: 0 };
    group.values.push(holding.baseValue);
    group.weight += holding.weight ?? 0;
    groups.set(label, group);
  }
  const parts = [...groups]
    .map(([label, { values, weight }]) => ({
      key: label,
      label,
      value: sumExact(values),
      share: weight,
    }))
    .filter(({ value }) => signOf(value) !== 0)
    .sort((a, b) => compareExact(b.value, a.value));
  if (parts.length <= most) return parts;
  const rest = parts.slice(most - 1);
  const other = {
    key: '\u0000other',
    label: `${rest.length} others`,
    value: sumExact(rest.map(({ value }) => value)),
    share: rest.reduce((sum, { share }) => sum + share, 0),
  };
  return [...parts.slice(0, most - 1), other];
}

/** The contributions that moved most, gains first. */
export function topContributions(contributions: readonly Contribution[], most = 6): Contribution[] {
  const known = contributions.filter(({ gain }) => gain !== null && signOf(gain) !== 0);
  const bySize = known.sort((a, b) => Math.abs(Number(b.gain)) - Math.abs(Number(a.gain)));
  return bySize.slice(0, most).sort((a, b) => compareExact(b.gain ?? '0', a.gain ?? '0'));
}

/** Paid in, what markets did before costs, and the costs: they add up to the value exactly. */
export interface Story {
  readonly paidIn: string;
  readonly markets: string;
  readonly costs: string;
}

export function storyOf(performance: Performance): Story | null {
  const { paidIn, gain } = performance;
  if (paidIn === null || gain === null) return null;
  const costs = sumExact(costTerms(performance).map(({ value }) => value ?? '0'));
  return { paidIn, markets: sumExact([gain, costs]), costs };
}

function costTerms(performance: Performance): ExplainTerm[] {
  const terms = [
    ['Fees', 'fees', performance.fees],
    ['Taxes', 'taxes', performance.taxes],
    ['Fees inside cost and proceeds', 'feesInCost', performance.feesInCost],
    ['Taxes inside cost and proceeds', 'taxesInCost', performance.taxesInCost],
  ] as const;
  return terms.flatMap(([label, figure, value]) =>
    value === null || signOf(value) === 0
      ? []
      : [{ ...emptyTerm, label, figure, value, sign: '+', unit: performance.currency }],
  );
}

const emptyTerm = { sign: '', day: null, source: null, note: null, figure: null } as const;

/** How the two sums of the sentence come about; each term leads on to the server's own derivation. */
export function storyTerms(performance: Performance, which: 'markets' | 'costs'): ExplainTerm[] {
  const costs = costTerms(performance);
  const story = storyOf(performance);
  if (story === null) return [];
  const unit = performance.currency;
  const gain = { ...emptyTerm, label: 'Gain', figure: 'gain', value: performance.gain, unit };
  const total = {
    ...emptyTerm,
    sign: '=',
    label: which === 'markets' ? 'Markets and income, before costs' : 'Costs and taxes',
    value: story[which],
    unit,
  };
  return which === 'markets' ? [gain, ...costs, total] : [...costs, total];
}

/** Something that asks for the reader. */
export interface Need {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly action: 'price' | 'holding';
  readonly instrumentId: string | null;
}

/** Holdings whose value is not known, or known only from an old price or an own trade. */
export function needsOf(holdings: readonly Holding[], dayText: (day: string) => string): Need[] {
  const told = new Set<string>();
  const rank = { none: 0, stale: 1, trade: 2 } as const;
  const open = holdings.flatMap((holding) => {
    const { priceState, instrumentId } = holding;
    if (priceState !== 'none' && priceState !== 'stale' && priceState !== 'trade') return [];
    if (instrumentId === null || told.has(instrumentId)) return [];
    told.add(instrumentId);
    return [{ holding, priceState, instrumentId }];
  });
  return open
    .sort((a, b) => rank[a.priceState] - rank[b.priceState])
    .map(({ holding, priceState, instrumentId }) => {
      const on = holding.pricedOn ? dayText(holding.pricedOn) : '';
      const words = {
        none: [`${holding.instrument} has no price`, 'The total leaves it out'],
        stale: [`The price of ${holding.instrument} is old`, `Last known on ${on}`],
        trade: [`${holding.instrument} has no market price`, `Valued as you traded it on ${on}`],
      } as const;
      const [title, detail] = words[priceState];
      return { key: instrumentId, title, detail, action: 'price', instrumentId } as const;
    });
}

/** Each name once, the first of them: `ASML, VWCE, AAPL and 2 more`. */
export function namesOf(names: readonly string[], most = 3): string {
  const each = [...new Set(names)];
  const more = each.length - most;
  const first = each.slice(0, most).join(', ');
  return more > 0 ? `${first} and ${more} more` : first;
}

/** What the page is as of, in a few words. */
export function freshness(holdings: readonly Holding[], dayText: (day: string) => string) {
  const priced = holdings.filter(({ priceState }) => priceState !== 'cash');
  const old = priced.filter(
    ({ priceState }) => priceState !== 'market' && priceState !== 'carried',
  );
  const last = priced
    .map(({ pricedOn }) => pricedOn ?? '')
    .sort()
    .at(-1);
  if (priced.length === 0) return { fresh: true, text: '' };
  const days = last ? `Prices to ${dayText(last)}. ` : '';
  const rest =
    old.length === 0
      ? `All ${priced.length} current`
      : `${old.length} of ${priced.length} without a current price`;
  return { fresh: old.length === 0, text: `${days}${rest}` };
}
