import { isDay } from '@plimsoll/kernel';
import type { RawRow, RawTable } from './raw-table.ts';

type Value = unknown;
type Members = Readonly<Record<string, Value>>;

const isMembers = (value: Value): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const isPlain = (value: Value): boolean => typeof value !== 'object' || value === null;

const cell = (value: Value): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'string'
      ? value
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);

/** Deeper than this nothing is a table. */
const deepest = 5;

const isDayKey = (key: string): boolean =>
  isDay(key.slice(0, 10)) || /^\d{10}(?:\d{3})?$/.test(key);

/** The tables in a JSON value: lists of objects or rows, columns by name, series by day, and what holds them. */
export function jsonTables(file: string, value: Value): RawTable[] {
  return tablesIn(value, '', 0).map(({ name, rows }) => ({ file, name, rows }));
}

interface Found {
  readonly name: string;
  readonly rows: readonly RawRow[];
}

const found = (
  name: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Found[] => [{ name, rows: [header, ...rows].map((cells, at) => ({ line: at, cells })) }];

function tablesIn(value: Value, name: string, depth: number): Found[] {
  if (depth > deepest) return [];
  if (isList(value)) return ofList(value, name, depth);
  return isMembers(value) ? ofMembers(value, name, depth) : [];
}

function ofList(list: readonly Value[], name: string, depth: number): Found[] {
  if (list.length > 0 && list.every(isMembers)) {
    const holders = list.filter((one) =>
      Object.values(one).some((inner) => isList(inner) && inner.length > 0),
    );
    return holders.length === list.length
      ? list.flatMap((one) => ofMembers(one, name, depth))
      : ofObjects(list, name);
  }
  if (list.length > 0 && list.every(isList)) {
    const [header = [], ...rows] = list.map((row) => row.map(cell));
    return found(name, header, rows);
  }
  return [];
}

function ofObjects(list: readonly Members[], name: string): Found[] {
  const titles = [...new Set(list.flatMap((one) => Object.keys(one)))];
  return found(
    name,
    titles,
    list.map((one) => titles.map((title) => cell(one[title]))),
  );
}

/** Words under which the symbol of what stands beside it is given. */
const symbolWords = ['symbol', 'ticker', 'isin', 'code', 'id'];

function ofMembers(members: Members, name: string, depth: number): Found[] {
  const entries = Object.entries(members).filter(([, inner]) => inner !== null);
  const { columns, data, index } = members;
  if (isList(columns) && isList(data) && data.every(isList))
    return ofSplit(columns, data, index, name);
  const lists = entries.filter(([, inner]) => isList(inner) && inner.every(isPlain));
  const longest = Math.max(0, ...lists.map(([, inner]) => (inner as readonly Value[]).length));
  const even = lists.filter(([, inner]) => (inner as readonly Value[]).length === longest);
  if (longest > 0 && even.length > 1) return ofColumns(even as [string, readonly Value[]][], name);
  if (entries.length > 0 && entries.every(([key]) => isDayKey(key))) return ofDays(entries, name);
  const own = symbolWords.map((word) => members[word]).find((one) => typeof one === 'string');
  const inner = entries.filter(([, one]) => !isPlain(one));
  if (inner.length > 1 && inner.every(([, one]) => isSeries(one)))
    return ofSeries(inner as [string, Members][], name);
  return inner.flatMap(([key, one]) =>
    tablesIn(one, typeof own === 'string' ? own : isEnvelope(key) ? name : key, depth + 1),
  );
}

/** Members that only hold what is meant. */
const isEnvelope = (key: string): boolean =>
  /^(?:data|results?|items?|rows?|prices?|values?|history|historical|quotes?|candles|bars|body|response|records|time series.*)$/i.test(
    key,
  );

const isSeries = (value: Value): boolean =>
  isMembers(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([key, one]) => isDayKey(key) && isPlain(one));

/** What pandas writes with `orient="split"`. */
function ofSplit(
  columns: readonly Value[],
  data: readonly (readonly Value[])[],
  index: Value,
  name: string,
): Found[] {
  const lead = isList(index) ? index.map(cell) : null;
  const header = [...(lead === null ? [] : ['date']), ...columns.map(cell)];
  return found(
    name,
    header,
    data.map((row, at) => [...(lead === null ? [] : [lead[at] ?? '']), ...row.map(cell)]),
  );
}

function ofColumns(
  columns: readonly (readonly [string, readonly Value[]])[],
  name: string,
): Found[] {
  const rows = (columns[0]?.[1] ?? []).map((_, at) =>
    columns.map(([, column]) => cell(column[at])),
  );
  return found(
    name,
    columns.map(([title]) => title),
    rows,
  );
}

/** `{"2024-01-02": {"open": 1, "close": 2}}` or `{"2024-01-02": 2}`. */
function ofDays(entries: readonly (readonly [string, Value])[], name: string): Found[] {
  if (entries.every(([, one]) => isPlain(one))) {
    return found(
      name,
      ['date', 'close'],
      entries.map(([day, one]) => [day, cell(one)]),
    );
  }
  const rows = entries.flatMap(([day, one]) => (isMembers(one) ? [{ date: day, ...one }] : []));
  return ofObjects(rows, name);
}

/** What pandas writes of a table of prices: `{"AAPL": {"2024-01-02": 1}, "MSFT": {…}}`. */
function ofSeries(series: readonly (readonly [string, Members])[], name: string): Found[] {
  const days = [...new Set(series.flatMap(([, one]) => Object.keys(one)))].sort();
  return found(
    name,
    ['date', ...series.map(([key]) => key)],
    days.map((day) => [day, ...series.map(([, one]) => cell(one[day]))]),
  );
}
