import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import multipart from '@fastify/multipart';
import type { Engine } from '@plimsoll/engine';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { type Config, root } from '../config.ts';
import type { Events } from '../events.ts';
import type { QuoteFeed } from '../live/quote-socket.ts';
import type { MarketDataFile } from '../market-data/market-data-file.ts';
import { idMaker } from '../new-id.ts';
import { requireCleanAddress } from './clean-text.ts';
import { serveDocs } from './docs/serve-docs.ts';
import { answerBrokenHttp, answerError, answerErrors } from './error-handling.ts';
import { guard } from './guard.ts';
import { acceptJsonOnly } from './json-body.ts';
import { refuseOtherMethods } from './known-methods.ts';
import { describeRoutes } from './openapi.ts';
import { RequestRefusal } from './problem-reply.ts';
import { type Area, RouteKit } from './route-kit.ts';
import { securityHeaders } from './security-headers.ts';
import { maxUploadBytes } from './upload.ts';

export interface ServerOptions {
  readonly engine: Engine;
  /** The providers as they are set up; nothing is asked of them here. */
  readonly marketData: MarketDataFile;
  /** What carries events, for the health of the server. */
  readonly events?: Pick<Events, 'bus' | 'metrics'>;
  readonly logLevel: Config['logLevel'];
  /** Where live quotes come from; no socket where there is none. */
  readonly live?: QuoteFeed;
  /** The built web page. */
  readonly webFolder?: string;
  /** Makes the text of a reply; tests pass one that holds it against the contract first. */
  readonly serialise?: (schema: unknown) => (value: unknown) => string;
}

const maxJsonBytes = 1024 * 1024;

/** The HTTP server, ready to listen. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = createApp(options.logLevel);
  const { serialise = () => JSON.stringify } = options;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(({ schema }) => serialise(schema));
  answerErrors(app);
  acceptJsonOnly(app);
  protect(app);
  refuseOtherMethods(app);
  logReplies(app);
  await app.register(multipart, { limits: { fileSize: maxUploadBytes } });
  await describeRoutes(app);
  if (options.live) {
    const { serveQuoteSocket } = await import('../live/quote-socket.ts');
    await serveQuoteSocket(app, { engine: options.engine, feed: options.live });
  }
  const { engine, marketData, events } = options;
  const kit = new RouteKit(app, { engine, marketData, events });
  for (const area of await areas()) area(kit);
  serveDocs(app);
  const { serveWebPage } = await import('./web-page.ts');
  await serveWebPage(app, options.webFolder ?? join(root, 'apps', 'web', 'dist'));
  await app.ready();
  // Written now, not while requests wait: it takes longer than a request may.
  app.swagger();
  return app;
}

function createApp(logLevel: Config['logLevel']): FastifyInstance {
  const newId = idMaker(() => Date.now());
  return fastify({
    // One line a reply, without bodies, query or headers: what they hold is nobody's business.
    logger: logLevel === 'silent' ? false : { level: logLevel, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    requestIdHeader: false,
    bodyLimit: maxJsonBytes,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    requestTimeout: 120_000,
    connectionTimeout: 0,
    keepAliveTimeout: 10_000,
    handlerTimeout: 120_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    http: { headersTimeout: 15_000, maxHeaderSize: 16 * 1024 },
    frameworkErrors: (error, request, reply) => {
      answerError(error, request, reply);
    },
    clientErrorHandler: answerBrokenHttp,
  }) as unknown as FastifyInstance;
}

function protect(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store');
    guard(request);
    requireCleanAddress(request.url);
    if (Number(request.headers['content-length'] ?? 0) > maxUploadBytes + maxJsonBytes) {
      throw new RequestRefusal({
        code: 'request.too-large',
        detail: `At most ${maxUploadBytes / 1024 / 1024} MB are taken at a time.`,
      });
    }
  });
}

function logReplies(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? '(none)';
    const { method } = request;
    const ms = Math.round(reply.elapsedTime);
    request.log.info({ method, route, status: reply.statusCode, ms }, 'answered');
  });
}

/** Every area in `routes/`: a new file there is a new area. */
async function areas(): Promise<readonly Area[]> {
  const folder = join(import.meta.dirname, 'routes');
  const files = readdirSync(folder).filter((file) => /^[a-z-]+\.ts$/.test(file));
  const names = files.map((file) => file.slice(0, -'.ts'.length));
  const modules = await Promise.all(
    names.map((name) => import(`./routes/${name}.ts`) as Promise<{ readonly area: Area }>),
  );
  return modules.map(({ area }) => area);
}
