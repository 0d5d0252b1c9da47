import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface S3Server {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

export interface S3Bucket {
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Names in one page of a listing. */
  readonly page: number;
}

type Answer = readonly [status: number, body: string | Uint8Array];

/**
 * One bucket in memory that answers as Amazon's reference says and checks what it is sent: signature
 * version 4, the hash of the body, pages of listings. Source: Amazon S3 API reference, "Authenticating
 * requests (AWS Signature Version 4)", "ListObjectsV2", "Error responses".
 */
export async function startS3Server(of: S3Bucket): Promise<S3Server> {
  const files = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    readBody(request).then(
      (body) => send(response, answer(of, files, request, body)),
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

function send(response: ServerResponse, [status, body]: Answer): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}

const refused = (status: number, code: string): Answer => [
  status,
  `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
];

function answer(
  of: S3Bucket,
  files: Map<string, Uint8Array>,
  request: IncomingMessage,
  body: Uint8Array,
): Answer {
  const url = new URL(request.url ?? '/', 'http://server');
  const faulty = signatureFault(of, request, url, body);
  if (faulty !== null) return refused(403, faulty);
  const [, bucket = '', ...rest] = url.pathname.split('/').map(decodeURIComponent);
  if (bucket !== of.bucket) return refused(404, 'NoSuchBucket');
  const key = rest.join('/');
  if (key === '') return list(files, url.searchParams, of.page);
  if (request.method === 'PUT') {
    files.set(key, body);
    return [200, ''];
  }
  if (request.method === 'DELETE') {
    files.delete(key);
    return [204, ''];
  }
  const file = files.get(key);
  return file === undefined ? refused(404, 'NoSuchKey') : [200, file];
}

function list(files: Map<string, Uint8Array>, query: URLSearchParams, size: number): Answer {
  const prefix = query.get('prefix') ?? '';
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString();
  const keys = [...files.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, size);
  const cut = keys.length > page.length;
  const token = Buffer.from(page.at(-1) ?? '').toString('base64');
  return [
    200,
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${cut}</IsTruncated>${page
      .map(
        (key) =>
          `<Contents><Key>${key}</Key><Size>${files.get(key)?.length ?? 0}</Size></Contents>`,
      )
      .join(
        '',
      )}${cut ? `<NextContinuationToken>${token}</NextContinuationToken>` : ''}</ListBucketResult>`,
  ];
}

/** What is wrong with how a request is signed, as the error's code; null where it is right. */
function signatureFault(
  { accessKeyId, secretAccessKey }: S3Bucket,
  request: IncomingMessage,
  url: URL,
  body: Uint8Array,
): string | null {
  const header = request.headers.authorization ?? '';
  const [, id, scope = '', signed = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), *SignedHeaders=([^,]+), *Signature=(\w+)$/.exec(
      header,
    ) ?? [];
  if (id !== accessKeyId) return 'InvalidAccessKeyId';
  const hashed = String(request.headers['x-amz-content-sha256']);
  if (hashed !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const names = signed.split(';');
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))) {
    return 'AccessDenied';
  }
  const canonical = [
    request.method,
    url.pathname,
    [...url.searchParams]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    signed,
    hashed,
  ].join('\n');
  const wanted = sign(secretAccessKey, scope, String(request.headers['x-amz-date']), canonical);
  return wanted === signature ? null : 'SignatureDoesNotMatch';
}

/** The signature of a canonical request. */
export function sign(secret: string, scope: string, date: string, canonical: string): string {
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(Buffer.from(canonical))].join('\n');
  const key = scope
    .split('/')
    .reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
