import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Clock } from '@plimsoll/ports';
import { StoreRefusal } from '@plimsoll/ports';
import { integer, text } from './cells.ts';
import { type Session, SqlError } from './session.ts';
import { quoted } from './transaction.ts';

/** One forward step of the schema. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const folder = new URL('./migrations/', import.meta.url);
const fileName = /^(\d{4})-([a-z0-9-]+)\.sql$/;
/** Any number will do, as long as every Plimsoll takes the same. */
const advisoryLock = 7_467_586_765;

/** All steps, in order. */
export function migrations(): readonly Migration[] {
  return readdirSync(folder)
    .flatMap((file) => {
      const [, number, name] = fileName.exec(file) ?? [];
      if (number === undefined || name === undefined) return [];
      // A checkout on Windows may turn line ends; the step is the same.
      const sql = readFileSync(new URL(file, folder), 'utf8').replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return [{ number: Number(number), name, sql, checksum }];
    })
    .sort((a, b) => a.number - b.number);
}

/**
 * Brings the schema up to date, as its owner. Each step commits by itself with its checksum, so an
 * interrupted run goes on where it stopped. Refuses a database whose steps are not ours.
 */
export async function migrate(
  session: Session,
  clock: Clock,
  steps: readonly Migration[] = migrations(),
): Promise<void> {
  await session.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
  try {
    const applied = await appliedSteps(session);
    refuseForeign(applied, steps);
    for (const step of steps) {
      if (!applied.has(step.number)) await apply(session, step, clock);
    }
  } finally {
    await session.query('SELECT pg_advisory_unlock($1)', [advisoryLock]);
  }
}

async function appliedSteps(session: Session): Promise<ReadonlyMap<number, string>> {
  await session.script(`
    SET client_min_messages = warning;
    CREATE SCHEMA IF NOT EXISTS plimsoll;
    CREATE TABLE IF NOT EXISTS plimsoll.migration (
      number integer PRIMARY KEY,
      name text NOT NULL,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL
    )`);
  const rows = await session.query('SELECT number, checksum FROM plimsoll.migration');
  return new Map(rows.map((row) => [integer(row[0]), text(row[1])]));
}

function refuseForeign(applied: ReadonlyMap<number, string>, steps: readonly Migration[]): void {
  const known = new Map(steps.map((step) => [step.number, step]));
  for (const [number, checksum] of applied) {
    const step = known.get(number);
    if (step === undefined) {
      throw new StoreRefusal({
        code: 'store.newer-schema',
        detail: `The database has schema step ${number}, which this version of Plimsoll does not know. Use the version that wrote it, or a newer one.`,
      });
    }
    if (step.checksum !== checksum) {
      throw new StoreRefusal({
        code: 'store.changed-migration',
        detail: `Schema step ${number} (${step.name}) in the database is not the one of this version of Plimsoll. Use the version that wrote the database, or restore its migration file.`,
      });
    }
  }
}

async function apply(session: Session, step: Migration, clock: Clock): Promise<void> {
  const record = [String(step.number), step.name, step.checksum, clock.now()]
    .map(quoted)
    .join(', ');
  try {
    await session.script(`
      BEGIN;
      SET LOCAL search_path = plimsoll, pg_temp;
      ${step.sql};
      INSERT INTO plimsoll.migration (number, name, checksum, applied_at) VALUES (${record});
      COMMIT`);
  } catch (error) {
    await session.script('ROLLBACK');
    throw explained(error, step);
  }
}

const insufficientPrivilege = '42501';

function explained(error: unknown, step: Migration): unknown {
  if (!(error instanceof SqlError) || error.code !== insufficientPrivilege) return error;
  return new StoreRefusal(
    {
      code: 'store.unsafe-settings',
      detail: `The database user may not run schema step ${step.number} (${step.name}): ${error.message}. It must own the database and be allowed to create roles: ALTER ROLE … CREATEROLE.`,
    },
    { cause: error },
  );
}
