import type { PriceAction } from '@plimsoll/domain';
import { dayNumber, isDay, ok, type Result, refuse } from '@plimsoll/kernel';
import type { DailyBars, DailyHistory, PriceFileReader, PriceFileSeries } from '@plimsoll/ports';
import type { UploadedFile } from '../use-case.ts';

/** A history that a file gives, and what its `_actions` file says. */
export interface FileHistory {
  /** The symbol in capital letters. */
  readonly id: string;
  /** The file's name without its ending, in capital letters, by which it may be named too. */
  readonly file: string;
  readonly bars: DailyBars;
  readonly currency: string | null;
  readonly actions: readonly PriceAction[];
  readonly notes: readonly string[];
}

const actionsFile = /^(.*?)_actions\.csv$/i;

const wrong = (detail: string): Result<never> => refuse({ code: 'run.files', detail });

/** Reads files of prices, and beside `NAME_daily.csv` or `NAME.csv` the actions of `NAME_actions.csv`. */
export function readPriceFiles(
  files: readonly UploadedFile[],
  readers: readonly PriceFileReader[],
): Result<readonly FileHistory[]> {
  const actions = new Map<string, readonly PriceAction[]>();
  const series: NamedSeries[] = [];
  for (const file of files) {
    const [, name] = actionsFile.exec(file.name) ?? [];
    if (name === undefined) {
      const read = readSeries(file, readers);
      if (!read.ok) return read;
      series.push(...read.value.map((one) => ({ name: file.name, one })));
    } else {
      const read = readActions(file);
      if (!read.ok) return read;
      actions.set(name.toUpperCase(), read.value);
    }
  }
  return series.length === 0 ? wrong('There is no file of prices.') : joined(series, actions);
}

interface NamedSeries {
  /** Of the file. */
  readonly name: string;
  readonly one: PriceFileSeries;
}

function joined(
  series: readonly NamedSeries[],
  actions: ReadonlyMap<string, readonly PriceAction[]>,
): Result<readonly FileHistory[]> {
  const histories = new Map<string, FileHistory>();
  for (const { name, one } of series) {
    const id = one.symbol.toUpperCase();
    if (histories.has(id)) return wrong(`${name} has prices of ${id}, and so has another file.`);
    const told = actions.get(id) ?? actions.get(stemOf(name)) ?? [];
    histories.set(id, historyOf(id, name, one.history, told));
  }
  return ok([...histories.values()]);
}

function historyOf(
  id: string,
  name: string,
  { bars, currency, rejected, notes = [] }: DailyHistory,
  actions: readonly PriceAction[],
): FileHistory {
  const left = `${rejected.length} rows of ${name} are no prices and are left out.`;
  return {
    ...{ id, file: stemOf(name), bars, currency, actions },
    notes: rejected.length === 0 ? notes : [left, ...notes],
  };
}

/** `prices/sp500_daily.csv.gz` → `SP500_DAILY`. */
const stemOf = (name: string): string =>
  (name.split(/[\\/]/).at(-1) ?? '').replace(/\.[a-z]+(?:\.gz)?$/i, '').toUpperCase();

function readSeries(
  { name, bytes }: UploadedFile,
  readers: readonly PriceFileReader[],
): Result<readonly PriceFileSeries[]> {
  const head = new TextDecoder().decode(bytes.subarray(0, 4096));
  const reader = readers.find((one) => one.recognises(head));
  if (reader === undefined) {
    return wrong(`${name} is no file of prices: it begins without date, open, high, low, close.`);
  }
  const read = reader.read(name, bytes);
  return read.ok ? read : wrong(`${name}: ${read.fault.detail}`);
}

interface ActionColumns {
  readonly date: number;
  /** -1 where there is none. */
  readonly paid: number;
  readonly split: number;
}

/** Rows of `date,dividend,split`; a split is new units per old one, 1 or 0 where there is none. */
function readActions({ name, bytes }: UploadedFile): Result<readonly PriceAction[]> {
  const [head = '', ...rows] = new TextDecoder().decode(bytes).split(/\r?\n/);
  const titles = head
    .toLowerCase()
    .split(',')
    .map((one) => one.trim());
  const at = (title: string) => titles.indexOf(title);
  const columns = { date: at('date'), paid: at('dividend'), split: at('split') };
  if (columns.date < 0 || (columns.paid < 0 && columns.split < 0)) {
    return wrong(`${name}:1: its columns must be date, dividend and split.`);
  }
  const actions: PriceAction[] = [];
  for (const [i, row] of rows.entries()) {
    const found = row.trim() === '' ? [] : actionsOf(row, columns);
    if (found === null) {
      return wrong(
        `${name}:${i + 2}: "${row.slice(0, 80)}" is no day with a dividend and a split.`,
      );
    }
    actions.push(...found);
  }
  return ok(actions);
}

/** Null where the row is none. */
function actionsOf(row: string, columns: ActionColumns): readonly PriceAction[] | null {
  const cells = row.split(',').map((cell) => cell.trim());
  const date = cells[columns.date] ?? '';
  const amount = Number(cells[columns.paid] ?? 0);
  const ratio = Number(cells[columns.split] ?? 1);
  if (!isDay(date) || !(amount >= 0) || !(ratio >= 0)) return null;
  const day = dayNumber(date);
  const paid: readonly PriceAction[] = amount > 0 ? [{ kind: 'dividend', day, amount }] : [];
  const isSplit = ratio > 0 && ratio !== 1;
  return isSplit ? [...paid, { kind: 'split', day, ratio }] : paid;
}
