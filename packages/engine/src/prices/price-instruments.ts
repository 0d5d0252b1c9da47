import { type Instrument, plainInstrument } from '@plimsoll/domain';
import type { PriceFileSeries } from '@plimsoll/ports';
import { unknownCurrency } from '../imports/instrument-index.ts';
import { priceUnit } from './price-unit.ts';

const fxPair = /^([A-Z]{3})[-_/. ]?([A-Z]{3})(?:=X)?$/;
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** `EURUSD`, `EUR-USD` or `EURUSD=X`: units of the second currency per one of the first. */
function pairOf(symbol: string, currency: string | null): { symbol: string; quote: string } | null {
  const [, base = '', quote = ''] = fxPair.exec(symbol.toUpperCase()) ?? [];
  if (!currencies.has(base) || !currencies.has(quote) || base === quote) return null;
  return currency === null || currency.toUpperCase() === quote
    ? { symbol: base + quote, quote }
    : null;
}

/** Files cannot hold every sign that symbols do, and sites write them their way: `brk-b` for `BRK.B`. */
const loosely = (symbol: string): string =>
  symbol.toUpperCase().replaceAll(/[^\p{Letter}\p{Number}]+/gu, '.');

const inCapitals = (symbol: string): string => symbol.toUpperCase();

const codesOf = ({ symbol, isin, cusip }: Instrument): string[] =>
  [symbol, isin, cusip].flatMap((code) => (code ? [code] : []));

/** Instruments by a way of writing their codes; those that several share are nobody's. */
class ByWriting {
  readonly #write: (code: string) => string;
  readonly #ids = new Map<string, string | null>();

  constructor(write: (code: string) => string) {
    this.#write = write;
  }

  keep(instrument: Instrument): void {
    for (const code of codesOf(instrument)) {
      const written = this.#write(code);
      const known = this.#ids.get(written);
      const isShared = known !== undefined && known !== instrument.id;
      this.#ids.set(written, isShared ? null : instrument.id);
    }
  }

  find(code: string): string | undefined {
    return this.#ids.get(this.#write(code)) ?? undefined;
  }

  isTaken(code: string): boolean {
    return this.#ids.has(this.#write(code));
  }
}

/** The instruments of a workspace as price files call them. */
export class PriceInstruments {
  readonly #byId = new Map<string, Instrument>();
  readonly #exact = new Map<string, string>();
  readonly #byCase = new ByWriting(inCapitals);
  readonly #alike = new ByWriting(loosely);
  readonly #newId: () => string;

  constructor(instruments: readonly Instrument[], newId: () => string) {
    this.#newId = newId;
    for (const { id, name, isin, cusip } of instruments) {
      for (const code of [name, cusip, isin]) if (code) this.#exact.set(code, id);
    }
    for (const instrument of instruments) this.keep(instrument);
  }

  /** Takes in a new instrument, or what has become of a known one. */
  keep(instrument: Instrument): void {
    this.#byId.set(instrument.id, instrument);
    if (instrument.symbol) this.#exact.set(instrument.symbol, instrument.id);
    this.#byCase.keep(instrument);
    this.#alike.keep(instrument);
  }

  /**
   * The instrument whose prices a file holds: that of the very symbol, else the only one that
   * differs in case, else the only one that differs in case and signs; made where there is none.
   */
  ofSeries(read: PriceFileSeries, currency: string | undefined): Instrument {
    const found = this.#find(read.symbol, read.history.currency);
    return found ?? this.#make(read, read.history.currency ?? null, currency);
  }

  /** The one that a file calls so; undefined where there is none. */
  find(symbol: string): Instrument | undefined {
    return this.#find(symbol, null);
  }

  /** A new one by its symbol. */
  make(
    named: Pick<PriceFileSeries, 'symbol' | 'namedByFile'>,
    currency: string | null,
  ): Instrument {
    return this.#make(named, currency, undefined);
  }

  #find(symbol: string, currency: string | null): Instrument | undefined {
    const pair = pairOf(symbol, currency);
    const id =
      this.#exact.get(symbol) ??
      (pair ? this.#exact.get(pair.symbol) : undefined) ??
      this.#byCase.find(symbol) ??
      this.#alike.find(symbol);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  #make(
    named: Pick<PriceFileSeries, 'symbol' | 'namedByFile'>,
    stated: string | null,
    usual: string | undefined,
  ): Instrument {
    const pair = pairOf(named.symbol, stated);
    const symbol = pair?.symbol ?? this.#newSymbol(named);
    const unit = stated ?? pair?.quote ?? usual ?? unknownCurrency;
    return plainInstrument({
      id: this.#newId(),
      kind: pair ? 'fx' : 'equity',
      name: symbol,
      symbol,
      ...priceUnit(unit),
    });
  }

  /** File names are often in small letters whatever they name; a column is as its author wrote it. */
  #newSymbol({ symbol, namedByFile }: Pick<PriceFileSeries, 'symbol' | 'namedByFile'>): string {
    const isSmall = namedByFile === true && /^[a-z]+$/.test(symbol);
    return isSmall && !this.#byCase.isTaken(symbol) && this.#writesCapitals()
      ? symbol.toUpperCase()
      : symbol;
  }

  /** Whether symbols are written in capitals: some are, and none in small letters. */
  #writesCapitals(): boolean {
    const symbols = [...this.#byId.values()]
      .flatMap(({ kind, symbol }) => (symbol && kind !== 'fx' ? [symbol] : []))
      .filter((symbol) => /\p{Letter}/u.test(symbol));
    const isSmall = (symbol: string) => symbol === symbol.toLowerCase();
    return symbols.some((symbol) => symbol === symbol.toUpperCase()) && !symbols.some(isSmall);
  }
}
