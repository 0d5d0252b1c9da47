import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer, temporaryFolder } from '../testing/test-server.ts';

/**
 * Every operation of the API's own document, with inputs that fit it, nearly fit it, or attack it.
 * None may answer with a 5xx, in another form than a problem document, or not at all.
 */
const data = temporaryFolder();
let server: TestServer;
let known: { accountId: string; instrumentId: string };
beforeAll(async () => {
  server = await startTestServer(data.folder);
  const make = async (path: string, body: object) =>
    (await server.send({ method: 'POST', path, body })).json.id;
  known = {
    accountId: await make('/v1/accounts', { name: 'Fuzz', currency: 'EUR' }),
    instrumentId: await make('/v1/instruments', { name: 'Fuzz', symbol: 'FUZZ', currency: 'EUR' }),
  };
}, 60_000);
afterAll(async () => {
  await server.close();
  data.remove();
});

interface Schema {
  readonly $ref?: string;
  readonly type?: string | string[];
  readonly pattern?: string;
  readonly enum?: unknown[];
  readonly const?: unknown;
  readonly properties?: Record<string, Schema>;
  readonly required?: string[];
  readonly items?: Schema;
  readonly anyOf?: Schema[];
  readonly oneOf?: Schema[];
  readonly additionalProperties?: Schema | boolean;
}
interface Operation {
  readonly parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  readonly requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const hostile = fc.constantFrom<unknown>(
  '',
  ' ',
  '\0',
  '\ud800',
  "'; DROP TABLE entry; --",
  '$1',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'NaN',
  'Infinity',
  '1e999',
  '-0',
  '9'.repeat(60),
  `0.${'1'.repeat(30)}`,
  '0001-01-01',
  '9999-12-31',
  '2024-02-30',
  'é'.repeat(500),
  '𝒳🙂',
  null,
  true,
  -1,
  0,
  1e308,
  2 ** 53,
  [],
  {},
  [[[[[[]]]]]],
  { toString: 1 },
  { length: 1e9 },
);

/** What the patterns of the contracts stand for; a value of each that means something here. */
function text(schema: Schema): fc.Arbitrary<unknown> {
  const { pattern = '' } = schema;
  if (pattern.includes('\\d{4}')) return fc.constantFrom('2024-01-02', '2024-02-29', '1999-12-31');
  if (pattern.includes('\\d{1,40}'))
    return fc.constantFrom(
      '1',
      '1',
      '2',
      '10.5',
      '0',
      '-1',
      '0.000000000000000001',
      '123456789012',
    );
  if (pattern.includes('A-Z0-9')) return fc.constantFrom('EUR', 'USD', 'BTC', 'XXXXXXXXXXXX');
  if (pattern.includes('A-Za-z0-9')) {
    return fc.constantFrom(known.accountId, known.instrumentId, 'main', 'x', 'a'.repeat(80));
  }
  return fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('all', 'value', 'Fuzz'),
  );
}

function fitting(schema: Schema, document: Document, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref) {
    const named = document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
    return named ? fitting(named, document, depth + 1) : fc.constant({});
  }
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return fc.oneof(...choices.map((one) => fitting(one, document, depth + 1)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const type = [schema.type ?? 'string'].flat()[0];
  if (type === 'integer' || type === 'number') return fc.integer({ min: 1, max: 1000 });
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  if (type === 'array') {
    return fc.array(fitting(schema.items ?? {}, document, depth + 1), {
      minLength: 1,
      maxLength: 3,
    });
  }
  if (type === 'object') return objectOf(schema, document, depth);
  return text(schema);
}

/** Members whose meaning their schema cannot tell. */
function meant(name: string): fc.Arbitrary<unknown> | undefined {
  if (/^(?:toA|a)ccountId$/.test(name)) return fc.constant(known.accountId);
  if (/^(?:instrument|child|into|benchmark)Id$/.test(name)) return fc.constant(known.instrumentId);
  if (name === 'accountIds') return fc.constant([known.accountId]);
  if (name === 'account') return fc.constant('Fuzz');
  if (name === 'format' || name === 'mapping' || name === 'instruments') {
    return fc.constant(undefined);
  }
  return name === 'files' ? fc.array(file, { minLength: 1, maxLength: 3 }) : undefined;
}

const cell = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('2024-01-02', 'buy', 'sell', 'FUZZ', '10', '1.5', 'EUR', ''),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 10 }) },
);
const head = 'date,type,symbol,quantity,price,amount,fee,tax,currency,account,note';
const file = fc.oneof(
  fc.constantFrom(
    `${head}\n2024-01-02,buy,FUZZ,10,1,10,,,EUR,,\n`,
    'date,close\n2024-01-02,10\n2024-01-03,11\n',
  ),
  fc
    .array(fc.array(cell, { minLength: 11, maxLength: 11 }), { maxLength: 5 })
    .map((rows) => [head, ...rows.map((row) => row.join(','))].join('\n')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

function objectOf(schema: Schema, document: Document, depth: number): fc.Arbitrary<unknown> {
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, member]) => [name, meant(name) ?? fitting(member, document, depth + 1)] as const,
  );
  if (members.length === 0) {
    return fc.dictionary(fc.string({ maxLength: 10 }), fc.string({ maxLength: 10 }), {
      maxKeys: 3,
    });
  }
  return fc.record(Object.fromEntries(members), { requiredKeys: [...(schema.required ?? [])] });
}

/** The same with one member somewhere replaced by something nasty, or added. */
const spoiled = (good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(good, hostile, fc.nat(), fc.boolean()).map(([value, nasty, at, add]) => {
    const copy = structuredClone(value);
    if (typeof copy !== 'object' || copy === null) return nasty;
    const spots = spotsOf(copy);
    const [holder, key] = spots[at % spots.length] ?? [copy as Record<string, unknown>, 'x'];
    holder[add ? 'unexpected' : key] = nasty;
    return copy;
  });

function spotsOf(value: object): [Record<string, unknown>, string][] {
  return Object.entries(value).flatMap(([key, member]) => [
    [value as Record<string, unknown>, key] as [Record<string, unknown>, string],
    ...(typeof member === 'object' && member !== null ? spotsOf(member) : []),
  ]);
}

const asText = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();

function requests(path: string, operation: Operation, document: Document) {
  const { parameters = [], requestBody } = operation;
  const content = Object.entries(requestBody?.content ?? {})[0];
  const value = (schema: Schema) =>
    fc.oneof(
      { weight: 3, arbitrary: fitting(schema, document) },
      { weight: 1, arbitrary: hostile },
    );
  const named = (place: string) => parameters.filter((one) => one.in === place);
  const params = fc.record(
    Object.fromEntries(named('path').map(({ name, schema }) => [name, value(schema)])),
  );
  const asked = (of: (schema: Schema) => fc.Arbitrary<unknown>) =>
    fc.record(Object.fromEntries(named('query').map(({ name, schema }) => [name, of(schema)])), {
      requiredKeys: named('query').flatMap(({ name, required }) => (required ? [name] : [])),
    });
  const query = fc.oneof(
    asked((schema) => fitting(schema, document)),
    asked(value),
  );
  const good = content ? fitting(content[1].schema, document) : fc.constant(undefined);
  const body = content ? fc.oneof(good, good, spoiled(good), hostile) : fc.constant(undefined);
  return fc.record({ params, query, body, media: fc.constant(content?.[0]) }).map((one) => {
    const filled = path.replace(
      /\{(\w+)\}/g,
      (_, name: string) => encodeURIComponent(asText(one.params[name])) || 'x',
    );
    const search = new URLSearchParams(
      Object.entries(one.query).map(([name, given]): [string, string] => [name, asText(given)]),
    );
    return { ...one, address: `${filled}?${search}` };
  });
}

function formOf(body: unknown): FormData {
  const { files, options } = (typeof body === 'object' && body !== null ? body : {}) as {
    files?: unknown;
    options?: unknown;
  };
  const form = new FormData();
  if (options !== undefined) form.set('options', asText(options));
  for (const file of Array.isArray(files) ? files : []) {
    form.append('files', new Blob([asText(file)]), 'fuzz.csv');
  }
  return form;
}

const reached = [
  'post /v1/accounts',
  'post /v1/instruments',
  'post /v1/transactions',
  'post /v1/imports/preview',
  'post /v1/imports',
  'post /v1/prices',
  'post /v1/prices/files',
  'put /v1/mappings',
  'get /v1/holdings',
  'get /v1/performance',
  'get /v1/explain',
  'get /v1/transactions',
];

const runs = Number(process.env['PLIMSOLL_FUZZ_RUNS'] ?? 40);

test('no input makes any operation fail in another way than by a problem document', async () => {
  const { json } = await server.send({ method: 'GET', path: '/openapi.json' });
  const document = json as Document;
  const failures: string[] = [];
  const done = new Set<string>();
  let sent = 0;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      // Making the demo takes most of a second, and it takes no input.
      if (path === '/v1/demo') continue;
      const arbitrary = requests(path, operation, document);
      // The widest of all bodies gets the most of the tries.
      const numRuns = `${method} ${path}` === 'post /v1/transactions' ? runs * 5 : runs;
      for (const { address, body, media } of fc.sample(arbitrary, { numRuns, seed: 4680 })) {
        const upload = media === 'multipart/form-data';
        const answer = await server.send({
          method: method.toUpperCase(),
          path: address,
          ...(upload ? { form: formOf(body) } : {}),
          ...(upload || media === undefined ? {} : { body }),
        });
        sent++;
        if (answer.status < 300) done.add(`${method} ${path}`);
        if (answer.status >= 500)
          failures.push(`${method} ${address} ${asText(body ?? '')}: ${answer.text}`);
      }
    }
  }
  expect(failures).toEqual([]);
  expect(sent).toBeGreaterThan(runs * 30);
  // The inputs are worth something only if many of them are carried out.
  expect([...reached].filter((operation) => !done.has(operation))).toEqual([]);
  expect(server.breaches).toEqual([]);
  expect(({} as { unexpected?: unknown }).unexpected).toBeUndefined();
  expect((await server.send({ method: 'GET', path: '/v1/health' })).status).toBe(200);
  const { json: check } = await server.send({ method: 'GET', path: '/v1/verify' });
  expect(check.findings).toEqual([]);
}, 120_000);
