import type { MessagePort } from 'node:worker_threads';
import { StoreRefusal } from '@plimsoll/ports';
import type { Database, Row, Session } from '../session.ts';
import { SqlError } from '../session.ts';
import type { EngineReply, EngineRequest } from './protocol.ts';
import { turns } from './turns.ts';

type Given = Extract<EngineReply, { ok: true }>;
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/**
 * The embedded database as seen through a port to its thread. Closing waits for the unit of work at
 * hand; `afterwards` ends what else is to end.
 */
export function portDatabase(port: MessagePort, afterwards: () => Promise<void>): Database {
  const { ask, shut } = asker(port);
  // One port has one session at a time; the engine orders the ports among themselves.
  const own = turns();
  const session: Session = {
    query: async (text, values = []) => {
      let page = await ask({ kind: 'query', text, values });
      if (!page.more) return page.rows;
      const rows: Row[] = [...page.rows];
      while (page.more) {
        page = await ask({ kind: 'more' });
        for (const row of page.rows) rows.push(row);
      }
      return rows;
    },
    script: async (sql) => (await ask({ kind: 'script', sql })).tag,
  };
  return {
    engine: 'pglite',
    // Opening refuses an engine that was not seen to sync its commits.
    durable: true,
    statementTimeoutMs: 0,
    contended: false,
    session: async (work) => {
      const done = await own.take();
      try {
        await ask({ kind: 'acquire' });
        try {
          return await work(session);
        } finally {
          await ask({ kind: 'release' });
        }
      } finally {
        done();
      }
    },
    close: async () => {
      const done = await own.take();
      shut();
      done();
      await afterwards();
    },
  };
}

interface Asker {
  ask(request: WithoutId<EngineRequest>): Promise<Given>;
  shut(): void;
}

function asker(port: MessagePort): Asker {
  const waiting = new Map<number, PromiseWithResolvers<Given>>();
  let last = 0;
  let closed = false;
  port.on('message', (reply: EngineReply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.ok) asked?.resolve(reply);
    else asked?.reject(new SqlError(reply.message, reply.code));
  });
  const end = (): void => {
    closed = true;
    for (const asked of waiting.values()) asked.reject(gone());
    waiting.clear();
  };
  port.on('close', end);
  const ask = (request: WithoutId<EngineRequest>): Promise<Given> => {
    if (closed) return Promise.reject(gone());
    const asked = Promise.withResolvers<Given>();
    waiting.set(++last, asked);
    port.postMessage({ ...request, id: last });
    return asked.promise;
  };
  return {
    ask,
    shut: () => {
      end();
      port.close();
    },
  };
}

const gone = (): StoreRefusal =>
  new StoreRefusal({
    code: 'store.unavailable',
    detail: 'The embedded database is closed. Start Plimsoll again.',
  });
