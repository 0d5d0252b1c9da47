import { instrumentLabel } from '@plimsoll/domain';
import { type Json, ok, type Result } from '@plimsoll/kernel';
import type { Job, Store, UnitOfWork } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import { linkInstruments } from './link-instruments.ts';
import type { MarketContext } from './market-context.ts';
import type { RefreshRequest } from './market-use-cases.ts';

/** The listings that a job is about, with the words for it. */
export interface JobPlan {
  readonly title: string;
  readonly params: Json;
  readonly listingIds: readonly string[];
}

/** Links what can be linked, and says which listings are meant. */
export async function planJob(
  context: MarketContext,
  workspace: string,
  request: RefreshRequest,
): Promise<Result<JobPlan, EngineFault>> {
  const enabled = context.sources.list().filter((one) => one.enabled);
  if (enabled.length === 0) {
    return fault(
      'market.refused',
      'No provider of market data is turned on. See plimsoll providers, and turn one on with plimsoll providers enable ID.',
    );
  }
  const hasRates = context.sources.for('fx', 'daily').length > 0;
  await linkInstruments(context, hasRates);
  const { kind, from } = request;
  const params = { kind, from: from ?? null, instruments: [...request.instruments] };
  const verb = kind === 'refresh' ? 'Refresh prices' : 'Back-fill prices';
  const since = from === undefined ? '' : ` from ${from}`;
  if (request.instruments.length === 0) {
    const listingIds = await heldListings(context.store);
    const title = `${verb} of ${listingIds.length} listings${since}`;
    return ok({ title, params, listingIds });
  }
  const named = await namedListings(context.store, workspace, request.instruments);
  if (!named.ok) return named;
  const title = `${verb} of ${named.value.labels.join(', ')}${since}`;
  return ok({ title, params, listingIds: named.value.listingIds });
}

/** Every listing that a workspace of a user is linked to. */
async function heldListings(store: Store): Promise<readonly string[]> {
  const held = new Set<string>();
  for (const { id, demo } of await store.workspaces()) {
    if (demo) continue;
    const links = await store.read(id, (unit) => unit.links.links());
    for (const { listingId } of links) if (listingId !== null) held.add(listingId);
  }
  return [...held].sort();
}

function namedListings(store: Store, workspace: string, ids: readonly string[]) {
  return store.read(workspace, async ({ catalogue, links }) => {
    const instruments = new Map((await catalogue.instruments()).map((one) => [one.id, one]));
    const linked = new Map((await links.links()).map((one) => [one.instrumentId, one]));
    const listingIds: string[] = [];
    const labels: string[] = [];
    for (const id of ids) {
      const instrument = instruments.get(id);
      if (!instrument) return fault('instrument.unknown', `There is no instrument "${id}".`);
      const listingId = linked.get(id)?.listingId ?? null;
      const label = instrumentLabel(instrument);
      if (listingId === null) {
        const why = linked.has(id) ? 'It was unlinked by hand.' : 'It is not known by what name.';
        return fault(
          'market.refused',
          `${label} is not linked to a listing. ${why} Link it: plimsoll prices link ${label} PROVIDER:SYMBOL.`,
        );
      }
      listingIds.push(listingId);
      labels.push(label);
    }
    return ok({ listingIds, labels });
  });
}

/** Queues the job, in a unit of the market. */
export async function queueJob(
  context: Pick<MarketContext, 'newId'>,
  unit: UnitOfWork,
  plan: JobPlan,
  { kind, actor }: { readonly kind: string; readonly actor: string },
): Promise<Job> {
  const { title, params, listingIds } = plan;
  const id = context.newId();
  const job = await unit.jobs.add({ id, kind, title, params, requestedBy: actor }, listingIds);
  const payload = { jobId: id, kind, state: job.state };
  await unit.outbox.add([{ id: context.newId(), type: 'jobs.changed', payload }]);
  return job;
}
