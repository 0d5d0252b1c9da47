import { type Identifiers, type Instrument, plainInstrument } from '@plimsoll/domain';
import { one, type Price } from '@plimsoll/kernel';
import type { InstrumentAlias, InstrumentHint } from '@plimsoll/ports';

/** ISO 4217's code for no currency: prices came before anyone said what they are in. */
export const unknownCurrency = 'XXX';

/** All names of a hint, the surest first. */
export function hintKeys(hint: Identifiers & { readonly name?: string | undefined }): string[] {
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

/** What a hint came to mean. */
export interface Resolved {
  readonly instrument: Instrument;
  readonly isNew: boolean;
}

/**
 * Finds the instrument that a file means: first by the user's own choice, then by what was
 * remembered, then by identifier and name; else makes a new one. The same hint always means the
 * same instrument.
 */
export class InstrumentIndex {
  readonly #byKey = new Map<string, Instrument>();
  readonly #byId = new Map<string, Instrument>();
  readonly #chosen: Readonly<Record<string, string>>;
  readonly #newId: () => string;
  readonly #made = new Map<string, Instrument>();
  readonly #changed = new Map<string, Instrument>();
  readonly aliases = new Map<string, string>();

  constructor(
    instruments: Iterable<Instrument>,
    aliases: readonly InstrumentAlias[],
    chosen: Readonly<Record<string, string>>,
    newId: () => string,
  ) {
    this.#chosen = chosen;
    this.#newId = newId;
    for (const instrument of instruments) {
      this.#byId.set(instrument.id, instrument);
      this.#learn(instrument);
    }
    for (const { key, instrumentId } of aliases) {
      const instrument = this.#byId.get(instrumentId);
      if (instrument) this.#byKey.set(key, instrument);
    }
  }

  /** Instruments made or completed since, to be saved. */
  get unsaved(): Instrument[] {
    return [...new Map([...this.#made, ...this.#changed]).values()];
  }

  get all(): ReadonlyMap<string, Instrument> {
    return this.#byId;
  }

  isNew(id: string): boolean {
    return this.#made.has(id);
  }

  resolve(hint: InstrumentHint, currency: string): Instrument {
    const chosenId = hintKeys(hint)
      .map((key) => this.#chosen[key])
      .find((id) => id !== undefined);
    const chosen = chosenId === undefined ? undefined : this.#byId.get(chosenId);
    const found = chosen ?? this.#find(hint);
    const instrument = found ? this.#complete(found, hint, currency) : this.#make(hint, currency);
    for (const key of hintKeys(hint)) {
      if (chosen || !this.#byKey.has(key)) {
        this.#byKey.set(key, instrument);
        this.aliases.set(key, instrument.id);
      }
    }
    return instrument;
  }

  /** By the surest name both have; two different ISINs are two instruments whatever else agrees. */
  #find(hint: InstrumentHint): Instrument | undefined {
    for (const key of hintKeys(hint)) {
      const known = this.#byKey.get(key);
      if (known && !contradicts(known, hint)) return known;
    }
    return undefined;
  }

  /** An instrument made from prices alone learns its currency and names from the first transaction. */
  #complete(known: Instrument, hint: InstrumentHint, currency: string): Instrument {
    const completed: Instrument = {
      ...identifiersOf(hint),
      ...known,
      currency: known.currency === unknownCurrency ? (hint.currency ?? currency) : known.currency,
      name: known.name === known.symbol && hint.name ? hint.name : known.name,
      kind: known.currency === unknownCurrency && hint.kind ? hint.kind : known.kind,
    };
    if (sameInstrument(completed, known)) return known;
    this.#changed.set(known.id, completed);
    this.#byId.set(known.id, completed);
    this.#learn(completed);
    return completed;
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
      currency: hint.currency ?? currency,
      multiplier: hint.multiplier ?? one,
      ...identifiersOf(hint),
      ...(option ? { option } : {}),
    });
    this.#made.set(instrument.id, instrument);
    this.#byId.set(instrument.id, instrument);
    this.#learn(instrument);
    return instrument;
  }

  #learn(instrument: Instrument): void {
    for (const key of hintKeys(instrument)) {
      const known = this.#byKey.get(key);
      if (!known || known.id === instrument.id) this.#byKey.set(key, instrument);
    }
  }
}

function identifiersOf({ isin, figi, cusip, symbol, mic }: Identifiers): Identifiers {
  return {
    ...(isin ? { isin: isin.toUpperCase() } : {}),
    ...(figi ? { figi } : {}),
    ...(cusip ? { cusip } : {}),
    ...(symbol ? { symbol } : {}),
    ...(mic ? { mic } : {}),
  };
}

const contradicts = (known: Instrument, hint: InstrumentHint): boolean =>
  known.isin !== undefined && hint.isin !== undefined && known.isin !== hint.isin.toUpperCase();

const sameInstrument = (a: Instrument, b: Instrument): boolean =>
  a.currency === b.currency &&
  a.name === b.name &&
  a.kind === b.kind &&
  a.isin === b.isin &&
  a.figi === b.figi &&
  a.cusip === b.cusip &&
  a.symbol === b.symbol &&
  a.mic === b.mic;
