import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { answerErrors } from '../http/error-handling.ts';
import { guard } from '../http/guard.ts';
import { type QuoteSocketOptions, serveQuoteSocket } from '../live/quote-socket.ts';

/** A server of the socket of quotes and nothing else, on a free port of this machine. */
export async function quoteServer(options: QuoteSocketOptions) {
  const app = fastify({ logger: false }) as unknown as FastifyInstance;
  answerErrors(app);
  app.addHook('onRequest', async (request) => guard(request));
  await serveQuoteSocket(app, options);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { app, port };
}
