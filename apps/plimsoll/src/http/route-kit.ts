import type { Engine, EngineFault, UploadedFile, WriteOptions } from '@plimsoll/engine';
import { canonicalJson, type Json, ok, type Result } from '@plimsoll/kernel';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
  FastifySchemaCompiler,
} from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Events } from '../events.ts';
import type { MarketDataFile } from '../market-data/market-data-file.ts';
import { type BulkBody, checkBulk } from './bulk-body.ts';
import { requireCleanBody } from './clean-text.ts';
import { digestOf, keyOf, markReplayed, WritesAtWork } from './idempotency.ts';
import { RequestRefusal, sendProblem } from './problem-reply.ts';
import { maxUploadBytes, readUpload } from './upload.ts';
import { workspaceOf } from './workspace-header.ts';

type Schema = z.ZodType;
type Outcome<T> = Promise<Result<T, EngineFault>>;
type WriteOutcome<T> = Outcome<{ readonly value: T; readonly replayed: boolean }>;
const nothing = z.object({});
type Nothing = typeof nothing;

/** What a route is given of its request, checked. */
interface Call<Query, Params> {
  readonly engine: Engine;
  readonly workspace: string;
  readonly query: Query;
  readonly params: Params;
}

interface Spec<Query extends Schema, Params extends Schema, Reply extends Schema> {
  /** One line for the page of the API. */
  readonly summary: string;
  readonly description?: string;
  readonly query?: Query;
  readonly params?: Params;
  readonly reply: Reply;
  /** 200 if not given. */
  readonly status?: 201 | 202 | 204;
  readonly withoutWorkspace?: true;
}

interface BodySpec<Q extends Schema, P extends Schema, R extends Schema, Body extends Schema>
  extends Spec<Q, P, R> {
  readonly body?: Body;
  /** Where the body is one long list. */
  readonly bulk?: BulkBody;
}

interface WriteSpec<Q extends Schema, P extends Schema, R extends Schema, Body extends Schema>
  extends BodySpec<Q, P, R, Body> {
  /** Where what was made can be read. */
  readonly location?: (made: z.output<R>) => string;
}

interface UploadSpec<Options extends Schema, R extends Schema> extends Spec<Nothing, Nothing, R> {
  readonly options: Options;
}

type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface WriteCall<Q, P, Body> extends Call<Q, P> {
  readonly body: Body;
  readonly options: WriteOptions;
}

interface UploadCall<Options> {
  readonly engine: Engine;
  readonly workspace: string;
  readonly files: UploadedFile[];
  readonly choices: Options;
}

/** A file as it is downloaded. */
interface File {
  /** Letters, digits, dots and hyphens. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Fastify's view of a route that documents itself. */
interface RouteConfig {
  readonly options?: Schema;
  readonly keyed?: boolean;
  readonly withoutWorkspace?: boolean;
  /** Of the reply, where it is not JSON. */
  readonly contentType?: string;
  /** The body is not parsed here: it is large, and another thread does it. */
  readonly asText?: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig extends RouteConfig {}
  interface FastifyRequest {
    /** SHA-256 of the body as it came. */
    bodyDigest: string;
  }
}

const uploadTimeoutMs = 10 * 60_000;
/** Longer than an analysis may compute, so that it is the one to say so. */
const computeTimeoutMs = 150_000;
/** Prices of 500 instruments over ten years. */
const maxInputBytes = 32 * 1024 * 1024;

/** Declares routes under `/v1`: what they take, what they answer, and which use-case does the work. */
export class RouteKit {
  readonly engine: Engine;
  readonly marketData: MarketDataFile;
  /** What carries events; none where nothing does. */
  readonly events: Pick<Events, 'bus' | 'metrics'> | undefined;
  readonly #app: FastifyInstance;
  readonly #atWork = new WritesAtWork();

  constructor(
    app: FastifyInstance,
    { engine, marketData, events }: Pick<RouteKit, 'engine' | 'marketData' | 'events'>,
  ) {
    this.#app = app;
    this.engine = engine;
    this.marketData = marketData;
    this.events = events;
  }

  /** A read. */
  get<R extends Schema, Q extends Schema = Nothing, P extends Schema = Nothing>(
    path: string,
    spec: Spec<Q, P, R>,
    run: (call: Call<z.output<Q>, z.output<P>>) => Outcome<z.output<R>>,
  ): void {
    this.#declare(['GET', path], spec, {}, async (request, reply) => {
      sendOutcome(reply, spec, await run(this.#call(request, spec)));
    });
  }

  /** A read that answers with CSV. */
  csv<P extends Schema = Nothing>(
    path: string,
    spec: Omit<Spec<Nothing, P, Schema>, 'reply'> & { readonly fileName: string },
    run: (call: Call<unknown, z.output<P>>) => Outcome<string>,
  ): void {
    const reply = z.string().meta({ description: 'CSV in UTF-8.' });
    const config = { contentType: 'text/csv' };
    this.#declare(['GET', path], { ...spec, reply }, config, async (request, answer) => {
      const outcome = await run(this.#call(request, spec));
      if (outcome.ok) {
        answer.header('content-type', 'text/csv; charset=utf-8');
        answer.header('content-disposition', `attachment; filename="${spec.fileName}"`);
      }
      sendOutcome(answer, {}, outcome);
    });
  }

  /** A read that answers with a file. */
  bytes<P extends Schema = Nothing>(
    path: string,
    spec: Omit<Spec<Nothing, P, Schema>, 'reply'>,
    run: (call: Call<unknown, z.output<P>>) => Outcome<File>,
  ): void {
    const reply = z.unknown().meta({ type: 'string', format: 'binary', description: 'The file.' });
    const config = { contentType: 'application/octet-stream' };
    this.#declare(['GET', path], { ...spec, reply }, config, async (request, answer) => {
      const outcome = await run(this.#call(request, spec));
      if (!outcome.ok) return sendProblem(answer, outcome.fault);
      const { name, mediaType, bytes } = outcome.value;
      return answer
        .header('content-type', mediaType)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  }

  /** A computation on what the body holds; the body goes on as the text that it is. */
  compute<R extends Schema>(
    path: string,
    spec: Omit<BodySpec<Nothing, Nothing, R, Schema>, 'body' | 'bulk'> & { readonly body: Schema },
    run: (call: Call<unknown, unknown> & { readonly input: string }) => Outcome<z.output<R>>,
  ): void {
    this.#declare(['POST', path], spec, { asText: true }, async (request, reply) => {
      const input = typeof request.body === 'string' ? request.body : '{}';
      sendOutcome(reply, spec, await run({ ...this.#call(request, spec), input }));
    });
  }

  /** A write under an Idempotency-Key. */
  write<
    R extends Schema,
    B extends Schema = Nothing,
    P extends Schema = Nothing,
    Q extends Schema = Nothing,
  >(
    method: WriteMethod,
    path: string,
    spec: WriteSpec<Q, P, R, B>,
    run: (call: WriteCall<z.output<Q>, z.output<P>, z.output<B>>) => WriteOutcome<z.output<R>>,
  ): void {
    const operation = `${method} /v1${path}`;
    this.#declare([method, path], spec, { keyed: true }, async (request, reply) => {
      const call = this.#call<z.output<Q>, z.output<P>>(request, spec);
      const digest = digestOf([canonicalJson(request.params as Json), request.bodyDigest ?? '']);
      const options = writeOptions(request, operation, digest);
      const body = (await checkedBody(request.body, spec.bulk)) as z.output<B>;
      await this.#once(nameOf(call.workspace, options), reply, spec, () =>
        run({ ...call, body, options }),
      );
    });
  }

  /** A write without a key: carried out again, it changes nothing more. */
  repeatable<R extends Schema>(
    method: WriteMethod,
    path: string,
    spec: Spec<Nothing, Nothing, R>,
    run: (engine: Engine) => Outcome<z.output<R>>,
  ): void {
    this.#declare([method, path], spec, {}, async (_request, reply) => {
      sendOutcome(reply, spec, await run(this.engine));
    });
  }

  /** A look at uploaded files that keeps nothing. */
  preview<R extends Schema, O extends Schema>(
    path: string,
    spec: UploadSpec<O, R>,
    run: (call: UploadCall<z.output<O>>) => Outcome<z.output<R>>,
  ): void {
    const config = { options: spec.options };
    this.#declare(['POST', path], spec, config, async (request, reply) => {
      const { files, options: choices } = await readUpload(request, spec.options);
      const workspace = workspaceOf(request);
      sendOutcome(reply, spec, await run({ engine: this.engine, workspace, files, choices }));
    });
  }

  /** A write of uploaded files under an Idempotency-Key. */
  upload<R extends Schema, O extends Schema>(
    path: string,
    spec: UploadSpec<O, R>,
    run: (call: UploadCall<z.output<O>> & { options: WriteOptions }) => WriteOutcome<z.output<R>>,
  ): void {
    const operation = `POST /v1${path}`;
    const config = { options: spec.options, keyed: true };
    this.#declare(['POST', path], spec, config, async (request, reply) => {
      const { files, options: choices, digest } = await readUpload(request, spec.options);
      const workspace = workspaceOf(request);
      const options = writeOptions(request, operation, digest);
      await this.#once(nameOf(workspace, options), reply, spec, () =>
        run({ engine: this.engine, workspace, files, choices, options }),
      );
    });
  }

  async #once<T>(
    name: string,
    reply: FastifyReply,
    spec: { readonly status?: number; readonly location?: (made: T) => string },
    run: () => WriteOutcome<T>,
  ): Promise<void> {
    const outcome = await this.#atWork.run(name, run);
    if (!outcome.ok) return sendOutcome(reply, spec, outcome);
    const { value, replayed } = outcome.value;
    if (replayed) markReplayed(reply);
    if (spec.location) reply.header('location', spec.location(value));
    // In one order of members, so that an answer read back from the record is the same to the byte.
    sendOutcome(reply, spec, ok(JSON.parse(canonicalJson(value as Json))));
  }

  #call<Q, P>(request: FastifyRequest, spec: { readonly withoutWorkspace?: true }): Call<Q, P> {
    return {
      engine: this.engine,
      workspace: spec.withoutWorkspace ? '' : workspaceOf(request),
      query: request.query as Q,
      params: request.params as P,
    };
  }

  #declare(
    [method, path]: readonly [WriteMethod | 'GET', string],
    spec: BodySpec<Schema, Schema, Schema, Schema>,
    config: RouteConfig,
    handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
  ): void {
    const { summary, description, query, params, body, reply, status = 200 } = spec;
    this.#app.route({
      method,
      url: `/v1${path}`,
      config: { ...config, withoutWorkspace: spec.withoutWorkspace ?? false },
      ...(config.options ? { handlerTimeout: uploadTimeoutMs, bodyLimit: maxUploadBytes } : {}),
      ...(config.asText ? { handlerTimeout: computeTimeoutMs, bodyLimit: maxInputBytes } : {}),
      schema: {
        summary,
        tags: [path.split('/')[1] ?? ''],
        ...(description === undefined ? {} : { description }),
        ...(query ? { querystring: query } : {}),
        ...(params ? { params } : {}),
        ...(body ? { body } : {}),
        response: { [status]: reply },
      } as object,
      ...(spec.bulk ? { validatorCompiler: aroundOnly(spec.bulk) } : {}),
      ...(config.asText ? { validatorCompiler: describedOnly } : {}),
      // The key is asked for before a large body is taken in.
      ...(config.keyed ? { onRequest: async (request) => void keyOf(request) } : {}),
      ...(config.options ? {} : { preValidation: async (request) => refuseForm(request) }),
      handler: async (request, answer) => {
        await handler(request, answer);
        return answer;
      },
    });
  }
}

/** A form is known to the parser because of uploads; no other route reads one. */
function refuseForm(request: FastifyRequest): void {
  if (!request.isMultipart()) return;
  throw new RequestRefusal({
    code: 'request.unsupported-type',
    detail: 'Files are not taken here. Send application/json in UTF-8.',
  });
}

async function checkedBody(body: unknown, bulk: BulkBody | undefined): Promise<unknown> {
  if (bulk) return checkBulk(body, bulk);
  requireCleanBody(body);
  return body;
}

/** Checks everything but the entries of the list. */
const aroundOnly =
  ({ around }: BulkBody): FastifySchemaCompiler<FastifySchema> =>
  (part) =>
    validatorCompiler({
      ...part,
      schema: part.httpPart === 'body' ? around : (part.schema as z.ZodType),
    });

/** The schema describes the body for readers; whoever parses it checks it. */
const describedOnly: FastifySchemaCompiler<FastifySchema> = (part) =>
  part.httpPart === 'body'
    ? (value: unknown) => ({ value })
    : validatorCompiler({ ...part, schema: part.schema as z.ZodType });

/** Sends what came of it. Not returned: a reply that is awaited waits for its own end. */
function sendOutcome(
  reply: FastifyReply,
  { status = 200 }: { readonly status?: number },
  outcome: Result<unknown, EngineFault>,
): void {
  if (!outcome.ok) sendProblem(reply, outcome.fault);
  else reply.code(status).send(status === 204 ? undefined : outcome.value);
}

/** One write of one workspace, whoever sends it. */
const nameOf = (workspace: string, { idempotency }: WriteOptions): string =>
  [workspace, idempotency?.operation, idempotency?.key].join('\n');

const writeOptions = (
  request: FastifyRequest,
  operation: string,
  digest: string,
): WriteOptions => ({
  // There is no sign-in yet: whoever is at this machine is its owner.
  actor: 'owner',
  idempotency: { key: keyOf(request), operation, request: digest },
});

/** The routes of one area; every file in `routes/` exports one by this name. */
export type Area = (kit: RouteKit) => void;

/** A list in its envelope, which has room to grow. */
export const listOf = <S extends Schema>(item: S) => z.object({ items: z.array(item) });

/** Puts a list into its envelope. */
export async function items<T>(
  answer: Outcome<readonly T[]>,
): Promise<Result<{ items: T[] }, EngineFault>> {
  const outcome = await answer;
  return outcome.ok ? { ok: true, value: { items: [...outcome.value] } } : outcome;
}
