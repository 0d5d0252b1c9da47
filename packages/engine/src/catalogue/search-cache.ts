import type { UnitOfWork } from '@plimsoll/ports';
import { InstrumentSearch } from './instrument-search.ts';

/** The searches of workspaces, made again only when a catalogue has changed. */
export class SearchCache {
  readonly #kept = new Map<
    string,
    { readonly version: number; readonly search: InstrumentSearch }
  >();

  async within({ workspaceId, catalogue, reference }: UnitOfWork): Promise<InstrumentSearch> {
    const version = await catalogue.version();
    const known = this.#kept.get(workspaceId);
    if (known?.version === version) return known.search;
    const search = new InstrumentSearch(
      await catalogue.instruments(),
      await catalogue.aliases(),
      await reference.names(),
    );
    this.#kept.set(workspaceId, { version, search });
    return search;
  }
}
