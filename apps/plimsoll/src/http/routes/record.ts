import { health } from '@plimsoll/contracts';
import { ok } from '@plimsoll/kernel';
import { z } from 'zod';
import { version } from '../../version.ts';
import type { Area, RouteKit } from '../route-kit.ts';

/** What `plimsoll verify` finds; see `LedgerCheck` of the ports. */
const ledgerCheck = z.object({
  workspaces: z.number().int(),
  entries: z.number().int(),
  checks: z.array(z.string()).readonly(),
  findings: z
    .array(
      z.object({
        check: z.string(),
        workspaceId: z.string(),
        seq: z.number().int().nullable(),
        detail: z.string(),
      }),
    )
    .readonly(),
});

/** The record as a whole: its health, its check and its export. */
export const area: Area = (kit) => {
  kit.get(
    '/health',
    { summary: 'Say how the server is', reply: health, withoutWorkspace: true },
    async ({ engine }) => {
      const [store, market, events] = await Promise.all([
        engine.describeStore(),
        engine.marketHealth(),
        eventsHealth(kit.events),
      ]);
      const settings = [...kit.marketData.read().mistakes];
      const faults = market.providers.length + market.datasets.length + settings.length;
      const isWell = faults === 0 && events?.state !== 'down';
      return ok({
        status: isWell ? ('ok' as const) : ('degraded' as const),
        version,
        uptimeSeconds: Math.round(process.uptime()),
        store,
        market,
        settings,
        events,
      });
    },
  );
  kit.get(
    '/verify',
    {
      summary: 'Check the record',
      description:
        'The independent check: numbers without gaps, the chain of hashes, balances, from the rows alone.',
      reply: ledgerCheck,
      withoutWorkspace: true,
    },
    ({ engine }) => engine.verify().then(ok),
  );
  kit.csv(
    '/export',
    { summary: 'Export the record as native CSV', fileName: 'plimsoll.csv' },
    ({ engine, workspace }) => engine.exportCsv(workspace),
  );
};

async function eventsHealth(events: RouteKit['events']) {
  if (events === undefined) return null;
  const { state, pending, oldest } = events.metrics();
  const bus = await events.bus.health();
  return {
    bus: events.bus.id,
    state: state === 'failing' ? ('down' as const) : bus.state,
    detail: bus.detail,
    pending,
    oldest,
  };
}
