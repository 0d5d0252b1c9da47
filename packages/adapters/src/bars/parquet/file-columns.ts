import { type Fault, ok, type Result, refuse } from '@plimsoll/kernel';

/** A column of a user's file as DuckDB describes it. */
export interface FileColumn {
  readonly name: string;
  /** `VARCHAR`, `TIMESTAMP WITH TIME ZONE`, `BIGINT`. */
  readonly type: string;
}

/** What of a file is taken, as SQL over its columns; each is a double or NULL. */
export interface FilePlan {
  readonly kind: 'bars' | 'ticks';
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: string;
  /** Bars: open, high, low, close, volume. Ticks: price, size. */
  readonly values: readonly string[];
  readonly notes: readonly string[];
}

const times = [
  'ts_utc',
  'timestamp',
  'datetime',
  'ts',
  'open_time',
  'epoch',
  'from_ms',
  'time',
  'date',
  't',
];
const volumes = ['volume', 'vol', 'base_volume', 'v'];
const sizes = ['size', 'qty', 'quantity', 'amount', 'volume'];
const prices = ['price', 'last', 'trade_price'];
const fields = ['open', 'high', 'low', 'close'];

/** Works out by the names of the columns what a file has; case, blanks and hyphens do not matter. */
export function planColumns(name: string, columns: readonly FileColumn[]): Result<FilePlan, Fault> {
  const known = new Map(columns.map((column) => [plain(column.name), column]));
  const has = (...names: readonly string[]) => names.every((one) => known.has(one));
  const number = (column: string): string => asNumber(known.get(column));
  const first = (names: readonly string[]) => names.find((one) => known.has(one));
  const at = timeOf(known, first(times));
  const no = (detail: string) => refuse({ code: 'bars.refused', detail });
  const listed = columns.map((column) => column.name).join(', ');
  if (at === null) {
    return no(`${name} has no column of times such as ts_utc, timestamp or epoch: ${listed}.`);
  }
  const optional = (names: readonly string[]): string => {
    const there = first(names);
    return there === undefined ? 'NULL::DOUBLE' : number(there);
  };
  if (has(...fields)) {
    const values = [...fields.map(number), optional(volumes)];
    return ok({ kind: 'bars', at, values, notes: [] });
  }
  const middle = (one: string, other: string) => `(${number(one)} + ${number(other)}) / 2`;
  if (fields.every((field) => has(`bid_${field}`, `ask_${field}`))) {
    const values = fields.map((field) => middle(`bid_${field}`, `ask_${field}`));
    const notes = ['Prices are the middle of bid and ask.'];
    return ok({ kind: 'bars', at, values: [...values, 'NULL::DOUBLE'], notes });
  }
  const price = first(prices);
  if (price !== undefined) {
    return ok({ kind: 'ticks', at, values: [number(price), optional(sizes)], notes: [] });
  }
  if (has('bid', 'ask')) {
    const notes = ['Prices are the middle of bid and ask.'];
    return ok({ kind: 'ticks', at, values: [middle('bid', 'ask'), 'NULL::DOUBLE'], notes });
  }
  return no(
    `${name} has neither open, high, low and close, nor price, nor bid and ask among its columns: ${listed}.`,
  );
}

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

const quotedName = ({ name }: FileColumn): string => `"${name.replaceAll('"', '""')}"`;

const asNumber = (column: FileColumn | undefined): string =>
  column === undefined ? 'NULL::DOUBLE' : `TRY_CAST(${quotedName(column)} AS DOUBLE)`;

/** A date and a time beside it are one. */
function timeOf(known: ReadonlyMap<string, FileColumn>, name: string | undefined): string | null {
  const column = name === undefined ? undefined : known.get(name);
  if (column === undefined) return null;
  const date = known.get('date');
  if (name === 'time' && date !== undefined && isText(column) && isText(date)) {
    return fromText(`${quotedName(date)} || ' ' || ${quotedName(column)}`);
  }
  if (isText(column)) return fromText(quotedName(column));
  if (/^(?:TIMESTAMP|DATE)/.test(column.type))
    return `epoch_ms(${quotedName(column)}::TIMESTAMPTZ)::DOUBLE`;
  return fromEpoch(`TRY_CAST(${quotedName(column)} AS DOUBLE)`);
}

const isText = ({ type }: FileColumn): boolean => type === 'VARCHAR';

/** ISO 8601, in UTC where it names no zone, or a number since 1970. */
const fromText = (text: string): string =>
  `coalesce(${fromEpoch(`TRY_CAST(${text} AS DOUBLE)`)}, epoch_ms(TRY_CAST(${text} AS TIMESTAMPTZ))::DOUBLE)`;

/** Seconds, milliseconds, microseconds or nanoseconds, by their size: all lie between 1973 and 5138. */
const fromEpoch = (number: string): string =>
  `floor(CASE WHEN abs(${number}) < 1e11 THEN ${number} * 1e3 WHEN abs(${number}) < 1e14 THEN ${number}
    WHEN abs(${number}) < 1e17 THEN ${number} / 1e3 ELSE ${number} / 1e6 END)`;
