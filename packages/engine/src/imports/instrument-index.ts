import { type Identifiers, type Instrument, plainInstrument } from '@plimsoll/domain';
import { one, type Price, unitPrice } from '@plimsoll/kernel';
import type { InstrumentAlias, InstrumentHint } from '@plimsoll/ports';
import { betterSpelled, isRespelled } from './respelled.ts';

/** ISO 4217's code for no currency: prices came before anyone said what they are in. */
export const unknownCurrency = 'XXX';

/** All names of a hint, the surest first. */
function hintKeys(hint: Identifiers & { readonly name?: string | undefined }): string[] {
  return [
    hint.isin && `isin:${hint.isin.toUpperCase()}`,
    hint.figi && `figi:${hint.figi.toUpperCase()}`,
    hint.cusip && `cusip:${hint.cusip.toUpperCase()}`,
    hint.symbol && hint.mic && `symbol:${hint.symbol}@${hint.mic}`,
    hint.symbol && `symbol:${hint.symbol}`,
    hint.name && `name:${hint.name.trim().toLowerCase()}`,
  ].filter((key): key is string => Boolean(key));
}

/** The name by which a hint is shown and mapped. */
export const hintKey = (hint: Identifiers & { readonly name?: string | undefined }): string =>
  hintKeys(hint)[0] ?? 'name:';

/**
 * Finds the instrument that a file means: first by the user's own choice, then by what was
 * remembered, then by identifier and name; else makes a new one. The same hint always means the
 * same instrument.
 */
export class InstrumentIndex {
  /** What a name may stand for, the likeliest first: `BTC` is a coin and a fund. */
  readonly #byKey = new Map<string, string[]>();
  readonly #byId = new Map<string, Instrument>();
  /** By symbol in capitals. */
  readonly #bySpelling = new Map<string, Set<string>>();
  readonly #remembered = new Map<string, string>();
  readonly #chosen: Readonly<Record<string, string>>;
  readonly #newId: () => string;
  readonly #met = new Set<string>();
  readonly #origins = new Map<string, string>();
  readonly #made = new Set<string>();
  /** Whose prices are kept and counted in a known unit, which must stay as it is. */
  readonly #settled = new Set<string>();
  /** Of which nothing but prices is known, so that their symbol may be a file's way to write it. */
  readonly #untraded = new Set<string>();
  readonly #changed = new Set<string>();
  /** What is to be remembered beside what was. */
  readonly aliases = new Map<string, string>();

  constructor(
    instruments: Iterable<Instrument>,
    aliases: readonly InstrumentAlias[],
    chosen: Readonly<Record<string, string>>,
    newId: () => string,
  ) {
    this.#chosen = chosen;
    this.#newId = newId;
    for (const { key, instrumentId } of aliases) {
      this.#remembered.set(key, instrumentId);
      this.#byKey.set(key, [instrumentId]);
    }
    for (const instrument of instruments) this.#keep(instrument);
  }

  /** Instruments whose prices are kept: what their prices count in stays, where it is known. */
  keepUnits(priced: Iterable<string>): void {
    for (const id of priced) {
      const known = this.#byId.get(id);
      if (known && known.currency !== unknownCurrency) this.#settled.add(id);
    }
  }

  /** Instruments of which nothing but prices is known: a symbol in another case may mean them. */
  offerUntraded(ids: Iterable<string>): void {
    for (const id of ids) this.#untraded.add(id);
  }

  /** Instruments made or completed since, to be saved. */
  get unsaved(): Instrument[] {
    return [...this.#changed].flatMap((id) => this.#byId.get(id) ?? []);
  }

  get all(): ReadonlyMap<string, Instrument> {
    return this.#byId;
  }

  isNew(id: string): boolean {
    return this.#made.has(id);
  }

  /** With the currency of the row's amounts, empty where it has none. */
  resolve(hint: InstrumentHint, currency: string): Instrument {
    const keys = hintKeys(hint);
    const chosen = this.#choice(keys);
    const found = chosen ?? this.#find(keys, hint) ?? this.#respelled(hint, currency);
    const instrument = found ? this.#complete(found, hint, currency) : this.#make(hint, currency);
    this.#met.add(instrument.id);
    this.#untraded.delete(instrument.id);
    for (const key of keys) this.#remember(key, instrument, chosen !== undefined);
    return instrument;
  }

  /** A spin-off, merger or new symbol made the one out of the other. */
  noteOrigin(id: string, originId: string): void {
    if (id !== originId) this.#origins.set(id, originId);
  }

  /**
   * Gives those instruments of the files that no row showed a currency that of what they came from,
   * else the account's.
   */
  settleCurrencies(currency: string): void {
    for (const id of this.#met) {
      const instrument = this.#byId.get(id);
      if (instrument?.currency !== unknownCurrency) continue;
      this.#save({ ...instrument, ...(this.#unitOfOrigin(id) ?? { currency }) });
    }
  }

  #unitOfOrigin(id: string): Pick<Instrument, 'currency' | 'priceFactor'> | undefined {
    const seen = new Set([id]);
    for (let at = this.#origins.get(id); at !== undefined; at = this.#origins.get(at)) {
      const origin = this.#byId.get(at);
      if (!origin || seen.has(at)) return undefined;
      const { currency, priceFactor } = origin;
      if (currency !== unknownCurrency) return { currency, priceFactor };
      seen.add(at);
    }
    return undefined;
  }

  #choice(keys: readonly string[]): Instrument | undefined {
    const id = keys.map((key) => this.#chosen[key]).find((one) => one !== undefined);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** By the surest name both have, unless they cannot be the same whatever else agrees. */
  #find(keys: readonly string[], hint: InstrumentHint): Instrument | undefined {
    for (const key of keys) {
      for (const id of this.#byKey.get(key) ?? []) {
        const known = this.#byId.get(id);
        if (known && (this.#isChosenBefore(key, id) || !contradicts(known, hint))) return known;
      }
    }
    return undefined;
  }

  /** The only instrument whose symbol differs in case, where prices are all that is known of it. */
  #respelled(hint: InstrumentHint, currency: string): Instrument | undefined {
    const { symbol } = hint;
    if (symbol === undefined) return undefined;
    const [id = '', ...others] = this.#bySpelling.get(symbol.toUpperCase()) ?? [];
    const known = this.#byId.get(id);
    if (!known?.symbol || others.length > 0 || !this.#untraded.has(id)) return undefined;
    const isPricedSo =
      known.currency === unknownCurrency || known.currency === currencyFor(hint, currency);
    if (!isPricedSo || !isRespelled(known.symbol, symbol) || contradicts(known, hint)) {
      return undefined;
    }
    this.#remember(`symbol:${known.symbol}`, known, false);
    const better = betterSpelled(known.symbol, symbol);
    if (better === known.symbol) return known;
    const name = known.name === known.symbol ? better : known.name;
    const respelled = { ...known, symbol: better, name };
    this.#save(respelled);
    return respelled;
  }

  /** An identifier that was mapped to an instrument with another one: the user said so. */
  #isChosenBefore(key: string, id: string): boolean {
    return !isAmbiguous(key) && this.#remembered.get(key) === id;
  }

  #remember(key: string, { id }: Instrument, byChoice: boolean): void {
    const candidates = this.#byKey.get(key) ?? [];
    if (byChoice && candidates[0] !== id) {
      this.#byKey.set(key, [id, ...candidates.filter((one) => one !== id)]);
    } else if (!candidates.includes(id)) {
      this.#byKey.set(key, [...candidates, id]);
    }
    const known = this.#remembered.get(key);
    if (known === undefined || (byChoice && known !== id)) {
      this.#remembered.set(key, id);
      this.aliases.set(key, id);
    }
  }

  /** An instrument made from prices alone learns its currency and names from the first transaction. */
  #complete(known: Instrument, hint: InstrumentHint, currency: string): Instrument {
    // What the user said to be the same keeps the names it has.
    const named = !contradicts(known, hint);
    const completed: Instrument = {
      ...(named ? identifiersOf(hint) : {}),
      ...known,
      priceFactor: this.#factorOf(known, hint),
      currency: known.currency === unknownCurrency ? currencyFor(hint, currency) : known.currency,
      name: named && known.name === known.symbol && hint.name ? hint.name : known.name,
      kind: known.currency === unknownCurrency && hint.kind ? hint.kind : known.kind,
    };
    if (sameInstrument(completed, known)) return known;
    this.#save(completed);
    return completed;
  }

  /** Pence as soon as a file trades it so, whatever was paid in pounds; kept prices stay what they are. */
  #factorOf({ id, currency, priceFactor }: Instrument, hint: InstrumentHint): Price {
    const { priceFactor: stated, currency: statedIn } = hint;
    if (stated === undefined || priceFactor !== unitPrice || this.#settled.has(id)) {
      return priceFactor;
    }
    return currency === unknownCurrency || currency === statedIn ? stated : priceFactor;
  }

  #make(hint: InstrumentHint, currency: string): Instrument {
    const option = hint.option && {
      underlyingId: this.resolve(hint.option.underlying, hint.currency ?? currency).id,
      right: hint.option.right,
      strike: (hint.option.strike * 10n ** 6n) as Price,
      expiresOn: hint.option.expiresOn,
    };
    const instrument = plainInstrument({
      id: this.#newId(),
      kind: hint.kind ?? (option ? 'option' : 'equity'),
      name: hint.name ?? hint.symbol ?? hint.isin ?? hint.cusip ?? hint.figi ?? 'unnamed',
      currency: currencyFor(hint, currency),
      multiplier: hint.multiplier ?? one,
      ...(hint.priceFactor ? { priceFactor: hint.priceFactor } : {}),
      ...identifiersOf(hint),
      ...(option ? { option } : {}),
    });
    this.#made.add(instrument.id);
    this.#save(instrument);
    return instrument;
  }

  #save(instrument: Instrument): void {
    this.#changed.add(instrument.id);
    this.#keep(instrument);
  }

  #keep(instrument: Instrument): void {
    this.#byId.set(instrument.id, instrument);
    if (instrument.symbol) {
      const spelling = instrument.symbol.toUpperCase();
      const alike = this.#bySpelling.get(spelling);
      if (alike) alike.add(instrument.id);
      else this.#bySpelling.set(spelling, new Set([instrument.id]));
    }
    for (const key of hintKeys(instrument)) {
      const candidates = this.#byKey.get(key);
      if (!candidates) this.#byKey.set(key, [instrument.id]);
      else if (!candidates.includes(instrument.id)) candidates.push(instrument.id);
    }
  }
}

const currencyFor = (hint: InstrumentHint, ofRow: string): string =>
  hint.currency ?? (ofRow === '' ? unknownCurrency : ofRow);

/** Several instruments may share a symbol or a name; not an identifier. */
const isAmbiguous = (key: string): boolean => key.startsWith('symbol:') || key.startsWith('name:');

function identifiersOf({ isin, figi, cusip, symbol, mic }: Identifiers): Identifiers {
  return {
    ...(isin ? { isin: isin.toUpperCase() } : {}),
    ...(figi ? { figi } : {}),
    ...(cusip ? { cusip } : {}),
    ...(symbol ? { symbol } : {}),
    ...(mic ? { mic } : {}),
  };
}

/** Whether two cannot be one instrument though a name of theirs is the same. */
function contradicts(known: Instrument, hint: InstrumentHint): boolean {
  if (hint.isin !== undefined && known.isin !== undefined) {
    return known.isin !== hint.isin.toUpperCase();
  }
  return isOfOtherKind(known, hint) || isListedElsewhere(known, hint);
}

const apart: ReadonlySet<string> = new Set(['crypto', 'option', 'fx', 'index', 'future']);

/** A coin and a share, an option and what it is on. Prices that came first do not say what of. */
function isOfOtherKind(known: Instrument, { kind, option }: InstrumentHint): boolean {
  const wanted = kind ?? (option ? 'option' : undefined);
  if (wanted === undefined || wanted === known.kind || known.currency === unknownCurrency) {
    return false;
  }
  return apart.has(wanted) || apart.has(known.kind);
}

/** One symbol at two exchanges in two currencies: two prices. */
const isListedElsewhere = (known: Instrument, { mic, currency }: InstrumentHint): boolean =>
  mic !== undefined &&
  known.mic !== undefined &&
  mic !== known.mic &&
  currency !== undefined &&
  currency !== known.currency;

const sameInstrument = (a: Instrument, b: Instrument): boolean =>
  a.currency === b.currency &&
  a.priceFactor === b.priceFactor &&
  a.name === b.name &&
  a.kind === b.kind &&
  a.isin === b.isin &&
  a.figi === b.figi &&
  a.cusip === b.cusip &&
  a.symbol === b.symbol &&
  a.mic === b.mic;
