import type { Random } from '@plimsoll/kernel';
import type { UploadedFile } from '../use-case.ts';

type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const inText =
  (change: (text: string, random: Random) => string): Damage =>
  (bytes, random) =>
    encode(change(decode(bytes), random));
const inLines = (change: (lines: string[], random: Random) => string[]): Damage =>
  inText((text, random) => change(text.split('\n'), random).join('\n'));
const pick = <T>(random: Random, from: readonly T[]): T | undefined =>
  from[random.integer(Math.max(1, from.length))];

function utf16(bytes: Uint8Array, mark: boolean): Uint8Array {
  const text = decode(bytes);
  const out = new Uint8Array((text.length + (mark ? 1 : 0)) * 2);
  const view = new DataView(out.buffer);
  if (mark) view.setUint16(0, 0xfeff, true);
  for (let at = 0; at < text.length; at++) {
    view.setUint16((at + (mark ? 1 : 0)) * 2, text.charCodeAt(at), true);
  }
  return out;
}

function withSome(bytes: Uint8Array, random: Random, count: number, value: () => number) {
  const out = bytes.slice();
  for (let i = 0; i < count && out.length > 0; i++) out[random.integer(out.length)] = value();
  return out;
}

const cells = (line: string): { readonly parts: string[]; readonly by: string } => {
  const by = [';', '\t', ','].find((one) => line.includes(one)) ?? ',';
  return { parts: line.split(by), by };
};

/** Does the same to the cells of every line. */
const inColumns = (change: (parts: string[], at: number, to: number) => string[]): Damage =>
  inLines((lines, random) => {
    const width = Math.max(1, cells(lines[0] ?? '').parts.length);
    const at = random.integer(width);
    const to = random.integer(width);
    return lines.map((line) => {
      const { parts, by } = cells(line);
      return change(parts, at, to).join(by);
    });
  });

function swapped(parts: string[], at: number, to: number): string[] {
  const out = [...parts];
  const [a, b] = [parts[at], parts[to]];
  if (a !== undefined && b !== undefined) {
    out[at] = b;
    out[to] = a;
  }
  return out;
}

const oddCells = ['=cmd|calc', '-', '1e400', '9'.repeat(60), 'NaN', '∞', '31.02.2024', '<b>', '"'];

/** What may happen to a file on its way: each by name. */
export const damages: Readonly<Record<string, Damage>> = {
  truncated: (bytes, random) => bytes.slice(0, random.integer(bytes.length + 1)),
  'without its head': (bytes, random) => bytes.slice(random.integer(bytes.length + 1)),
  'utf-16 with mark': (bytes) => utf16(bytes, true),
  'utf-16 without mark': (bytes) => utf16(bytes, false),
  'half a utf-16 letter': (bytes) => utf16(bytes, true).slice(0, -1),
  'latin-1': (bytes) => Uint8Array.from(decode(bytes), (letter) => letter.charCodeAt(0) & 0xff),
  mojibake: (bytes) => encode(new TextDecoder('windows-1252').decode(bytes)),
  'marked twice': (bytes) => new Uint8Array([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, ...bytes]),
  'with random bytes': (bytes, random) => withSome(bytes, random, 5, () => random.integer(256)),
  'with nul bytes': (bytes, random) => withSome(bytes, random, 3, () => 0),
  'of random bytes': (bytes, random) =>
    Uint8Array.from({ length: Math.min(bytes.length, 2000) }, () => random.integer(256)),
  empty: () => new Uint8Array(),
  'only white space': () => encode(' \r\n\t\n'),
  'only its first line': inLines((lines) => lines.slice(0, 1)),
  'with carriage returns and line feeds': inText((text) => text.replaceAll(/\r?\n/g, '\r\n')),
  'with carriage returns alone': inText((text) => text.replaceAll(/\r?\n/g, '\r')),
  'with lines shuffled': inLines(([head = '', ...lines], random) => [
    head,
    ...lines
      .map((line) => ({ line, by: random.next() }))
      .sort((a, b) => a.by - b.by)
      .map(({ line }) => line),
  ]),
  'with a line twice': inLines((lines, random) => {
    const at = random.integer(lines.length);
    return [...lines.slice(0, at + 1), ...lines.slice(at)];
  }),
  'with a line less': inLines((lines, random) => lines.toSpliced(random.integer(lines.length), 1)),
  'with columns swapped': inColumns(swapped),
  'with a column less': inColumns((parts, at) => parts.toSpliced(at, 1)),
  'with a column twice': inColumns((parts, at) => parts.toSpliced(at, 0, parts[at] ?? '')),
  'with an odd cell': inLines((lines, random) => {
    const at = random.integer(lines.length);
    const { parts, by } = cells(lines[at] ?? '');
    const odd = parts.with(random.integer(parts.length), pick(random, oddCells) ?? '');
    return lines.with(at, odd.join(by));
  }),
  'with a very long cell': inLines((lines, random) => {
    const at = random.integer(lines.length);
    const { parts, by } = cells(lines[at] ?? '');
    const long = parts.with(random.integer(parts.length), 'x'.repeat(300_000));
    return lines.with(at, long.join(by));
  }),
  'with an open quote': inText((text, random) => {
    const at = random.integer(text.length + 1);
    return `${text.slice(0, at)}"${text.slice(at)}`;
  }),
  'with another digit': inText((text, random) =>
    text.replaceAll(/\d/g, (digit) => (random.integer(40) === 0 ? `${random.integer(10)}` : digit)),
  ),
};

/** The file so damaged. */
export const damage = (name: string, source: UploadedFile, random: Random): UploadedFile => ({
  name: source.name,
  bytes: damages[name]?.(source.bytes, random) ?? source.bytes,
});

/** The body of the file over and over, up to about `size` bytes. */
export function repeated({ name, bytes }: UploadedFile, size: number): UploadedFile {
  const text = decode(bytes);
  const at = text.indexOf('\n') + 1;
  const body = text.slice(at);
  const times = Math.max(1, Math.ceil(size / Math.max(1, body.length)));
  return { name, bytes: encode(text.slice(0, at) + body.repeat(times)) };
}
