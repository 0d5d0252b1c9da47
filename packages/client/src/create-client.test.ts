import { expect, test } from 'vitest';
import { createClient } from './create-client.ts';
import { ProblemError, UnreachableError } from './problem-error.ts';

interface Seen {
  url: string;
  init: RequestInit;
}

/** A client whose network answers with `reply`, and what it was asked. */
function clientWith(reply: () => Response | Promise<Response>) {
  const seen: Seen[] = [];
  const client = createClient({
    origin: 'http://127.0.0.1:1',
    workspace: 'demo',
    newKey: () => 'key-1',
    fetch: async (url, init) => {
      seen.push({ url: String(url), init: init ?? {} });
      return reply();
    },
  });
  return { client, seen };
}
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

test('a read names the workspace and leaves empty parameters out', async () => {
  const { client, seen } = clientWith(() => json({ items: [] }));
  await client.transactions({ type: 'buy', text: '', limit: 50 });
  expect(seen[0]?.url).toBe('http://127.0.0.1:1/v1/transactions?type=buy&limit=50');
  expect(seen[0]?.init.headers).toEqual({
    accept: 'application/json',
    'plimsoll-workspace': 'demo',
  });
});

test('a transaction is asked for by its id', async () => {
  const { client, seen } = clientWith(() => json({ id: 'a/b', postings: [] }));
  expect(await client.transaction('a/b')).toEqual({ id: 'a/b', postings: [] });
  expect(seen[0]?.url).toBe('http://127.0.0.1:1/v1/transactions/a%2Fb');
});

test('every write carries an idempotency key', async () => {
  const { client, seen } = clientWith(() => json({ added: 1, ids: ['t1'] }));
  await client.reverseTransaction('a/b', 'typed twice');
  expect(seen[0]?.url).toBe('http://127.0.0.1:1/v1/transactions/a%2Fb/reversal');
  expect(seen[0]?.init.headers).toMatchObject({ 'idempotency-key': 'key-1' });
  expect(seen[0]?.init.body).toBe('{"reason":"typed twice"}');
});

test('an upload sends the options before the files', async () => {
  const { client, seen } = clientWith(() => json({}));
  await client.previewImport([{ name: 'a.csv', content: new Blob(['x']) }], { account: 'Mine' });
  const form = seen[0]?.init.body as FormData;
  expect([...form.keys()]).toEqual(['options', 'files']);
  expect((form.get('files') as File).name).toBe('a.csv');
});

test('a refusal keeps every member of its problem', async () => {
  const problem = {
    type: 'https://example.test/import.refused',
    title: 'Refused',
    status: 422,
    code: 'import.refused',
    detail: 'line 3: no price',
    summary: { added: 0 },
  };
  const { client } = clientWith(() => json(problem, 422));
  const error = await client.importFiles([], { account: 'Mine' }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).problem).toEqual(problem);
});

test('the export is text, not JSON', async () => {
  const { client } = clientWith(
    () => new Response('date,type\n', { headers: { 'content-type': 'text/csv; charset=utf-8' } }),
  );
  expect(await client.exportCsv()).toBe('date,type\n');
});

test('an answer that is not ours says so instead of crashing', async () => {
  const { client } = clientWith(() => new Response('<html>Bad gateway</html>', { status: 502 }));
  const error = await client.accounts().catch((thrown) => thrown);
  expect((error as ProblemError).problem.code).toBe('answer.foreign');
  expect((error as Error).message).toContain('Bad gateway');
});

test('a server that is switched off is told apart from one that refuses', async () => {
  const { client } = clientWith(() => Promise.reject(new TypeError('fetch failed')));
  await expect(client.accounts()).rejects.toBeInstanceOf(UnreachableError);
});
