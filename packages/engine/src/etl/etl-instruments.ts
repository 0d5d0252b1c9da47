import type { Instrument } from '@plimsoll/domain';
import type { EtlInstrument, UnitOfWork } from '@plimsoll/ports';
import { PriceInstruments } from '../prices/price-instruments.ts';

/** What a file calls an instrument, in a sentence. */
export const namedInFile = ({ symbol, isin, figi, cusip, name }: EtlInstrument): string =>
  symbol ?? isin ?? figi ?? cusip ?? name ?? '';

/** The instruments of a workspace as files call them; those that are not there are made. */
export class EtlInstruments {
  readonly #known: PriceInstruments;
  readonly #byNumber = new Map<string, Instrument>();
  readonly #byVenue = new Map<string, Instrument>();
  readonly #byName = new Map<string, Instrument>();
  readonly #before: ReadonlySet<string>;
  readonly #version: number;
  readonly made = new Map<string, Instrument>();
  readonly matched = new Map<string, Instrument>();

  constructor(instruments: readonly Instrument[], newId: () => string, version: number) {
    this.#known = new PriceInstruments(instruments, newId);
    this.#before = new Set(instruments.map(({ id }) => id));
    this.#version = version;
    for (const instrument of instruments) this.#keep(instrument);
  }

  static async within({ catalogue }: UnitOfWork, newId: () => string): Promise<EtlInstruments> {
    return new EtlInstruments(await catalogue.instruments(), newId, await catalogue.version());
  }

  /** Whether the catalogue is still as it was. */
  async isCurrent({ catalogue }: UnitOfWork): Promise<boolean> {
    return (await catalogue.version()) === this.#version;
  }

  #keep(instrument: Instrument): void {
    const { isin, figi, cusip, symbol, mic, name } = instrument;
    for (const number of [isin, figi, cusip]) if (number) this.#byNumber.set(number, instrument);
    if (symbol && mic) this.#byVenue.set(`${symbol}@${mic}`, instrument);
    const known = name.trim().toLowerCase();
    if (!this.#byName.has(known)) this.#byName.set(known, instrument);
  }

  /** The one that is known by a number, by symbol and venue, or by name; undefined where none is. */
  find(named: EtlInstrument): Instrument | undefined {
    const { isin, figi, cusip, symbol, mic, name } = named;
    const byNumber = [isin, figi, cusip].flatMap(
      (one) => (one && this.#byNumber.get(one)) || [],
    )[0];
    const found =
      byNumber ??
      (symbol && mic ? this.#byVenue.get(`${symbol}@${mic}`) : undefined) ??
      this.#bySymbol(named) ??
      (symbol === undefined && isin === undefined && name !== undefined
        ? this.#byName.get(name.trim().toLowerCase())
        : undefined);
    if (found !== undefined && this.#before.has(found.id)) this.matched.set(found.id, found);
    return found;
  }

  /** A symbol names nothing else than what has the ISIN that stands beside it. */
  #bySymbol({ symbol, isin, mic }: EtlInstrument): Instrument | undefined {
    if (symbol === undefined) return undefined;
    const found = this.#known.find(symbol);
    if (found === undefined) return undefined;
    const isOther =
      (isin !== undefined && found.isin !== undefined && found.isin !== isin) ||
      (mic !== undefined && found.mic !== undefined && found.mic !== mic);
    return isOther ? undefined : found;
  }

  /** The one that is known, or a new one; `currency` is what its figures are in, null where unknown. */
  findOrMake(named: EtlInstrument, currency: string | null): Instrument {
    const found = this.find(named);
    if (found !== undefined) return found;
    const symbol = namedInFile(named);
    const { namedByFile = false } = named;
    const plain = this.#known.make({ symbol, namedByFile }, currency);
    const { isin, figi, cusip, mic, name } = named;
    const given = Object.entries({ isin, figi, cusip, mic, name }).filter(([, text]) => text);
    const made = { ...plain, ...Object.fromEntries(given) } as Instrument;
    this.take(made);
    return made;
  }

  /** Takes in one that is new, or what has become of a known one. */
  take(instrument: Instrument): void {
    if (this.#before.has(instrument.id)) this.matched.set(instrument.id, instrument);
    else this.made.set(instrument.id, instrument);
    this.#known.keep(instrument);
    this.#keep(instrument);
  }
}
