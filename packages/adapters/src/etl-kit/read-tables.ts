import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { EtlFile } from '@plimsoll/ports';
import readWorkbook from 'read-excel-file/universal';
import { readRecords } from '../importer-kit/index.ts';
import { unpackText } from '../market-data-kit/unpack-text.ts';
import { jsonTables } from './json-tables.ts';
import type { RawRow, RawTable } from './raw-table.ts';
import { unpackFile } from './unpack-files.ts';

/** Tells how well the rows begin with a table that is wanted; the delimiter that does so best is the file's. */
export type Judge = (rows: readonly RawRow[]) => number;

/** Every table of a file: CSV of any delimiter, JSON, JSON lines, workbooks, packed or not. */
export async function readTables(
  file: EtlFile,
  judge: Judge,
): Promise<Result<readonly RawTable[]>> {
  const unpacked = unpackFile(file);
  if (!unpacked.ok) return unpacked;
  const tables: RawTable[] = [];
  for (const one of unpacked.value) {
    const read = one.isWorkbook ? await ofWorkbook(one.file) : ofText(one.file, judge);
    if (!read.ok) return read;
    tables.push(...read.value);
  }
  return ok(tables);
}

async function ofWorkbook({ name, bytes }: EtlFile): Promise<Result<readonly RawTable[]>> {
  try {
    const sheets = await readWorkbook(new Blob([bytes as Uint8Array<ArrayBuffer>]));
    return ok(
      sheets.map(({ sheet, data }) => ({
        file: name,
        name: sheet,
        rows: data.map((cells, at) => ({ line: at + 1, cells: cells.map(cellText) })),
      })),
    );
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const detail = `${name} is no workbook that can be read (${error.message}). Save it as CSV.`;
    return refuse({ code: 'etl.unreadable', detail });
  }
}

/** Workbooks keep days as numbers, and the reader gives them as instants at midnight UTC. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, '');
  return String(value);
}

function ofText({ name, bytes }: EtlFile, judge: Judge): Result<readonly RawTable[]> {
  const text = unpackText(name, bytes);
  if (!text.ok) return text;
  const start = text.value.slice(0, 1_000).trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return ofJson(name, text.value);
  return ok([{ file: name, name: '', rows: ofDelimited(text.value, judge) }]);
}

const delimiters = [',', ';', '\t', '|'] as const;

function ofDelimited(text: string, judge: Judge): readonly RawRow[] {
  const head = text.slice(0, 65_536);
  const judged = delimiters.map((delimiter) => ({
    delimiter,
    worth: judge(readRecords(head, delimiter)),
  }));
  const best = judged.reduce((a, b) => (b.worth > a.worth ? b : a));
  return readRecords(text, best.delimiter);
}

function ofJson(name: string, text: string): Result<readonly RawTable[]> {
  const whole = parsed(text);
  if (whole.ok) return ok(jsonTables(name, whole.value));
  const lines = text.split(/\r?\n/).map((line, at) => ({ line: at + 1, text: line.trim() }));
  const values: unknown[] = [];
  for (const { line, text: one } of lines) {
    if (one === '') continue;
    const value = parsed(one);
    if (!value.ok) {
      const detail = `${name} is no JSON: line ${line}: ${value.fault.detail}`;
      return refuse({ code: 'etl.unreadable', detail });
    }
    values.push(value.value);
  }
  return ok(jsonTables(name, values));
}

function parsed(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse({ code: 'etl.unreadable', detail: error.message.slice(0, 200) });
  }
}
