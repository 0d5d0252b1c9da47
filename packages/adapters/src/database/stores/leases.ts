import type { Session } from '../session.ts';

/** Takes, keeps or takes over a lease that ran out; one statement, so that only one wins. */
export async function takeLease(
  session: Session,
  { name, holder, forMs }: { name: string; holder: string; forMs: number },
): Promise<boolean> {
  const taken = await session.query(
    `INSERT INTO lease AS l (name, holder, held_until)
     VALUES ($1, $2, clock_timestamp() + make_interval(secs => $3::float8 / 1000))
     ON CONFLICT (name) DO UPDATE SET holder = EXCLUDED.holder, held_until = EXCLUDED.held_until
       WHERE l.holder = EXCLUDED.holder OR l.held_until < clock_timestamp()
     RETURNING name`,
    [name, holder, forMs],
  );
  return taken.length > 0;
}

/** Lets the next one have it at once. */
export async function giveLease(session: Session, name: string, holder: string): Promise<void> {
  await session.query('DELETE FROM lease WHERE name = $1 AND holder = $2', [name, holder]);
}
