import {
  delistedOn,
  type IdentifierKind,
  type Instrument,
  type InstrumentName,
  identifierKinds,
  instrumentLabel,
  nationalCode,
} from '@plimsoll/domain';
import type { Day } from '@plimsoll/kernel';
import type { InstrumentAlias } from '@plimsoll/ports';

/** A text as what it may mean. */
export interface Wanted {
  readonly text: string;
  readonly symbol: string;
  readonly mic: string | null;
  readonly numbers: readonly IdentifierKind[];
  readonly words: readonly string[];
}

/** Reads `AAPL`, `AAPL@XNAS`, `US0378331005`, `apple inc`. */
export function readWanted(given: string): Wanted {
  const text = given.trim();
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '');
  const venue = /^([^\s@]+)@([A-Za-z0-9]{4})$/.exec(text);
  return {
    text,
    symbol: (venue?.[1] ?? text).toUpperCase(),
    mic: venue?.[2]?.toUpperCase() ?? null,
    numbers: venue ? [] : identifierKinds(code),
    words: text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== ''),
  };
}

export interface FoundInstrument {
  readonly instrument: Instrument;
  readonly matchedBy: string;
  /** How sure it is; more is surer. */
  readonly score: number;
  readonly delistedOn: Day | null;
}

const numberNames: Readonly<Record<IdentifierKind, string>> = {
  isin: 'ISIN',
  figi: 'FIGI',
  cusip: 'CUSIP',
  sedol: 'SEDOL',
  wkn: 'WKN',
};

const scores = {
  id: 120,
  number: 110,
  symbolAtVenue: 100,
  symbol: 90,
  former: 80,
  alias: 75,
  name: 70,
  start: 50,
  part: 30,
} as const;

/** The instruments of a workspace, found by number, symbol and name in a few milliseconds. */
export class InstrumentSearch {
  readonly #byId = new Map<string, Instrument>();
  readonly #byNumber = new Map<string, Instrument[]>();
  readonly #bySymbol = new Map<string, Instrument[]>();
  readonly #byName = new Map<string, Instrument[]>();
  readonly #aliases = new Map<string, string>();
  readonly #names: readonly InstrumentName[];
  readonly #bySaidName = new Map<string, InstrumentName[]>();
  readonly #hasNames: ReadonlySet<string>;
  readonly #all: readonly Instrument[];
  /** All labels and names in one text, each after a line end, and where each begins. */
  readonly #haystack: string;
  readonly #starts: Int32Array;

  constructor(
    instruments: Iterable<Instrument>,
    aliases: readonly InstrumentAlias[],
    names: readonly InstrumentName[],
  ) {
    this.#all = [...instruments];
    this.#names = names;
    this.#hasNames = new Set(names.map(({ instrumentId }) => instrumentId));
    for (const name of names) put(this.#bySaidName, name.symbol.toUpperCase(), name);
    for (const { key, instrumentId } of aliases) this.#aliases.set(key.toLowerCase(), instrumentId);
    this.#starts = new Int32Array(this.#all.length);
    const texts: string[] = [];
    let at = 0;
    for (const [row, instrument] of this.#all.entries()) {
      this.#keep(instrument);
      const text = `\n${[instrument.symbol, instrument.name, instrument.isin].filter(Boolean).join(' ').toLowerCase()}`;
      this.#starts[row] = at;
      at += text.length;
      texts.push(text);
    }
    this.#haystack = texts.join('');
  }

  #keep(instrument: Instrument): void {
    const { id, isin, figi, cusip, symbol, name } = instrument;
    this.#byId.set(id, instrument);
    if (isin) {
      put(this.#byNumber, `isin:${isin}`, instrument);
      const national = nationalCode(isin);
      if (national) put(this.#byNumber, `${national.kind}:${national.code}`, instrument);
    }
    if (figi) put(this.#byNumber, `figi:${figi}`, instrument);
    if (cusip) put(this.#byNumber, `cusip:${cusip}`, instrument);
    if (symbol) put(this.#bySymbol, symbol.toUpperCase(), instrument);
    put(this.#byName, name.trim().toLowerCase(), instrument);
  }

  get(id: string): Instrument | undefined {
    return this.#byId.get(id);
  }

  /** What is known by a provider’s, a symbol’s or a number’s text, the likeliest first; each once. */
  find(wanted: Wanted, on: Day | null, limit: number): readonly FoundInstrument[] {
    const found = new Map<string, Omit<FoundInstrument, 'delistedOn'>>();
    const add = (instrument: Instrument | undefined, matchedBy: string, score: number) => {
      if (instrument === undefined) return;
      const known = found.get(instrument.id);
      if (known === undefined || known.score < score) {
        found.set(instrument.id, { instrument, matchedBy, score });
      }
    };
    add(this.#byId.get(wanted.text), 'id', scores.id);
    this.#byNumbers(wanted, add);
    this.#bySymbols(wanted, on, add);
    const alias = [
      `symbol:${wanted.text}`,
      `name:${wanted.text}`,
      `wkn:${wanted.text}`,
      `sedol:${wanted.text}`,
    ]
      .map((key) => this.#aliases.get(key.toLowerCase()))
      .find((id) => id !== undefined);
    if (alias !== undefined && on === null)
      add(this.#byId.get(alias), 'another name', scores.alias);
    for (const one of this.#byName.get(wanted.text.toLowerCase()) ?? [])
      add(one, 'name', scores.name);
    if (wanted.mic === null && wanted.numbers.length === 0)
      this.#byText(wanted, { on, limit }, add);
    return [...found.values()]
      .sort((a, b) => b.score - a.score || order(a.instrument, b.instrument))
      .slice(0, limit)
      .map((one) => ({ ...one, delistedOn: delistedOn(this.#names, one.instrument.id) }));
  }

  #byNumbers({ text, numbers }: Wanted, add: Add): void {
    const code = text.toUpperCase().replaceAll(/[\s-]/g, '');
    for (const kind of numbers) {
      for (const one of this.#byNumber.get(`${kind}:${code}`) ?? []) {
        add(one, numberNames[kind], scores.number);
      }
      const alias = this.#aliases.get(`${kind}:${code}`.toLowerCase());
      if (alias !== undefined) add(this.#byId.get(alias), numberNames[kind], scores.number);
    }
  }

  /**
   * By what instruments are called on a day, by the names that were said of them; who has no names
   * said is called as it is now, unless somebody else is known to have been called so.
   */
  #bySymbols(wanted: Wanted, on: Day | null, add: Add): void {
    const { symbol, mic } = wanted;
    const said = (this.#bySaidName.get(symbol) ?? []).filter(
      (name) => mic === null || name.mic === mic,
    );
    const current = (this.#bySymbol.get(symbol) ?? []).filter(
      (one) => mic === null || one.mic === mic,
    );
    if (on === null) this.#byNamesEver(wanted, said, add);
    const covering = on === null ? [] : said.filter((name) => covers(name, on));
    const { score, by } = gradeOf(wanted);
    for (const { instrumentId } of covering) {
      add(this.#byId.get(instrumentId), `${by} on ${on}`, score);
    }
    for (const one of current) {
      const isClaimed = covering.some((name) => name.mic === (one.mic ?? null));
      if (on === null || !(isClaimed || this.#hasNames.has(one.id))) add(one, by, score);
    }
  }

  #byNamesEver(wanted: Wanted, said: readonly InstrumentName[], add: Add): void {
    const { score, by } = gradeOf(wanted);
    for (const { instrumentId, symbol, until } of said) {
      const instrument = this.#byId.get(instrumentId);
      if (until === null) add(instrument, by, score);
      else add(instrument, `former symbol ${symbol} until ${until}`, scores.former);
    }
  }

  /** By words of the label or name: all of them must be there, the first at the start of a word at best. */
  #byText(
    { words }: Wanted,
    { on, limit }: { readonly on: Day | null; readonly limit: number },
    add: Add,
  ): void {
    const longest = words.reduce((a, b) => (b.length > a.length ? b : a), '');
    if (longest === '') return;
    let parts = 0;
    for (let at = this.#haystack.indexOf(longest); at >= 0 && parts <= limit * 4; ) {
      const row = this.#rowAt(at);
      const end = this.#starts[row + 1] ?? this.#haystack.length;
      const text = this.#haystack.slice(this.#starts[row], end);
      const starts = words.every((word) => text.includes(`\n${word}`) || text.includes(` ${word}`));
      // Its symbol is that of now: on another day the name alone tells.
      const shown = on === null ? text : (this.#all[row]?.name ?? '').toLowerCase();
      if (words.every((word) => shown.includes(word))) {
        add(this.#all[row], 'name', starts ? scores.start : scores.part);
      }
      if (starts) parts++;
      at = this.#haystack.indexOf(longest, end);
    }
  }

  /** The instrument in whose text a place lies. */
  #rowAt(place: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

const gradeOf = ({ mic }: Wanted): { readonly score: number; readonly by: string } =>
  mic === null
    ? { score: scores.symbol, by: 'symbol' }
    : { score: scores.symbolAtVenue, by: 'symbol and venue' };

type Add = (instrument: Instrument | undefined, matchedBy: string, score: number) => void;

const covers = ({ from, until }: InstrumentName, day: Day): boolean =>
  (from === null || from <= day) && (until === null || day < until);

const order = (a: Instrument, b: Instrument): number =>
  instrumentLabel(a).length - instrumentLabel(b).length ||
  instrumentLabel(a).localeCompare(instrumentLabel(b)) ||
  (a.mic ?? '').localeCompare(b.mic ?? '');

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
