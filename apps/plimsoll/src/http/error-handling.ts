import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problemBody, type Refusal, sendProblem } from './problem-reply.ts';
import { refusalOf } from './refusal-of.ts';
import { securityHeaders } from './security-headers.ts';

/** Answers every failure with a problem document; a bug says nothing of itself but the request's id. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply));
}

/** The same, for failures before a route was found. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply.headers(securityHeaders);
  const refusal = refusalOf(error);
  if (refusal === undefined || refusal.code === 'store.unavailable') {
    request.log.error({ err: error }, 'request failed');
  }
  return sendProblem(reply, refusal ?? bug);
}

const bug: Refusal = {
  code: 'internal',
  detail: "Something broke on our side. The server's log has the cause under this request's id.",
};

/** What is not HTTP, or is not finished in time, is answered as far as the socket still takes it. */
export function answerBrokenHttp(error: NodeJS.ErrnoException, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return;
  const refusal: Refusal =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? { code: 'request.too-large', detail: 'The headers are larger than 16 kB.' }
      : { code: 'request.unreadable', detail: 'The request is not HTTP/1.1, or took too long.' };
  const { status, ...rest } = problemBody(refusal, undefined);
  const body = JSON.stringify({ ...rest, status });
  const head = [
    `HTTP/1.1 ${status} ${status === 413 ? 'Content Too Large' : 'Bad Request'}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    'x-content-type-options: nosniff',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
