import type { Strategy } from '@plimsoll/analytics/strategy';
import type { BrokenStrategy, StrategyCatalogue, StrategyEntry } from '@plimsoll/engine';
import { ok, type ParameterFault, type Result, readParameters, refuse } from '@plimsoll/kernel';
import { nearestName } from './nearest-name.ts';
import { OwnFolder, type OwnStrategy } from './own/own-folder.ts';
import { type OwnLimits, ownLimits } from './own/own-limits.ts';
import { hostOwnStrategy } from './own/own-strategy-host.ts';

export interface CatalogueOptions {
  /** Those that come with the product; read when they are first asked for. */
  readonly builtIn: () => Promise<readonly Strategy[]>;
  /** Where the user's own are; none where absent. */
  readonly folder?: string;
  /** A folder that is looked in before, and not listed: that of a configuration file. */
  readonly beside?: string;
  readonly limits?: OwnLimits;
}

/** All strategies that can be chosen, and the files that give none. */
export function strategyCatalogue(options: CatalogueOptions): StrategyCatalogue {
  return new Catalogue(options);
}

class Catalogue implements StrategyCatalogue {
  readonly #builtIn: () => Promise<readonly Strategy[]>;
  readonly #listed: OwnFolder | undefined;
  readonly #beside: OwnFolder | undefined;
  readonly #limits: OwnLimits;

  constructor({ builtIn, folder, beside, limits = ownLimits() }: CatalogueOptions) {
    this.#builtIn = builtIn;
    this.#limits = limits;
    this.#listed = folder === undefined ? undefined : new OwnFolder(folder, limits);
    this.#beside = beside === undefined ? undefined : new OwnFolder(beside, limits);
  }

  async list(): ReturnType<StrategyCatalogue['list']> {
    const strategies = (await this.#builtIn()).map(builtInEntry);
    const taken = new Map(strategies.map(({ id }) => [id, 'one that comes with Plimsoll']));
    const broken: BrokenStrategy[] = [];
    for (const file of this.#listed?.files() ?? []) {
      const found = await this.#listed?.read(file);
      if (found === undefined) continue;
      if (!found.ok) {
        broken.push(found.fault);
        continue;
      }
      const entry = ownEntry(found.value);
      const other = taken.get(entry.id);
      if (other === undefined) {
        taken.set(entry.id, file);
        strategies.push(entry);
      } else {
        const message = `its id ${entry.id} is that of ${other}. Give it another.`;
        broken.push({ file, line: null, column: null, message });
      }
    }
    return { strategies, broken };
  }

  async resolve(named: string): Promise<Result<StrategyEntry>> {
    if (named.endsWith('.ts')) return this.#file(named);
    const builtIn = (await this.#builtIn()).find(({ id }) => id === named);
    if (builtIn) return ok(builtInEntry(builtIn));
    const { strategies, broken } = await this.list();
    const own = strategies.find(({ id }) => id === named);
    if (own) return ok(own);
    const nearest = nearestName(
      named,
      strategies.map(({ id }) => id),
    );
    const meant = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    const told =
      broken.length === 0 ? '' : ` Files that give none: ${broken.map(brokenText).join('; ')}.`;
    return refuse({
      code: 'strategy.unknown',
      detail: `There is no strategy "${named}".${meant}${told}`,
    });
  }

  async readParams(
    entry: StrategyEntry,
    given: Parameters<StrategyCatalogue['readParams']>[1],
  ): ReturnType<StrategyCatalogue['readParams']> {
    const read = readParameters(entry.params, given);
    if (!read.ok) return read;
    const wrong = await this.#wrong(entry, read.value);
    return wrong === null ? ok(read.value as typeof given) : invalid(wrong);
  }

  async #wrong({ ref, id }: StrategyEntry, params: unknown): Promise<string | null> {
    if (ref.kind === 'built-in') {
      const strategy = (await this.#builtIn()).find((one) => one.id === id);
      return strategy?.check?.(params as never) ?? null;
    }
    const folder = this.#folderOf(ref.file);
    if (folder === undefined) return `there is no file ${ref.file} any more`;
    const answer = await hostOwnStrategy(
      { folder: folder.folder, file: ref.file, work: { kind: 'check', params } },
      {
        limits: this.#limits,
        signal: new AbortController().signal,
        onProgress: () => undefined,
      },
    );
    if (!answer.ok) return answer.fault.detail;
    return answer.value.kind === 'checked' ? answer.value.wrong : null;
  }

  async #file(named: string): Promise<Result<StrategyEntry>> {
    const file = named.replace(/^\.\//, '');
    const folder = this.#folderOf(file);
    if (folder === undefined) {
      const where = [this.#beside, this.#listed].flatMap((one) => one?.folder ?? []).join(' and ');
      const known = this.#listed?.files().join(', ') || 'none';
      return refuse({
        code: 'strategy.unknown',
        detail: `There is no file ${file} in ${where === '' ? 'a folder of strategies' : where}; it has ${known}.`,
      });
    }
    const found = await folder.read(file);
    return found.ok
      ? ok(ownEntry(found.value))
      : refuse({ code: 'strategy.broken', detail: brokenText(found.fault) });
  }

  #folderOf(file: string): OwnFolder | undefined {
    return [this.#beside, this.#listed].find((folder) => folder?.has(file));
  }
}

const invalid = (message: string): Result<never, ParameterFault> =>
  refuse({ code: 'parameters.invalid', detail: `${message}.`, errors: [{ path: '', message }] });

const brokenText = ({ file, line, column, message }: BrokenStrategy): string =>
  `${line === null ? file : `${file}:${line}:${column}`}: ${message}`;

const builtInEntry = (strategy: Strategy): StrategyEntry => ({
  ref: { kind: 'built-in', id: strategy.id },
  id: strategy.id,
  group: strategy.group,
  title: strategy.title,
  summary: strategy.summary,
  source: strategy.source ?? null,
  params: strategy.params,
  instruments: {
    min: strategy.instruments?.min ?? 1,
    max: strategy.instruments?.max ?? null,
  },
  vector: strategy.signals !== undefined,
});

const ownEntry = ({ file, description }: OwnStrategy): StrategyEntry => {
  const { sha256, ...shown } = description;
  return { ref: { kind: 'own', file, sha256 }, ...shown };
};
