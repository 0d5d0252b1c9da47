import { type ProblemCode, problems } from '@plimsoll/contracts';
import type { FastifyReply } from 'fastify';

/** A refusal as HTTP tells it. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
  /** What the reply says in its headers besides. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Refuses a request from wherever a value cannot be returned; the error handler sends it. */
export class RequestRefusal extends Error {
  override readonly name = 'RequestRefusal';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

/** Refusals after which the same request may be sent again, and after how many seconds. */
const retryAfterSeconds: Partial<Record<ProblemCode, number>> = {
  'idempotency.in-progress': 1,
  'store.unavailable': 2,
  'engine.interrupted': 1,
};

/** The body of RFC 9457. The facts of the case stand beside the members that every problem has. */
export function problemBody({ code, detail, facts }: Refusal, requestId: string | undefined) {
  const { status, title } = problems[code];
  return {
    ...facts,
    type: `/docs/problems/${code}`,
    title,
    status,
    detail,
    code,
    ...(requestId === undefined ? {} : { requestId }),
    ...(code in retryAfterSeconds ? { retryable: true } : {}),
  };
}

/** Sends the problem. */
export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const wait = retryAfterSeconds[refusal.code];
  if (wait !== undefined) reply.header('retry-after', String(wait));
  // What is still to come of it is not read.
  if (refusal.code === 'request.too-large') reply.header('connection', 'close');
  return reply
    .headers(refusal.headers ?? {})
    .code(problems[refusal.code].status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemBody(refusal, reply.request.id)));
}
