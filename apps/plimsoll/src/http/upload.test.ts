import { afterAll, beforeAll, expect, test } from 'vitest';
import { rawBytes, rawRequest } from '../testing/raw-request.ts';
import {
  formWith,
  startTestServer,
  type TestServer,
  temporaryFolder,
} from '../testing/test-server.ts';

const data = temporaryFolder();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer(data.folder);
}, 60_000);
afterAll(async () => {
  await server.close();
  data.remove();
});

const csv =
  'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note\n2024-01-02,buy,ACME,1,1,1,,,EUR,,\n';
const options = { account: 'Mine', currency: 'EUR' };
const preview = (form: FormData) =>
  server.send({ method: 'POST', path: '/v1/imports/preview', form, key: null });

test('files of any name are read, and shown by the last part of it', async () => {
  const names = [
    'Kontoübersicht März.csv',
    '../../etc/passwd.csv',
    'C:\\Users\\me\\a.csv',
    'x'.repeat(250),
  ];
  for (const name of names) {
    const { status, json } = await preview(formWith({ [name]: csv }, options));
    expect(status).toBe(200);
    const [shown] = json.rows.map(({ file }: { file: string }) => file);
    expect(shown).toBe(name.split(/[/\\]/).at(-1)?.slice(0, 200));
  }
});

test('options may come as a file and after the files', async () => {
  const form = new FormData();
  form.append('files', new Blob([csv]), 'a.csv');
  form.append('options', new Blob([JSON.stringify(options)], { type: 'application/json' }));
  expect((await preview(form)).status).toBe(200);
});

test.each<[string, () => FormData, RegExp]>([
  ['no file', () => formWith({}, options), /no file/],
  ['no options', () => formWith({ 'a.csv': csv }), /options\.account/],
  ['options that are no JSON', () => formWith({ 'a.csv': csv }, '{account'), /not JSON/],
  ['options that are a list', () => formWith({ 'a.csv': csv }, []), /options/],
  [
    'an unknown option',
    () => formWith({ 'a.csv': csv }, { ...options, workspace: 'x' }),
    /workspace/,
  ],
  ['options with a NUL', () => formWith({ 'a.csv': csv }, '{"account":"a\0b"}'), /NUL/],
  [
    'options with an escaped NUL',
    () => formWith({ 'a.csv': csv }, '{"account":"a\\u0000b"}'),
    /NUL/,
  ],
])('%s is refused', async (_title, form, words) => {
  const { json } = await preview(form());
  expect(json).toMatchObject({ status: 422, code: 'request.invalid' });
  expect(json.detail).toMatch(words);
});

test('two parts of options, or a part of another name, are refused', async () => {
  const twice = formWith({ 'a.csv': csv }, options);
  twice.append('options', '{}');
  expect((await preview(twice)).json.detail).toMatch(/two parts/);
  const other = formWith({ 'a.csv': csv }, options);
  other.append('comment', 'hello');
  expect((await preview(other)).json.detail).toMatch(/comment/);
  const proto = formWith({ 'a.csv': csv }, options);
  proto.append('__proto__', 'x');
  expect((await preview(proto)).status).toBe(400);
});

test('an empty or binary file is refused by name, with rows or not', async () => {
  for (const content of ['', new Uint8Array([0, 1, 2, 3, 255])]) {
    const { status, json } = await preview(formWith({ 'odd.csv': content }, options));
    expect(status === 200 ? json.refused[0].file : json.detail).toContain('odd.csv');
  }
});

test('what is no multipart, or is cut off, is refused', async () => {
  const asJson = await server.send({
    method: 'POST',
    path: '/v1/imports/preview',
    body: {},
    key: null,
  });
  expect(asJson.json).toMatchObject({ status: 415, code: 'request.unsupported-type' });
  const headers = { host: `localhost:${server.port}`, 'content-type': 'multipart/form-data' };
  const path = '/v1/imports/preview';
  const noBoundary = await rawRequest(server.port, { method: 'POST', path, headers, body: 'x' });
  expect(noBoundary.status).toBe(400);
  const cut = await rawRequest(server.port, {
    method: 'POST',
    path,
    headers: { ...headers, 'content-type': 'multipart/form-data; boundary=b' },
    body: '--b\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\ndate,ty',
  });
  expect(cut.status).toBe(400);
});

test('an upload that is announced too large is not taken in at all', async () => {
  const answer = await rawBytes(
    server.port,
    [
      'POST /v1/imports/preview HTTP/1.1',
      `host: localhost:${server.port}`,
      'content-type: multipart/form-data; boundary=b',
      'content-length: 1000000000',
      '',
      '',
    ].join('\r\n'),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain('"code":"request.too-large"');
});

test('one that grows beyond the limit unannounced is stopped', async () => {
  const chunk = new Uint8Array(1024 * 1024).fill(97);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    start: (stream) =>
      stream.enqueue(
        new TextEncoder().encode(
          '--b\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n',
        ),
      ),
    pull: (stream) => {
      sent++;
      if (sent > 80) stream.close();
      else stream.enqueue(chunk);
    },
  });
  const answer = await fetch(`${server.origin}/v1/imports/preview`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
    body,
    duplex: 'half',
  } as RequestInit).then(
    ({ status }) => status,
    () => 'cut off',
  );
  expect([413, 'cut off']).toContain(answer);
  expect(sent).toBeLessThan(80);
  expect((await server.send({ method: 'GET', path: '/v1/health' })).status).toBe(200);
}, 30_000);
