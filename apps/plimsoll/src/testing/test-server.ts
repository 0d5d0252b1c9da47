import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problem } from '@plimsoll/contracts';
import type { Engine } from '@plimsoll/engine';
import { openComputePool } from '../analyses/compute-pool.ts';
import { engineOn, openMarketData, openStore } from '../compose.ts';
import { readConfig } from '../config.ts';
import { ensureMainWorkspace } from '../ensure-main-workspace.ts';
import { buildServer } from '../http/build-server.ts';
import { strictReplies } from './strict-replies.ts';

/** A folder of its own, and how to be rid of it. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly form?: FormData;
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The server on a store of its own, listening; every reply is held against its contract. */
export async function startTestServer(
  dataFolder: string,
  change: (engine: Engine) => Engine = (engine) => engine,
) {
  const store = await openStore(readConfig({}, { PLIMSOLL_DATA: dataFolder }));
  const pool = openComputePool();
  const engine = await engineOn(store, pool.compute, dataFolder);
  await ensureMainWorkspace(engine);
  const marketData = await openMarketData(dataFolder);
  const { serialise, breaches } = strictReplies();
  const app = await buildServer({
    engine: change(engine),
    marketData,
    logLevel: 'silent',
    serialise,
    webFolder: join(dataFolder, 'no-page'),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    port,
    engine,
    marketData,
    breaches,
    app,
    send: (sent: Sent) => send(origin, sent),
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
      await engine.endJobs();
      await Promise.all([store.close(), pool.close()]);
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>;

/** Sends a request; writes get a fresh key unless they are given one, or null for none. */
async function send(origin: string, { method, path, body, form, key, headers = {} }: Sent) {
  const written = method !== 'GET' && key !== null;
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(written ? { 'idempotency-key': key ?? randomUUID() } : {}),
      ...headers,
    },
    ...(form ? { body: form } : {}),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const json = isJson && text !== '' ? JSON.parse(text) : undefined;
  if (response.status >= 400) {
    if (response.headers.get('content-type') !== 'application/problem+json; charset=utf-8') {
      throw new Error(`${method} ${path}: ${response.status} is no problem document: ${text}`);
    }
    problem.parse(json);
  }
  return { status: response.status, headers: response.headers, text, json };
}

/** A multipart form: the options part, if any, and files. */
export function formWith(files: Readonly<Record<string, string | Uint8Array>>, options?: unknown) {
  const form = new FormData();
  if (options !== undefined) {
    form.set('options', typeof options === 'string' ? options : JSON.stringify(options));
  }
  for (const [name, content] of Object.entries(files)) {
    form.append('files', new Blob([content as string]), name);
  }
  return form;
}
