import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { dayInZone, type InstrumentKind, instrumentKinds } from '@plimsoll/domain';
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { ZodError } from 'zod';
import type { Environment } from '../config.ts';
import {
  type AnyDefinition,
  type MarketDataRegistry,
  type MarketDataSettings,
  noSettings,
  type ReadSettings,
  type SettingsMistake,
} from './settings.ts';

/** The settings of that file; none where there is no file. */
export function readMarketDataSettings(
  path: string,
  registry: MarketDataRegistry,
  env: Environment,
): ReadSettings {
  if (!existsSync(path)) return { settings: noSettings, mistakes: [] };
  return parseMarketDataSettings(readFileSync(path, 'utf8'), {
    folder: dirname(path),
    registry,
    env,
  });
}

/** Where settings come from, and what they may name. */
export interface SettingsSurroundings {
  /** What relative paths are relative to. */
  readonly folder: string;
  readonly registry: MarketDataRegistry;
  readonly env: Environment;
}

/**
 * Reads the text of a settings file. A provider whose settings are wrong is left out with its
 * mistakes; the others hold. A text that is no YAML turns nothing on.
 */
export function parseMarketDataSettings(
  text: string,
  surroundings: SettingsSurroundings,
): ReadSettings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const mistakes = document.errors.map(({ pos, message }) => ({
      line: lines.linePos(pos[0]).line,
      detail: `This is not YAML: ${message}`,
    }));
    return { settings: noSettings, mistakes };
  }
  return new SettingsReader(document, lines, surroundings).read();
}

const sections = ['providers', 'order', 'refresh', 'quotes'];
/** Nobody allows more often without a key that pays for it. */
const leastPollSeconds = 15;
/** Settings that name a file or folder, which lies in the data folder where it is relative. */
const paths = ['file', 'folder'];

type Path = readonly (string | number)[];

class SettingsReader {
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #surroundings: SettingsSurroundings;
  readonly #mistakes: SettingsMistake[] = [];

  constructor(document: Document.Parsed, lines: LineCounter, surroundings: SettingsSurroundings) {
    this.#document = document;
    this.#lines = lines;
    this.#surroundings = surroundings;
  }

  read(): ReadSettings {
    const { contents } = this.#document;
    if (contents === null) return { settings: noSettings, mistakes: [] };
    if (!isMap(contents))
      this.#wrong([], 'is a list of sections: providers, order, refresh, quotes.');
    for (const name of this.#keys([])) {
      if (!sections.includes(name)) {
        this.#wrong([name], `there is no section "${name}"; there are ${sections.join(', ')}.`);
      }
    }
    const providers = this.#providers();
    const refresh = this.#refresh();
    const settings: MarketDataSettings = {
      providers,
      order: this.#order(providers),
      ...(refresh ? { refresh } : {}),
      ...this.#poll(),
    };
    return { settings, mistakes: this.#mistakes.toSorted((a, b) => a.line - b.line) };
  }

  #providers(): Map<string, unknown> {
    const { registry } = this.#surroundings;
    const found = new Map<string, unknown>();
    for (const id of this.#keys(['providers'])) {
      const definition = Object.hasOwn(registry, id) ? registry[id] : undefined;
      const given = definition && this.#resolved(id);
      if (!definition) {
        const ids = Object.keys(registry).join(', ');
        this.#wrong(['providers', id], `there is no provider "${id}"; there are ${ids}.`);
      } else if (given) this.#check(id, definition, given, found);
    }
    return found;
  }

  #check(id: string, { config }: AnyDefinition, given: unknown, found: Map<string, unknown>): void {
    try {
      found.set(id, config?.parse(given));
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      for (const { path, message } of error.issues) {
        const where = path.map(String);
        const name = where.length === 0 ? id : `${id}: ${where.join('.')}`;
        this.#wrong(['providers', id, ...where], `${name} ${message.replace(/\.$/, '')}.`);
      }
    }
  }

  /** The provider's settings with variables and paths put in; undefined where one is not set. */
  #resolved(id: string): Readonly<Record<string, unknown>> | undefined {
    const at = ['providers', id];
    const node = this.#document.getIn(at, true);
    if (node === null || (isScalar(node) && node.value === null)) return {};
    if (!isMap(node)) {
      this.#wrong(at, `${id} has settings in braces, like ${id}: { key: env:NAME }.`);
      return undefined;
    }
    const given = node.toJS(this.#document) as Record<string, unknown>;
    let complete = true;
    const put = (name: string, value: unknown): unknown => {
      if (typeof value !== 'string') return value;
      if (paths.includes(name)) return resolve(this.#surroundings.folder, value);
      if (!value.startsWith('env:')) return value;
      const variable = value.slice(4).trim();
      const text = this.#surroundings.env[variable]?.trim() ?? '';
      if (text !== '') return text;
      complete = false;
      this.#wrong([...at, name], `${id}: ${name}: the variable ${variable} is not set.`);
      return undefined;
    };
    const entries = Object.entries(given).map(([name, value]) => [name, put(name, value)]);
    return complete ? Object.fromEntries(entries) : undefined;
  }

  #poll(): Pick<MarketDataSettings, 'pollSeconds'> {
    for (const name of this.#keys(['quotes'])) {
      if (name !== 'pollSeconds') {
        this.#wrong(['quotes', name], `quotes has no "${name}"; there is pollSeconds.`);
      }
    }
    const at = ['quotes', 'pollSeconds'];
    const seconds = this.#document.getIn(at);
    if (seconds === undefined) return {};
    if (typeof seconds === 'number' && seconds >= leastPollSeconds) return { pollSeconds: seconds };
    this.#wrong(at, `pollSeconds is a number of seconds, ${leastPollSeconds} or more.`);
    return {};
  }

  #order(providers: ReadonlyMap<string, unknown>): MarketDataSettings['order'] {
    const order: Partial<Record<InstrumentKind, readonly string[]>> = {};
    for (const kind of this.#keys(['order'])) {
      const at = ['order', kind];
      const known = instrumentKinds.find((one) => one === kind);
      const ids: unknown = this.#document.getIn(at) === null ? [] : this.#js(at);
      if (known === undefined) {
        this.#wrong(at, `there is no kind "${kind}"; there are ${instrumentKinds.join(', ')}.`);
      } else if (!Array.isArray(ids)) {
        this.#wrong(at, `${kind} has a list of providers, like [yahoo, stooq].`);
      } else order[known] = ids.filter((id, i) => this.#isEnabled(id, [...at, i], providers));
    }
    return order;
  }

  #isEnabled(id: unknown, at: Path, providers: ReadonlyMap<string, unknown>): id is string {
    if (typeof id === 'string' && providers.has(id)) return true;
    // One whose settings are wrong has its mistake already.
    if (!(typeof id === 'string' && this.#document.hasIn(['providers', id]))) {
      this.#wrong(at, `"${String(id)}" is not among the providers above.`);
    }
    return false;
  }

  #refresh(): MarketDataSettings['refresh'] {
    const given = this.#js(['refresh']);
    if (given === undefined || given === null) return undefined;
    const { at, zone, ...more } = given as Record<string, unknown>;
    const [unknown] = Object.keys(more);
    if (unknown !== undefined) {
      this.#wrong(['refresh', unknown], `refresh has "at" and "zone", and no "${unknown}".`);
    }
    if (typeof at !== 'string' || !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(at)) {
      this.#wrong(['refresh', 'at'], 'refresh: at is a time of day in quotes, like "22:30".');
      return undefined;
    }
    if (typeof zone !== 'string' || !dayInZone(0, zone).ok) {
      this.#wrong(['refresh', 'zone'], 'refresh: zone is a time zone like Europe/Berlin.');
      return undefined;
    }
    return { at, zone };
  }

  #js(path: Path): unknown {
    const node = this.#document.getIn(path, true) as Node | undefined | null;
    return node === undefined || node === null ? undefined : node.toJS(this.#document);
  }

  #keys(path: Path): string[] {
    const node = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    if (isMap(node)) return node.items.map(({ key }) => String(isScalar(key) ? key.value : key));
    const isNothing =
      node === undefined || node === null || (isScalar(node) && node.value === null);
    if (!isNothing && path.length > 0) {
      this.#wrong(path, `${path.join('.')} has names with a colon below it.`);
    }
    return [];
  }

  /** At the line of the innermost part of the path that is there. */
  #wrong(path: Path, detail: string): void {
    this.#mistakes.push({ line: this.#lineOf(path), detail });
  }

  #lineOf(path: Path): number {
    for (let length = path.length; length > 0; length--) {
      const parent =
        length === 1
          ? this.#document.contents
          : this.#document.getIn(path.slice(0, length - 1), true);
      const name = path[length - 1];
      const key = isMap(parent)
        ? parent.items.find((item) => isScalar(item.key) && item.key.value === name)?.key
        : this.#document.getIn(path.slice(0, length), true);
      const range = (key as Node | undefined | null)?.range;
      if (range) return this.#lines.linePos(range[0]).line;
    }
    return 1;
  }
}
