import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { PanelInput, PanelParameter, SeriesInput } from '@plimsoll/kernel';
import { loadPanelReader } from '../../compose.ts';
import type { Call } from '../command.ts';
import { unreadable } from '../read-files.ts';
import { CommandRefusal, UsageRefusal } from '../refusals.ts';
import { plain } from '../table.ts';

/** The text of a file, unpacked where it is packed. */
async function readText(path: string): Promise<string> {
  const { decodeText, looksBinary } = await loadPanelReader();
  const bytes = readBytes(path);
  if (looksBinary(bytes)) {
    const detail = `${path} is no text; a file of numbers is CSV, packed with gzip or not.`;
    throw new CommandRefusal({ code: 'file.unreadable', detail });
  }
  return decodeText(bytes);
}

function readBytes(path: string): Uint8Array {
  try {
    const bytes = readFileSync(path);
    return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!code.startsWith('Z_')) throw unreadable(path, error);
    const detail = `${path} is no whole gzip file: it is damaged or ends early.`;
    throw new CommandRefusal({ code: 'file.unreadable', detail });
  }
}

/** `bars` asks for all columns of a file of open, high, low and close, not for its close alone. */
async function readTable(call: Call, path: string, bars: boolean) {
  const { readPanel } = await loadPanelReader();
  const are = call.flag('returns') ? 'returns' : call.flag('prices-given') ? 'prices' : undefined;
  const percent = call.flag('percent') ? true : undefined;
  const read = readPanel(await readText(path), { file: path, are, percent, bars });
  if (!read.ok) {
    const hint = read.fault.code === 'file.percent' ? ' (--percent, --prices-given)' : '';
    const detail = plain(`${path}: ${read.fault.detail}${hint}`);
    throw new CommandRefusal({ code: read.fault.code, detail });
  }
  if (!call.json) for (const note of read.value.notes) call.output.note(plain(note));
  return read.value;
}

/**
 * A file of dated columns, those that `FILE:A,B` or `--column` names or all; of bars all of them
 * where the parameter is of levels, else the close.
 */
export async function readPanelFile(
  call: Call,
  path: string,
  of: PanelParameter['of'] = 'prices',
): Promise<PanelInput> {
  const [file = path, named = call.text('column')] = splitColumn(path);
  const { notes: _, ...panel } = await readTable(call, file, of === 'levels');
  if (named === undefined) return panel;
  const wanted = named.split(',').map((name) => name.trim());
  const places = wanted.map((name) => placeOf(name, panel.names, file));
  return {
    ...panel,
    names: wanted,
    values: panel.values.map((row) => places.map((at) => row[at] ?? null)),
  };
}

function placeOf(name: string, names: readonly string[], file: string): number {
  const at = names.indexOf(name);
  if (at >= 0) return at;
  throw new CommandRefusal({
    code: 'file.column',
    detail: plain(`${file} has no column "${name}". It has: ${names.slice(0, 20).join(', ')}.`),
  });
}

/** One column of a file: that of the name, or the only one. */
export async function readSeriesFile(
  call: Call,
  path: string,
  column?: string,
): Promise<SeriesInput> {
  const [file = path, named = column] = splitColumn(path);
  const { names, days, values, are } = await readTable(call, file, named !== undefined);
  if (named === undefined && names.length !== 1) {
    const has = names.slice(0, 20).join(', ');
    throw new CommandRefusal({
      code: 'file.column',
      detail: plain(
        `${file} has several columns (${has}). Say which: --column NAME, or ${file}:NAME.`,
      ),
    });
  }
  const at = named === undefined ? 0 : placeOf(named, names, file);
  return {
    ...(days === undefined ? {} : { days }),
    values: values.map((row) => row[at] ?? null),
    are,
    name: names[at] ?? named,
  };
}

/** `prices.csv:SPY` is the column SPY of prices.csv. */
function splitColumn(path: string): [string] | [string, string] {
  const match = /^(.+\.(?:csv|tsv|txt)(?:\.gz)?):(.+)$/i.exec(path);
  return match?.[1] !== undefined && match[2] !== undefined ? [match[1], match[2]] : [path];
}

/** `A=0.6,B=0.4`, or a file: JSON, or lines of name and value. */
export async function readByName<T>(
  text: string,
  option: string,
  read: (value: string) => T,
): Promise<Record<string, T>> {
  if (/\.json$/i.test(text)) return (await readJson(text, option)) as Record<string, T>;
  const isFile = /\.(?:csv|tsv|txt)$/i.test(text);
  const rows = isFile
    ? (await readText(text)).split(/\r?\n/).map((line) => line.split(/[,;\t]/))
    : text.split(',').map((pair) => pair.split('='));
  const entries = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
  // A file may have a line of titles.
  const titled =
    isFile && /^(?:weight|value|group|sector|quantity|name)/i.test(entries[0]?.[1]?.trim() ?? '');
  return Object.fromEntries(
    entries.slice(titled ? 1 : 0).map(([name = '', value]) => {
      if (value === undefined || name.trim() === '') {
        throw new UsageRefusal(`--${option}: "${name}" has no value; write NAME=VALUE.`);
      }
      return [name.trim(), read(value.trim())] as const;
    }),
  );
}

/** JSON as it is, or from a file. */
export async function readJson(text: string, option: string): Promise<unknown> {
  const isInline = /^\s*[[{]/.test(text);
  const source = isInline ? text : await readText(text.replace(/^@/, ''));
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new UsageRefusal(
      `--${option}: ${isInline ? 'it' : text} is not JSON (${String(error)}).`,
    );
  }
}
