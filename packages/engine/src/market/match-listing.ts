import { type Instrument, type InstrumentKind, instrumentLabel } from '@plimsoll/domain';
import { ok, type Result, refuse } from '@plimsoll/kernel';
import { unknownCurrency } from '../imports/instrument-index.ts';

/** Kinds that a market quotes in public. What else is held is nobody's business but its holder's. */
const listed: ReadonlySet<InstrumentKind> = new Set([
  'equity',
  'etf',
  'fund',
  'bond',
  'crypto',
  'fx',
  'index',
  'commodity',
]);

/** Whether it may have a listing at all: real, and of a kind that is quoted. */
export const mayBeListed = ({ kind, simulated }: Instrument): boolean =>
  !simulated && listed.has(kind);

/**
 * Currencies whose symbols name one thing without a venue: all exchanges of that country share one
 * list of symbols, or there is one exchange. In euros the same symbol is several shares.
 */
const oneListOfSymbols: ReadonlySet<string> = new Set(
  'USD GBP CHF JPY HKD AUD CAD SEK DKK NOK INR'.split(' '),
);

/** A listing that an instrument is, by what it was recognised. */
export interface Match {
  readonly listingId: string;
  readonly evidence: string;
}

/** The listings of the market, by what instruments are recognised by. */
export class ListingIndex {
  readonly #byKey = new Map<string, Set<string>>();
  readonly #byId = new Map<string, Instrument>();

  constructor(listings: Iterable<Instrument>) {
    for (const listing of listings) this.keep(listing);
  }

  keep(listing: Instrument): void {
    this.#byId.set(listing.id, listing);
    for (const { key } of keysOf(listing)) {
      const ids = this.#byKey.get(key) ?? new Set();
      this.#byKey.set(key, ids.add(listing.id));
    }
  }

  /**
   * The listing of an instrument: by FIGI, by ISIN and currency, by symbol and venue, else by symbol,
   * currency and kind where only one has them. What contradicts it in any identifier is another one.
   */
  find(instrument: Instrument): Match | null {
    for (const { key, evidence } of keysOf(instrument)) {
      const same = [...(this.#byKey.get(key) ?? [])].filter((id) => {
        const listing = this.#byId.get(id);
        return listing !== undefined && !contradicts(instrument, listing);
      });
      const [listingId] = same;
      if (listingId !== undefined && same.length === 1) return { listingId, evidence };
    }
    return null;
  }
}

interface Key {
  readonly key: string;
  readonly evidence: string;
}

/** What an instrument may be recognised by, the surest first. */
function keysOf(instrument: Instrument): readonly Key[] {
  const { kind, currency, figi, isin, symbol, mic } = instrument;
  const keys: Key[] = [];
  if (figi) keys.push({ key: `figi:${figi}`, evidence: `By its FIGI ${figi}.` });
  if (isin) {
    const key = `isin:${isin}:${currency}`;
    keys.push({ key, evidence: `By its ISIN ${isin} in ${currency}.` });
  }
  if (symbol && mic) {
    keys.push({ key: `venue:${symbol}@${mic}`, evidence: `By its symbol ${symbol} at ${mic}.` });
  }
  if (symbol) {
    const key = `symbol:${symbol.toUpperCase()}:${currency}:${familyOf(kind)}`;
    const evidence = `By its symbol ${symbol} in ${currency}; no venue is known.`;
    keys.push({ key, evidence });
  }
  return keys;
}

/** Brokers call a fund a share and the other way round. */
const familyOf = (kind: InstrumentKind): string =>
  kind === 'equity' || kind === 'etf' || kind === 'fund' ? 'share' : kind;

/** Whether two say different things of the same: then they are not one. */
function contradicts(a: Instrument, b: Instrument): boolean {
  if (a.currency !== b.currency || familyOf(a.kind) !== familyOf(b.kind)) return true;
  return (['isin', 'figi', 'mic'] as const).some(
    (name) => a[name] !== undefined && b[name] !== undefined && a[name] !== b[name],
  );
}

/**
 * The listing that is made for an instrument which has none yet: its public identifiers alone.
 * Refused where they would name several things at once, or nothing.
 */
export function newListing(instrument: Instrument, id: string): Result<Instrument> {
  const { kind, name, currency, multiplier, priceFactor } = instrument;
  const { isin, figi, symbol, mic, sector, country } = instrument;
  const label = instrumentLabel(instrument);
  if (currency === unknownCurrency) {
    return unclear(`The currency of ${label} is not known.`);
  }
  if (isin === undefined && figi === undefined && symbol === undefined) {
    return unclear(`${label} has no ISIN and no symbol.`);
  }
  const isAlone =
    mic !== undefined || kind === 'crypto' || kind === 'fx' || oneListOfSymbols.has(currency);
  if (isin === undefined && figi === undefined && !isAlone) {
    return unclear(`${label} in ${currency} may be any of several venues' symbols.`);
  }
  const identifiers = { isin, figi, symbol, mic, sector, country };
  const known = Object.entries(identifiers).filter(([, value]) => value !== undefined);
  return ok({
    id,
    kind,
    name: isin ?? symbol ?? name,
    currency,
    multiplier,
    priceFactor,
    simulated: false,
    ...(Object.fromEntries(known) as Partial<Instrument>),
  });
}

const unclear = (detail: string) => refuse({ code: 'market.refused', detail });
