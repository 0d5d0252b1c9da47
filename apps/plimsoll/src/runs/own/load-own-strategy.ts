import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Module, SourceTextModule, SyntheticModule } from 'node:vm';
import { defineStrategy } from '@plimsoll/analytics/strategy';
import { OwnRefusal } from './own-refusal.ts';
import { placeOf, placeOfWords } from './place-in-file.ts';

/** What a user's file exports, and the texts that it came from. */
export interface LoadedFile {
  readonly exported: unknown;
  /** Of the file, and by the names of what it imports: hex. */
  readonly sha256: string;
  /** The text of a file of the folder that was read. */
  readonly textOf: (file: string) => string;
}

/** The name under which strategies import what is ours. */
const strategyModule = '@plimsoll/strategy';
const ours: Readonly<Record<string, unknown>> = { defineStrategy };

/** The most that a file of strategies may have. */
const mostBytes = 1024 * 1024;

/**
 * Reads a user's file and what it imports into a realm and gives its default export. Types are taken
 * out and leave space behind, so that lines and columns are those of the file.
 *
 * @throws OwnRefusal with the place of what is wrong, and whatever the file throws.
 */
export async function loadOwnFile(
  folder: string,
  file: string,
  realm: object,
): Promise<LoadedFile> {
  const files = new FolderFiles(folder, realm);
  const main = files.module(file);
  await main.link((wanted, from) => files.imported(wanted, from));
  await main.evaluate();
  const { namespace } = main;
  if (!('default' in namespace)) {
    throw new OwnRefusal(
      file,
      { line: 1, column: 1 },
      'it has no default export. Write export default defineStrategy({ … }).',
    );
  }
  return {
    exported: namespace['default'],
    sha256: files.digest(file),
    textOf: (name) => files.textOf(name),
  };
}

class FolderFiles {
  readonly #folder: string;
  readonly #realm: object;
  readonly #texts = new Map<string, string>();
  readonly #modules = new Map<string, Module>();

  constructor(folder: string, realm: object) {
    this.#folder = folder;
    this.#realm = realm;
  }

  textOf(file: string): string {
    return this.#texts.get(file) ?? '';
  }

  module(file: string): Module {
    const known = this.#modules.get(file);
    if (known) return known;
    const path = join(this.#folder, file);
    const text = this.#read(file, path);
    const module = new SourceTextModule(this.#script(text, file), {
      context: this.#realm,
      identifier: path,
      importModuleDynamically: (wanted) => {
        throw new OwnRefusal(
          file,
          placeOfWords(text, /\bimport\s*\(/),
          `${wanted} cannot be imported while it runs. Write imports at the top of the file.`,
        );
      },
    });
    this.#modules.set(file, module);
    return module;
  }

  /** What an import names: what is ours, or a file of the folder. */
  imported(wanted: string, from: Module): Module {
    if (wanted === strategyModule) return this.#ours();
    const importer = relative(this.#folder, from.identifier);
    if (/^\.{1,2}\//.test(wanted)) {
      const file = relative(this.#folder, join(dirname(from.identifier), wanted));
      if (!file.startsWith('..') && /\.[jt]s$/.test(file)) return this.module(file);
    }
    const quoted = wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const place = placeOfWords(this.textOf(importer), new RegExp(`['"]${quoted}['"]`));
    throw new OwnRefusal(
      importer,
      place,
      `${wanted} cannot be imported. A strategy imports ${strategyModule} and files of its own folder by a path like ./name.ts.`,
    );
  }

  /** One file's own digest, or the digest of the names and digests of several. */
  digest(file: string): string {
    const each = [...this.#texts].map(([name, text]) => [name, hex(text)] as const);
    if (each.length === 1) return hex(this.textOf(file));
    const sorted = each.toSorted(([a], [b]) => (a < b ? -1 : 1));
    return hex(sorted.map(([name, sha256]) => `${sha256}  ${name}\n`).join(''));
  }

  #read(file: string, path: string): string {
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(path);
    } catch (error) {
      const { code } = error as { readonly code?: string };
      const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
      throw new OwnRefusal(file, null, `${why}.`);
    }
    if (bytes.length > mostBytes) {
      throw new OwnRefusal(file, null, `it has ${bytes.length} bytes, more than ${mostBytes}.`);
    }
    const text = new TextDecoder().decode(bytes);
    this.#texts.set(file, text);
    return text;
  }

  #script(text: string, file: string): string {
    if (file.endsWith('.js')) return text;
    try {
      return stripTypeScriptTypes(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const place = placeOf(error.stack ?? '', this.#folder, file);
      throw new OwnRefusal(
        file,
        place,
        `it is not TypeScript that can be run by leaving out its types: ${error.message}.`,
      );
    }
  }

  #ours(): Module {
    const known = this.#modules.get(strategyModule);
    if (known) return known;
    const module = new SyntheticModule(
      Object.keys(ours),
      () => {
        for (const [name, value] of Object.entries(ours)) module.setExport(name, value);
      },
      { context: this.#realm, identifier: strategyModule },
    );
    this.#modules.set(strategyModule, module);
    return module;
  }
}

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
