import swagger from '@fastify/swagger';
import * as contracts from '@plimsoll/contracts';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { version } from '../version.ts';

/** The contracts that stand in the document by name; the rest is written out where it is used. */
const named = [
  'account',
  'analysisDescription',
  'columnMapping',
  'contribution',
  'derivation',
  'explainTerm',
  'holding',
  'holdingsReply',
  'importPreview',
  'importRecord',
  'importSummary',
  'instrument',
  'lot',
  'newTransaction',
  'performance',
  'performanceSeries',
  'portfolio',
  'posting',
  'previewRow',
  'priceCoverage',
  'pricesReply',
  'problem',
  'refusedRow',
  'report',
  'reportChart',
  'reportFigure',
  'reportTable',
  'transactionDetail',
  'transactionPage',
  'transactionRow',
  'workspace',
] as const satisfies readonly (keyof typeof contracts)[];

for (const name of named) {
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: a server is not bundled.
  const schema = contracts[name];
  const title = name[0]?.toUpperCase() + name.slice(1);
  const known = z.globalRegistry.get(schema);
  if (known?.id === undefined) z.globalRegistry.add(schema, { ...known, id: title });
}

/** Collects the routes, so that `app.swagger()` writes the document. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Plimsoll',
        version,
        description: 'The record of what you hold, what it is worth and what it really earned.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
    },
    transform: ({ route, ...given }) => {
      if (!given.url.startsWith('/v1/')) return { schema: { hide: true }, url: given.url };
      const transformed = jsonSchemaTransform({ route, ...given });
      return { ...transformed, schema: complete(transformed.schema as Documented, route) };
    },
    transformObject: jsonSchemaTransformObject,
  });
}

/** A schema as the document has it; the library's type knows only JSON bodies. */
type Documented = FastifySchema & { [member: string]: unknown };

/** What every route has and none declares: name, headers, the way it refuses, and uploads. */
function complete(schema: Documented, { config, method, url }: RouteOptions): Documented {
  const { options, keyed, withoutWorkspace, contentType } = config ?? {};
  return {
    ...schema,
    operationId: operationId(String(method), url),
    headers: headersOf(keyed === true, withoutWorkspace === true),
    ...(options ? { consumes: ['multipart/form-data'], body: uploadSchema(options) } : {}),
    response: { ...responses(schema.response as object, contentType), default: problemResponse },
  };
}

const operationId = (method: string, url: string): string =>
  [method.toLowerCase(), ...url.split(/[/:-]/).slice(2)]
    .filter((word) => word !== '')
    .map((word, at) => (at === 0 ? word : word[0]?.toUpperCase() + word.slice(1)))
    .join('');

function headersOf(keyed: boolean, withoutWorkspace: boolean): object {
  const workspace = {
    type: 'string',
    default: 'main',
    description: 'Id of the workspace that is meant.',
  };
  const key = {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description: 'A fresh UUID for each new write, the same one when it is tried again.',
  };
  return {
    type: 'object',
    properties: {
      ...(withoutWorkspace ? {} : { 'Plimsoll-Workspace': workspace }),
      ...(keyed ? { 'Idempotency-Key': key } : {}),
    },
    required: keyed ? ['Idempotency-Key'] : [],
  };
}

function uploadSchema(options: z.ZodType): object {
  const { $schema: _dialect, $defs: _named, ...schema } = z.toJSONSchema(options, { io: 'input' });
  const text = JSON.stringify(schema).replace(/#\/\$defs\/(\w+)/g, '#/components/schemas/$1Input');
  return {
    type: 'object',
    properties: {
      options: { ...JSON.parse(text), description: 'JSON text.' },
      files: {
        type: 'array',
        minItems: 1,
        items: { type: 'string', contentMediaType: 'application/octet-stream' },
      },
    },
    required: ['files'],
  };
}

function responses(given: object, contentType: string | undefined): object {
  return Object.fromEntries(
    Object.entries(given).map(([status, schema]) => {
      if (status === '204') return [status, { type: 'null', description: 'Done.' }];
      const media = contentType ?? 'application/json';
      return [status, { description: 'Done.', content: { [media]: { schema } } }];
    }),
  );
}

const problemResponse = {
  description: 'Refused: a problem document (RFC 9457) whose `type` leads to a page on it.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};
