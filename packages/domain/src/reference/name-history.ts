import type { Day } from '@plimsoll/kernel';

export const nameEnds = ['symbol-change', 'delisting', 'merger'] as const;

/** A symbol that an instrument goes by at a venue during `[from, until)`. */
export interface InstrumentName {
  readonly instrumentId: string;
  readonly symbol: string;
  /** ISO 10383; null where no venue is known. */
  readonly mic: string | null;
  /** Null: as far back as anyone knows. */
  readonly from: Day | null;
  /** The first day on which it is not called so; null while it is. */
  readonly until: Day | null;
  readonly endedBy: (typeof nameEnds)[number] | null;
  /** `by hand`, `symbol change of 2022-06-09`, `file:members.csv`. */
  readonly source: string;
}

const before = (a: Day | null, b: Day | null): boolean => b !== null && (a === null || a < b);

const startsBefore = (from: Day | null, until: Day | null): boolean =>
  until === null || before(from, until);

const overlaps = (a: InstrumentName, b: InstrumentName): boolean =>
  startsBefore(a.from, b.until) && startsBefore(b.from, a.until);

const covers = ({ from, until }: InstrumentName, day: Day): boolean =>
  (from === null || from <= day) && (until === null || day < until);

const sameSymbol = (a: InstrumentName, b: Pick<InstrumentName, 'symbol' | 'mic'>): boolean =>
  a.symbol === b.symbol && a.mic === b.mic;

/** Whom a symbol at a venue names on a day; undefined where nobody is known by it then. */
export const nameHolder = (
  names: readonly InstrumentName[],
  wanted: Pick<InstrumentName, 'symbol' | 'mic'>,
  day: Day,
): string | undefined =>
  names.find((name) => sameSymbol(name, wanted) && covers(name, day))?.instrumentId;

/**
 * The history with one name more. What is said last holds: whoever else had the symbol in that time
 * has it before and after only, and so the instrument has one symbol at a venue at a time. A name of
 * no day at all changes nothing.
 */
export function withName(
  names: readonly InstrumentName[],
  added: InstrumentName,
): readonly InstrumentName[] {
  if (!startsBefore(added.from, added.until)) return names;
  const kept = names.flatMap((name) => {
    const isRival =
      sameSymbol(name, added) ||
      (name.instrumentId === added.instrumentId && name.mic === added.mic);
    return isRival && overlaps(name, added) ? without(name, added) : [name];
  });
  return joined([...kept, added]);
}

/** What is left of a name where another one takes its days. */
function without(name: InstrumentName, taken: InstrumentName): InstrumentName[] {
  const left: InstrumentName[] = [];
  if (taken.from !== null && before(name.from, taken.from)) {
    left.push({ ...name, until: taken.from, endedBy: name.endedBy ?? 'symbol-change' });
  }
  if (taken.until !== null && startsBefore(taken.until, name.until)) {
    left.push({ ...name, from: taken.until });
  }
  return left;
}

const byStart = (a: InstrumentName, b: InstrumentName): number =>
  a.from === b.from ? 0 : before(a.from, b.from) || b.from === null ? -1 : 1;

/** Neighbours that say the same are one. */
function joined(names: readonly InstrumentName[]): readonly InstrumentName[] {
  const sorted = names.toSorted(
    (a, b) =>
      compare(a.instrumentId, b.instrumentId) ||
      compare(a.mic ?? '', b.mic ?? '') ||
      compare(a.from ?? '', b.from ?? ''),
  );
  const all: InstrumentName[] = [];
  for (const name of sorted) {
    const last = all.at(-1);
    const continues =
      last?.instrumentId === name.instrumentId &&
      sameSymbol(last, name) &&
      last.until !== null &&
      last.until === name.from;
    if (continues) all[all.length - 1] = { ...name, from: last.from };
    else all.push(name);
  }
  return all;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What is known of an instrument's name as it changes. */
export interface NameChange {
  readonly instrumentId: string;
  /** The symbol so far. */
  readonly symbol: string;
  readonly mic: string | null;
  readonly day: Day;
  readonly source: string;
}

/** From the day on it goes by another symbol; until then it is what it was called. */
export function renamed(
  names: readonly InstrumentName[],
  change: NameChange & { readonly newSymbol: string },
): readonly InstrumentName[] {
  const { instrumentId, mic, day, source, newSymbol } = change;
  const sofar = ended(names, change, 'symbol-change');
  const from = { instrumentId, mic, source, symbol: newSymbol, from: day, until: null };
  return withName(sofar, { ...from, endedBy: null });
}

/** From the day on nothing is called so any more. */
export function ended(
  names: readonly InstrumentName[],
  { instrumentId, symbol, mic, day, source }: NameChange,
  endedBy: InstrumentName['endedBy'],
): readonly InstrumentName[] {
  const own = names.filter((name) => name.instrumentId === instrumentId && name.mic === mic);
  const current = own.findLast(({ from }) => from === null || from < day);
  if (current === undefined) {
    const first = own.toSorted(byStart)[0];
    // Nobody has said since when it was called so: as far back as nobody else had the symbol.
    const previous = names
      .filter((name) => sameSymbol(name, { symbol, mic }) && name.instrumentId !== instrumentId)
      .flatMap(({ until }) => (until !== null && until <= day ? [until] : []))
      .sort()
      .at(-1);
    const start = previous ?? null;
    const name = { instrumentId, symbol, mic, source, from: start, until: day, endedBy };
    return first === undefined || before(name.until, first.from) || first.from === day
      ? withName(names, name)
      : names;
  }
  if (current.until !== null && current.until <= day) return names;
  return names.map((name) => (name === current ? { ...name, until: day, endedBy } : name));
}

/** The day from which on an instrument is listed nowhere any more; null while it is listed. */
export function delistedOn(names: readonly InstrumentName[], instrumentId: string): Day | null {
  const own = names.filter((name) => name.instrumentId === instrumentId);
  if (own.length === 0 || own.some(({ until }) => until === null)) return null;
  const last = own.reduce((a, b) => ((a.until ?? '') >= (b.until ?? '') ? a : b));
  return last.endedBy === 'symbol-change' ? null : last.until;
}
