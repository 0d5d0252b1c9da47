import { invariant } from '@plimsoll/kernel';
import { type LinkStore, marketWorkspace } from '@plimsoll/ports';
import { text, textOrNull } from '../cells.ts';
import type { WorkspaceSession } from '../workspace-session.ts';

/** Which listings a workspace's instruments are, and what providers call them, in SQL. */
export function linkStore(unit: WorkspaceSession): LinkStore {
  const { session, workspaceId, clock } = unit;
  /** What an instrument is linked to decides what it is worth. */
  const changed = () =>
    session.query(
      'UPDATE workspace_head SET price_version = price_version + 1 WHERE workspace_id = $1',
      [workspaceId],
    );
  return {
    links: async () => {
      const rows = await session.query(
        `SELECT instrument_id, listing_id, linked_by, evidence FROM instrument_link
         WHERE workspace_id = $1 ORDER BY instrument_id COLLATE "C"`,
        [workspaceId],
      );
      return rows.map(([instrumentId, listingId, linkedBy, evidence]) => ({
        instrumentId: text(instrumentId),
        listingId: textOrNull(listingId),
        linkedBy: text(linkedBy),
        evidence: text(evidence),
      }));
    },
    listingOf: async (instrumentId) => {
      const [row] = await session.query(
        'SELECT listing_id FROM instrument_link WHERE workspace_id = $1 AND instrument_id = $2',
        [workspaceId, instrumentId],
      );
      return textOrNull(row?.[0] ?? null);
    },
    link: async ({ instrumentId, listingId, linkedBy, evidence }) => {
      invariant(workspaceId !== marketWorkspace, 'listings are not linked themselves');
      await session.query(
        `INSERT INTO instrument_link (workspace_id, instrument_id, listing_id, linked_by, evidence, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (workspace_id, instrument_id) DO UPDATE
           SET (listing_id, linked_by, evidence, recorded_at)
             = (excluded.listing_id, excluded.linked_by, excluded.evidence, excluded.recorded_at)`,
        [workspaceId, instrumentId, listingId, linkedBy, evidence, clock.now()],
      );
      await changed();
    },
    unlink: async (instrumentId) => {
      await session.query(
        'DELETE FROM instrument_link WHERE workspace_id = $1 AND instrument_id = $2',
        [workspaceId, instrumentId],
      );
      await changed();
    },
    holders: async (listingId) => {
      invariant(workspaceId === marketWorkspace, 'only the market asks who holds a listing');
      const rows = await session.query('SELECT workspaces_of_listing($1)', [listingId]);
      return rows.map(([id]) => text(id));
    },
    providerSymbols: async (instrumentIds) => {
      const rows = await session.query(
        `SELECT instrument_id, provider, symbol FROM provider_symbol
         WHERE workspace_id IN ($1, $2) AND instrument_id = ANY($3::text[])
         ORDER BY instrument_id COLLATE "C", provider COLLATE "C"`,
        [workspaceId, marketWorkspace, instrumentIds],
      );
      return rows.map(([instrumentId, provider, symbol]) => ({
        instrumentId: text(instrumentId),
        provider: text(provider),
        symbol: text(symbol),
      }));
    },
    setProviderSymbol: async (instrumentId, provider, symbol) => {
      if (symbol === null) {
        await session.query(
          `DELETE FROM provider_symbol
           WHERE workspace_id = $1 AND instrument_id = $2 AND provider = $3`,
          [workspaceId, instrumentId, provider],
        );
        return;
      }
      await session.query(
        `INSERT INTO provider_symbol (workspace_id, instrument_id, provider, symbol)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (workspace_id, instrument_id, provider) DO UPDATE SET symbol = excluded.symbol`,
        [workspaceId, instrumentId, provider, symbol],
      );
    },
  };
}
