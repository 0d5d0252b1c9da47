import { setImmediate } from 'node:timers/promises';
import type { LedgerFinding } from '@plimsoll/ports';
import { integer, text, textOrNull } from '../cells.ts';
import type { Row, Session } from '../session.ts';
import { postingFaults } from './posting-faults.ts';
import { isRecord, type JsonRecord, sortedJson } from './sorted-json.ts';

/** Reads the payloads of the entries after `after` up to `last` and says what is wrong with them. */
export async function checkPayloads(
  session: Session,
  workspaceId: string,
  after: number,
  last: number,
): Promise<readonly LedgerFinding[]> {
  const rows = await session.query(
    `SELECT seq, kind, id, payload, type, account_id, to_account_id, effective_at::text,
       array_to_string(instrument_ids, E'\\x1f')
     FROM ledger_entry WHERE workspace_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq`,
    [workspaceId, after, last],
  );
  const findings: LedgerFinding[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % 200 === 199) await setImmediate();
    for (const { check, detail } of payloadFaults(row)) {
      findings.push({ check, workspaceId, seq: integer(row[0]), detail });
    }
  }
  return findings;
}

interface PayloadFault {
  readonly check: 'payload' | 'columns' | 'postings';
  readonly detail: string;
}

function payloadFaults(row: Row): readonly PayloadFault[] {
  const written = text(row[3]);
  const payload = parsed(written);
  if (payload === null) return [{ check: 'payload', detail: 'The payload is not a JSON object.' }];
  const faults: PayloadFault[] = [];
  if (sortedJson(payload) !== written) {
    faults.push({ check: 'payload', detail: 'The payload is not in canonical form.' });
  }
  const differing = differingColumns(row, payload);
  if (differing.length > 0) {
    const detail = `The columns ${differing.join(', ')} do not repeat the payload.`;
    faults.push({ check: 'columns', detail });
  }
  if (text(row[1]) !== 'transaction') return faults;
  for (const detail of postingFaults(payload)) faults.push({ check: 'postings', detail });
  return faults;
}

function parsed(written: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(written);
    return isRecord(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function differingColumns(row: Row, payload: JsonRecord): readonly string[] {
  const [, kind, id, , type, accountId, toAccountId, effectiveAt, instruments] = row;
  const isTransaction = kind === 'transaction';
  const member = (name: string) => (isTransaction ? (payload[name] ?? null) : null);
  const reinvested = payload['reinvested'];
  const named = [
    payload['instrumentId'],
    payload['childId'],
    payload['intoId'],
    isRecord(reinvested) ? reinvested['instrumentId'] : undefined,
  ].filter((value) => typeof value === 'string');
  const expected = {
    id: [payload['id'], id],
    type: [member('type'), type],
    account_id: [member('accountId'), accountId],
    to_account_id: [member('toAccountId'), toAccountId],
    effective_at: [member('effectiveAt'), effectiveAt],
    instrument_ids: [[...new Set(named)].join('\u001f'), textOrNull(instruments ?? null)],
  };
  return Object.entries(expected)
    .filter(([, [inPayload, inColumn]]) => inPayload !== inColumn)
    .map(([column]) => column);
}
