import { type Instrument, instrumentLabel, type PriceSplit, RateBook } from '@plimsoll/domain';
import {
  addDays,
  type Day,
  dayFromNumber,
  dayNumber,
  isDay,
  ok,
  type PanelInput,
  type Parameter,
  type ParameterTable,
  type Result,
  type SeriesInput,
  weekday,
} from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import { findInstrument } from '../valuation/benchmark.ts';
import { type Measurement, measure, type Valuation, valueAt } from '../valuation/measure.ts';
import { type PriceLevels, priceLevels } from '../valuation/price-levels.ts';
import { checkPeriod, resolveScope, type Scope } from '../valuation/scope.ts';
import { type Held, type HeldLines, heldLines } from './held.ts';

/** Which part of the record stands for a value. */
interface Reference {
  readonly portfolio?: string;
  readonly instrument?: string;
  readonly instruments?: readonly string[];
  readonly from?: Day;
  readonly to?: Day;
  readonly base?: string;
  readonly by?: 'sector' | 'country' | 'currency' | 'kind';
}

/** Values with everything taken from the record in its place, and remarks on what was taken. */
export interface Filled {
  readonly values: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/** Years of prices that are looked at where no first day is asked for: back to the falls of 2008. */
const defaultYears = 20;

const dataKinds = ['series', 'panel', 'by-name', 'text-by-name'] as const;
type DataParameter = Extract<Parameter, { kind: (typeof dataKinds)[number] }>;
const isData = (parameter: Parameter): parameter is DataParameter =>
  dataKinds.some((kind) => kind === parameter.kind);

const groupings: readonly string[] = ['sector', 'country', 'currency', 'kind'];
const members = ['portfolio', 'instrument', 'instruments', 'from', 'to', 'base', 'by'];

/** Whether the value names a part of the record instead of being data itself. */
function isReference(value: unknown): value is Reference {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  const refers = names.some((name) => ['portfolio', 'instrument', 'instruments'].includes(name));
  return refers && names.every((name) => members.includes(name));
}

export interface RecordOptions {
  /** Stands for everything that is not given. */
  readonly everywhere: Reference | undefined;
  readonly today: Day;
  /** What is held today is looked at rather than what was held in the past. */
  readonly heldToday: boolean;
  /** Cash in other currencies is left out of what is held. */
  readonly instrumentsOnly: boolean;
}

/**
 * Puts data in place of every reference to the record. `everywhere` is a reference that also stands
 * for data that was not given, where the record has such.
 */
export async function fillFromRecord(
  unit: UnitOfWork,
  view: LedgerView,
  table: ParameterTable,
  given: Readonly<Record<string, unknown>>,
  options: RecordOptions,
): Promise<Result<Filled, EngineFault>> {
  const { everywhere, heldToday } = options;
  const wanted = namesFromRecord(table, given, heldToday);
  const record = new RecordReader(unit, view, options);
  const values: Record<string, unknown> = { ...given };
  for (const [name, parameter] of Object.entries(table)) {
    if (!isData(parameter)) continue;
    const value = given[name];
    const standing = value === undefined && wanted.has(name) ? everywhere : undefined;
    const reference = isReference(value) ? value : standing;
    if (!reference) continue;
    const filled = await record.fill(name, parameter, reference);
    if (!filled.ok) return filled;
    if (filled.value !== undefined) values[name] = filled.value;
  }
  return ok({ values, notes: [...new Set(record.notes)] });
}

/**
 * The data that the record stands for where it was not given, by the names that analyses share. One
 * that takes returns or else prices with weights is given the portfolio's own returns, but what it
 * holds today where the question is what it may lose.
 */
function namesFromRecord(
  table: ParameterTable,
  given: Readonly<Record<string, unknown>>,
  today: boolean,
): ReadonlySet<string> {
  const eitherOr = 'series' in table && 'prices' in table;
  const isOpen = given['series'] === undefined && given['prices'] === undefined;
  const wantsPrices = eitherOr ? isOpen && today : true;
  const wantsSeries = eitherOr ? isOpen && !today : true;
  const hasPrices = !eitherOr || wantsPrices || given['prices'] !== undefined;
  const hasGroups = !('groupLower' in table) || 'groupLower' in given || 'groupUpper' in given;
  return new Set([
    'current',
    ...(table['benchmark']?.kind === 'series' ? ['benchmark'] : []),
    ...(wantsPrices ? ['prices'] : []),
    ...(wantsSeries ? ['series'] : []),
    ...(hasPrices ? ['weights'] : []),
    ...(hasGroups ? ['groups'] : []),
  ]);
}

/** Members come as they were sent; what is wrong with one of them, if anything is. */
function wrongMember(reference: { readonly [name: string]: unknown }): string | undefined {
  for (const [name, value] of Object.entries(reference)) {
    if (value === undefined) continue;
    if (name === 'instruments') {
      const isNames = Array.isArray(value) && value.every((one) => typeof one === 'string');
      if (!isNames) return 'instruments must be a list of names.';
    } else if (typeof value !== 'string') return `${name} must be a text.`;
    else if ((name === 'from' || name === 'to') && !isDay(value))
      return `${name}: ${value} is no day.`;
    else if (name === 'by' && !groupings.includes(value))
      return `by must be one of ${groupings.join(', ')}.`;
  }
  return undefined;
}

/** Reads what references name, each portfolio once. */
class RecordReader {
  readonly notes: string[] = [];
  readonly #unit: UnitOfWork;
  readonly #view: LedgerView;
  readonly #today: Day;
  readonly #instrumentsOnly: boolean;
  readonly #held = new Map<string, { readonly valuation: Valuation; readonly held: HeldLines }>();

  constructor(unit: UnitOfWork, view: LedgerView, options: RecordOptions) {
    this.#unit = unit;
    this.#view = view;
    this.#today = options.today;
    this.#instrumentsOnly = options.instrumentsOnly;
  }

  async fill(
    name: string,
    parameter: DataParameter,
    reference: Reference,
  ): Promise<Result<unknown, EngineFault>> {
    const wrong = wrongMember({ ...reference });
    if (wrong !== undefined) return fault('request.invalid', `${name}.${wrong}`);
    const period = checkPeriod(reference.from, reference.to ?? this.#today);
    if (!period.ok) return period;
    if (parameter.kind === 'series') return this.#series(name, reference);
    if (parameter.kind === 'panel') return this.#panel(reference);
    if (reference.portfolio === undefined) {
      return fault('request.invalid', `${name} comes of a portfolio, not of an instrument.`);
    }
    const scope = this.#scope(reference);
    if (!scope.ok) return scope;
    const { held } = this.#heldOf(scope.value, reference.to ?? this.#today);
    this.notes.push(...held.notes);
    if (parameter.kind === 'by-name') return ok(this.#weights(held));
    const by = reference.by ?? 'sector';
    return ok(
      Object.fromEntries(held.lines.map((line) => [line.name, groupOf(line, by)] as const)),
    );
  }

  #scope({ portfolio = 'all', base }: Reference): Result<Scope, EngineFault> {
    return resolveScope(this.#view, { portfolio, base });
  }

  #heldOf(scope: Scope, to: Day): { readonly valuation: Valuation; readonly held: HeldLines } {
    const key = [scope.portfolio.id, scope.currency, to].join('\n');
    const known = this.#held.get(key);
    if (known) return known;
    const valuation = valueAt(this.#view, scope, to);
    const all = heldLines(this.#view, valuation);
    const lines = all.lines.filter(({ instrument }) => instrument !== null);
    const fresh = { valuation, held: this.#instrumentsOnly ? { ...all, lines } : all };
    this.#held.set(key, fresh);
    return fresh;
  }

  /** Names as in the panel of the same portfolio; cash of the base currency has no name. */
  #weights({ lines, baseCash }: HeldLines): Readonly<Record<string, number>> {
    if (Math.abs(baseCash) > 1e-12) {
      this.notes.push(
        `${(baseCash * 100).toFixed(1)} % of the value is cash in the base currency, which has no risk of its own.`,
      );
    }
    return Object.fromEntries(lines.map(({ name, weight }) => [name, weight]));
  }

  async #series(name: string, reference: Reference): Promise<Result<unknown, EngineFault>> {
    const { instrument, from, to = this.#today } = reference;
    if (instrument !== undefined) return this.#instrumentSeries(instrument, reference);
    const scope = this.#scope(reference);
    if (!scope.ok) return scope;
    if (name === 'benchmark') {
      const { benchmarkId } = scope.value.portfolio;
      if (benchmarkId === undefined) return ok(undefined);
      return this.#instrumentSeries(benchmarkId, { ...reference, base: scope.value.currency });
    }
    const measurement = measure(this.#view, scope.value, from, to);
    if (measurement.twr.value === null) {
      return fault(
        'analysis.refused',
        `The returns of ${scope.value.portfolio.name} are not known: ${measurement.twr.reason}`,
      );
    }
    return ok(weekdayReturns(measurement));
  }

  async #instrumentSeries(
    wanted: string,
    { from, to = this.#today, base }: Reference,
  ): Promise<Result<SeriesInput, EngineFault>> {
    const instrument = findInstrument(this.#view, wanted);
    if (!instrument) return fault('instrument.unknown', `There is no instrument "${wanted}".`);
    const panel = await this.#levels([lineOf(instrument)], {
      from,
      to,
      currency: base ?? instrument.currency,
      splits: this.#splits(),
    });
    return ok({
      days: panel.days ?? [],
      values: panel.values.map(([value]) => value ?? null),
      are: 'prices',
      name: panel.names[0] ?? wanted,
    });
  }

  /** Splits that the whole record tells of. */
  #splits(): (instrumentId: string) => readonly PriceSplit[] {
    const all = resolveScope(this.#view, { portfolio: 'all' });
    if (!all.ok) return () => [];
    const { valuation } = this.#heldOf(all.value, this.#today);
    return (id) => valuation.book.options.prices.splits(id);
  }

  async #panel(reference: Reference): Promise<Result<PanelInput, EngineFault>> {
    const { instrument, from, to = this.#today, base } = reference;
    const instruments =
      reference.instruments ?? (instrument === undefined ? undefined : [instrument]);
    const scope = this.#scope(reference);
    if (!scope.ok) return scope;
    const splits = this.#splits();
    const currency = base ?? scope.value.currency;
    if (instruments !== undefined) {
      const found = instruments.map((wanted) => findInstrument(this.#view, wanted));
      const missing = found.indexOf(undefined);
      if (missing >= 0) {
        return fault('instrument.unknown', `There is no instrument "${instruments[missing]}".`);
      }
      const lines = found.flatMap((one) => (one ? [lineOf(one)] : []));
      return ok(await this.#levels(lines, { from, to, currency, splits }));
    }
    const { held } = this.#heldOf(scope.value, to);
    this.notes.push(...held.notes);
    if (held.lines.length === 0) {
      return fault(
        'analysis.refused',
        `Nothing is held in ${scope.value.portfolio.name} on ${to}.`,
      );
    }
    return ok(await this.#levels(held.lines, { from, to, currency, splits }));
  }

  /** Levels on the weekdays on which some line had a price of its own. */
  async #levels(
    lines: readonly Held[],
    {
      from,
      to,
      currency,
      splits,
    }: {
      readonly from: Day | undefined;
      readonly to: Day;
      readonly currency: string;
      readonly splits: (instrumentId: string) => readonly PriceSplit[];
    },
  ): Promise<PanelInput> {
    const last = dayNumber(to);
    const first = dayNumber(from ?? addDays(to, -Math.round(defaultYears * 365.25)));
    const columns = await Promise.all(
      lines.map((line) =>
        line.instrument
          ? priceLevels(this.#unit, this.#view, line.instrument, {
              first,
              last,
              currency,
              splits: splits(line.instrument.id),
            })
          : cashLevels(this.#view, line.currency, { first, last, currency }),
      ),
    );
    const isPriced = new Uint8Array(last - first + 1);
    for (const { priced } of columns) {
      for (const day of priced) if (day >= first && day <= last) isPriced[day - first] = 1;
    }
    const places = Array.from(isPriced.keys()).filter(
      (place) => isPriced[place] === 1 && weekday(first + place) < 5,
    );
    this.#remark(lines, columns);
    return {
      days: places.map((place) => dayFromNumber(first + place)),
      names: lines.map(({ name }) => name),
      values: places.map((place) =>
        columns.map(({ level }) => {
          const value = level[place] ?? Number.NaN;
          return Number.isFinite(value) ? value : null;
        }),
      ),
      are: 'prices',
    };
  }

  #remark(lines: readonly Held[], columns: readonly PriceLevels[]): void {
    for (const [i, { guessed }] of columns.entries()) {
      for (const { day, ratio } of guessed) {
        this.notes.push(
          `${lines[i]?.name} moved on ${day} as by a split of ${ratio >= 1 ? ratio : `1/${Math.round(1 / ratio)}`} for 1 that the record does not tell of; it was taken for one.`,
        );
      }
    }
    const plain = lines.filter((line, i) => line.instrument && columns[i]?.counts === 'price');
    if (plain.length > 0) {
      this.notes.push(
        `Without dividends, as no adjusted prices are known: ${someOf(plain.map(({ name }) => name))}.`,
      );
    }
  }
}

const lineOf = (instrument: Instrument): Held => ({
  name: instrumentLabel(instrument),
  instrument,
  currency: instrument.currency,
  weight: 0,
  quantity: 0,
});

/** Foreign cash moves with its rate alone. */
function cashLevels(
  view: LedgerView,
  foreign: string,
  {
    first,
    last,
    currency,
  }: { readonly first: number; readonly last: number; readonly currency: string },
): PriceLevels {
  const level = new Float64Array(last - first + 1);
  new RateBook(currency, view.rates).fill(foreign, first, level);
  return { level, priced: new Int32Array(0), counts: 'actions', guessed: [] };
}

function groupOf({ instrument, currency }: Held, by: NonNullable<Reference['by']>): string {
  if (!instrument) return by === 'currency' ? currency : 'cash';
  return (by === 'currency' ? currency : instrument[by]) ?? `no ${by}`;
}

/** Time-weighted returns from weekday to weekday, what happened on weekends in that of Monday. */
function weekdayReturns(measurement: Measurement): SeriesInput {
  const { daily, growth, scope } = measurement;
  const days: Day[] = [];
  const values: number[] = [];
  let before: number | undefined;
  for (let t = 0; t < growth.length; t++) {
    const day = daily.first + t;
    if (weekday(day) >= 5) continue;
    const level = 1 + (growth[t] ?? Number.NaN);
    // The first day's return is that of the first purchases alone.
    if (before !== undefined) {
      days.push(dayFromNumber(day));
      values.push(level / before - 1);
    }
    before = level;
  }
  return { days, values, are: 'returns', name: scope.portfolio.name };
}

const someOf = (names: readonly string[]): string =>
  names.length > 5
    ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
    : names.join(', ');
