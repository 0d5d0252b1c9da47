import { dayNumber } from '@plimsoll/kernel';
import type { Job, UnitOfWork } from '@plimsoll/ports';
import { freshness } from './freshness.ts';
import type { MarketContext } from './market-context.ts';

/** Tells whoever listens which listings are late when all has been asked. */
export async function alarm(context: MarketContext, unit: UnitOfWork, job: Job): Promise<void> {
  const late = await lateListings(context, unit, job);
  if (late.length === 0) return;
  const payload = { kind: 'late', instrumentIds: [...late], findings: [] };
  await unit.outbox.add([{ id: context.newId(), type: 'quality.found', payload }]);
}

async function lateListings(
  { clock }: MarketContext,
  unit: UnitOfWork,
  job: Job,
): Promise<readonly string[]> {
  const items = await unit.jobs.items(job.id, null, job.total);
  const wanted = new Set(items.map(({ key }) => key));
  const last = new Map(
    (await unit.prices.coverage()).map((one) => [one.instrumentId, dayNumber(one.last)]),
  );
  const nowMs = Date.parse(clock.now());
  return (await unit.catalogue.instruments())
    .filter(({ id }) => wanted.has(id))
    .filter((listing) => freshness(listing, last.get(listing.id) ?? null, nowMs).state !== 'fresh')
    .map(({ id }) => id);
}
