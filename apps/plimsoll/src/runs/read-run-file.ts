import { readFile, stat } from 'node:fs/promises';
import { type RunConfig, readRunConfig } from '@plimsoll/engine';
import { type Fault, ok, type ParameterFault, type Result, refuse } from '@plimsoll/kernel';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { nearestName } from './nearest-name.ts';

/** A mistake in a configuration file. */
export interface FileMistake {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly detail: string;
}

/** Why a configuration file cannot be used; `mistakes` names every one with its place. */
export interface RunFileFault extends Fault {
  readonly code: 'run.file';
  readonly mistakes: readonly FileMistake[];
}

/** What a configuration file says, and where in it something stands. */
export interface RunFile {
  readonly config: RunConfig;
  /** A refusal of values by their paths, such as those of `params`, with lines in the place of paths. */
  readonly placed: (errors: ParameterFault['errors']) => RunFileFault;
}

/** A configuration is a page of text; what is longer is another file. */
const mostBytes = 256 * 1024;

/** Reads a configuration file of a run. */
export async function readRunFile(path: string): Promise<Result<RunFile, RunFileFault>> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return refused(path, [start(`there is no such file.`)]);
  if (found.size > mostBytes) return tooLong(path, found.size);
  return parseRunFile(path, await readFile(path));
}

/** Reads the bytes of a configuration file; `name` is what refusals call it. */
export function parseRunFile(name: string, bytes: Uint8Array): Result<RunFile, RunFileFault> {
  if (bytes.length > mostBytes) return tooLong(name, bytes.length);
  const text = decoded(bytes);
  if (text === null) return refused(name, [start('this is not text in UTF-8.')]);
  const lines = new LineCounter();
  const at = (offset: number, detail: string): FileMistake => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, detail };
  };
  const document = parsed(text, lines);
  if (document === null) return refused(name, [start('lists stand within lists too deeply.')]);
  const broken = document.errors.map(({ pos, message }) =>
    at(pos[0], `this is not YAML as it must be: ${message.replace(/\.?$/, '.')}`),
  );
  const aliases = aliasesIn(document).map((offset) =>
    at(offset, 'anchors and aliases are not read here: write the value out.'),
  );
  const mistakes = [...broken, ...aliases];
  if (mistakes.length > 0) return refused(name, mistakes);
  const places = new Places(document, lines);
  const placed = (errors: ParameterFault['errors']): RunFileFault =>
    faultOf(
      name,
      errors.map((error) => places.mistake(error)),
    );
  const config = readRunConfig(document.toJS());
  return config.ok ? ok({ config: config.value, placed }) : refuse(placed(config.fault.errors));
}

const start = (detail: string): FileMistake => ({ line: 1, column: 1, detail });

const tooLong = (name: string, size: number): Result<never, RunFileFault> =>
  refused(name, [
    start(`it has ${size} bytes, more than the ${mostBytes} that a configuration may have.`),
  ]);

const refused = (name: string, mistakes: readonly FileMistake[]): Result<never, RunFileFault> =>
  refuse(faultOf(name, mistakes));

function faultOf(name: string, mistakes: readonly FileMistake[]): RunFileFault {
  const sorted = mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const told = sorted.map(({ line, column, detail }) => `${name}:${line}:${column}: ${detail}`);
  return { code: 'run.file', detail: told.join('\n'), mistakes: sorted };
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return null;
  }
}

/** Null where lists stand within lists until the stack ends. */
function parsed(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, schema: 'core' });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return null;
  }
}

function aliasesIn(document: Document.Parsed): number[] {
  const found: number[] = [];
  visit(document, {
    Node: (_, node) => {
      const { anchor } = node as { readonly anchor?: string };
      if (isAlias(node) || anchor !== undefined) found.push(node.range?.[0] ?? 0);
    },
  });
  return found;
}

/** Where values stand. */
class Places {
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;

  constructor(document: Document.Parsed, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  mistake({ path, message }: ParameterFault['errors'][number]): FileMistake {
    const unknown = /^is not asked for; known (?:are|is) (.*)$/.exec(message)?.[1]?.split(', ');
    const { line, col } = this.#lines.linePos(this.#offsetOf(path, unknown !== undefined));
    const name = path.split('.').at(-1) ?? '';
    const nearest = unknown && nearestName(name, unknown);
    const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    const detail = `${path === '' ? 'the file' : path} ${message}.${meant}`;
    return { line, column: col, detail };
  }

  /** Of the value, or of its name; of the innermost name on the way to it where it is not there. */
  #offsetOf(path: string, ofName: boolean): number {
    let node: unknown = this.#document.contents;
    let offset = offsetOf(node) ?? 0;
    let rest = path;
    while (rest !== '') {
      const found = stepInto(node, rest);
      if (found === null) return offset;
      ({ node, rest } = found);
      const last = rest === '';
      offset =
        (last && ofName ? undefined : offsetOf(last ? node : found.name)) ??
        offsetOf(found.name) ??
        offset;
    }
    return offset;
  }
}

const offsetOf = (node: unknown): number | undefined =>
  (node as Node | null | undefined)?.range?.[0];

interface Entry {
  readonly name: unknown;
  readonly node: unknown;
  /** What of the path is left. */
  readonly rest: string;
}

/** The entry that a path begins with; null where there is none. */
function stepInto(node: unknown, path: string): Entry | null {
  if (isMap(node)) return entryOf(node, path);
  const [, place, rest = ''] = /^(\d+)(?:\.(.*))?$/.exec(path) ?? [];
  const item = isSeq(node) && place !== undefined ? node.items[Number(place)] : undefined;
  return item === undefined ? null : { name: item, node: item, rest };
}

/** Names may have dots in them. */
function entryOf({ items }: YAMLMap, path: string): Entry | null {
  for (const { key, value } of items) {
    const name = String(isScalar(key) ? key.value : key);
    if (path === name) return { name: key, node: value, rest: '' };
    const isOnTheWay = path.startsWith(`${name}.`);
    if (isOnTheWay) return { name: key, node: value, rest: path.slice(name.length + 1) };
  }
  return null;
}
