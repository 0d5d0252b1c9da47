import type { LedgerFinding } from '@plimsoll/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../transaction.ts';
import { type Audit, verifyLedger } from '../verify/verify-ledger.ts';
import type { RawDatabase } from './raw-database.ts';
import { sampleWorkspace } from './sample-workspace.ts';

/** A forger with all rights: triggers and constraints are off, the rest is SQL. `:w` is the workspace. */
const forgeries: Readonly<Record<string, string>> = {
  'edits a payload': `UPDATE ledger_entry SET payload = replace(payload, '"100"', '"999"') WHERE workspace_id = :w AND seq = 3`,
  'edits a payload into another form of the same': `UPDATE ledger_entry SET payload = payload || ' ' WHERE workspace_id = :w AND seq = 3`,
  'edits the day': `UPDATE ledger_entry SET effective_at = effective_at + 1 WHERE workspace_id = :w AND seq = 2`,
  'edits the account': `UPDATE ledger_entry SET account_id = 'other' WHERE workspace_id = :w AND seq = 2`,
  'edits the instruments': `UPDATE ledger_entry SET instrument_ids = '{}' WHERE workspace_id = :w AND seq = 2`,
  'edits the type': `UPDATE ledger_entry SET type = 'sell' WHERE workspace_id = :w AND seq = 2`,
  'edits the actor': `UPDATE ledger_entry SET actor = 'someone else' WHERE workspace_id = :w AND seq = 2`,
  'edits the fingerprint': `UPDATE ledger_entry SET fingerprint = 'f3' WHERE workspace_id = :w AND seq = 2`,
  'edits when it was recorded': `UPDATE ledger_entry SET recorded_at = recorded_at - interval '1 ms' WHERE workspace_id = :w AND seq = 4`,
  'edits an id': `UPDATE ledger_entry SET id = 'other' WHERE workspace_id = :w AND seq = 2`,
  'edits a hash': `UPDATE ledger_entry SET hash = repeat('a', 64) WHERE workspace_id = :w AND seq = 2`,
  'edits the previous hash': `UPDATE ledger_entry SET previous_hash = repeat('a', 64) WHERE workspace_id = :w AND seq = 2`,
  'deletes the first entry': `DELETE FROM ledger_entry WHERE workspace_id = :w AND seq = 1`,
  'deletes an entry': `DELETE FROM ledger_entry WHERE workspace_id = :w AND seq = 3`,
  'deletes an entry and closes the gap': `
    DELETE FROM ledger_entry WHERE workspace_id = :w AND seq = 3;
    UPDATE ledger_entry SET seq = -seq WHERE workspace_id = :w AND seq > 3;
    UPDATE ledger_entry SET seq = -seq - 1 WHERE workspace_id = :w AND seq < 0;
    UPDATE workspace_head SET seq = seq - 1 WHERE workspace_id = :w`,
  'cuts off the tail': `DELETE FROM ledger_entry WHERE workspace_id = :w AND seq > 4`,
  'cuts off the tail and moves the head': `
    DELETE FROM reversal WHERE workspace_id = :w;
    DELETE FROM ledger_entry WHERE workspace_id = :w AND seq > 4;
    UPDATE workspace_head SET seq = 4, hash = (SELECT hash FROM ledger_entry WHERE workspace_id = :w AND seq = 4)
      WHERE workspace_id = :w`,
  'deletes everything': `
    DELETE FROM ledger_entry WHERE workspace_id = :w; DELETE FROM reversal WHERE workspace_id = :w;
    UPDATE workspace_head SET seq = 0, hash = repeat('0', 64), recorded_at = NULL WHERE workspace_id = :w`,
  'swaps two entries': `
    UPDATE ledger_entry SET seq = -seq WHERE workspace_id = :w AND seq IN (2, 3);
    UPDATE ledger_entry SET seq = 5 + seq WHERE workspace_id = :w AND seq < 0`,
  'puts an entry in again': `
    INSERT INTO ledger_entry SELECT workspace_id, 7, 'again', kind, payload, type, account_id, to_account_id,
      instrument_ids, effective_at, note, NULL, NULL, actor, recorded_at, previous_hash, hash
    FROM ledger_entry WHERE workspace_id = :w AND seq = 2`,
  'gives an entry to another workspace': `UPDATE ledger_entry SET workspace_id = :w || '-elsewhere' WHERE workspace_id = :w AND seq = 2`,
  'deletes a reversal from the index': `DELETE FROM reversal WHERE workspace_id = :w`,
  'turns a reversal to another entry': `UPDATE reversal SET reverses = 't2', root = 't2' WHERE workspace_id = :w`,
  'makes a reversal up': `INSERT INTO reversal VALUES (:w, 't2', 't3', 't3', 1)`,
  'changes what an import added': `UPDATE import SET added = 2 WHERE workspace_id = :w`,
  'deletes an import': `DELETE FROM import WHERE workspace_id = :w`,
  'deletes the events': `DELETE FROM outbox WHERE workspace_id = :w`,
  'edits an event': `UPDATE outbox SET payload = replace(payload, '"first":1', '"first":2') WHERE workspace_id = :w`,
  'edits the head': `UPDATE workspace_head SET hash = repeat('b', 64) WHERE workspace_id = :w`,
  'deletes the head': `DELETE FROM workspace_head WHERE workspace_id = :w`,
  'edits a kept answer': `UPDATE idempotency SET request_hash = 'x' WHERE workspace_id = :w`,
  'deletes the account': `DELETE FROM account WHERE workspace_id = :w`,
  'deletes the instrument': `DELETE FROM instrument WHERE workspace_id = :w`,
};

/** A busy machine may take its time. */
const patienceMs = 60_000;

/** What the ledger check must notice, done by someone whom the database refuses nothing. */
export function tamperTests(name: string, open: () => Promise<RawDatabase>): void {
  describe(`ledger check against forgery: ${name}`, { timeout: patienceMs }, () => {
    let raw: RawDatabase;
    beforeAll(async () => {
      raw = await open();
    }, patienceMs);
    afterAll(() => raw.store.close());

    const forge = async (sql: string): Promise<readonly LedgerFinding[]> => {
      const id = await sampleWorkspace(raw.store, 6);
      expect(await findingsOf(id)).toEqual([]);
      await raw.database.session(async (session) => {
        await session.script(`
          SET search_path = plimsoll; SET session_replication_role = replica;
          ALTER TABLE ledger_entry DISABLE TRIGGER USER, DROP CONSTRAINT ledger_entry_seq_check;
          ALTER TABLE reversal DISABLE TRIGGER USER;
          ALTER TABLE idempotency DISABLE TRIGGER USER`);
        try {
          await session.script(sql.replaceAll(':w', `'${id}'`));
        } finally {
          await session.script(`
            ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER refuse_update, ENABLE ALWAYS TRIGGER refuse_delete,
              ADD CONSTRAINT ledger_entry_seq_check CHECK (seq > 0);
            ALTER TABLE reversal ENABLE ALWAYS TRIGGER refuse_update, ENABLE ALWAYS TRIGGER refuse_delete;
            ALTER TABLE idempotency ENABLE ALWAYS TRIGGER refuse_update, ENABLE ALWAYS TRIGGER refuse_delete;
            RESET session_replication_role; RESET search_path`);
        }
      });
      return findingsOf(id);
    };
    /** Checks one workspace, and the rows that belong to none. */
    const findingsOf = async (id: string) => {
      const terms = { role: 'plimsoll_audit', workspaceId: null, access: 'read' } as const;
      const audit: Audit = (work) =>
        raw.database.session((session) =>
          inTransaction(session, { ...terms, statementTimeoutMs: 0 }, () => work(session)),
        );
      const { findings } = await verifyLedger(audit, id);
      return findings.filter(({ workspaceId }) => workspaceId.startsWith(id));
    };

    it.each(Object.entries(forgeries))('notices who %s', async (_, sql) => {
      const findings = await forge(sql);
      expect(findings.length).toBeGreaterThan(0);
      for (const finding of findings) expect(finding.detail).toMatch(/^\S.*\.$/);
    });

    it('finds nothing where nothing was done', async () => {
      expect(await forge('SELECT 1')).toEqual([]);
    });
  });
}
