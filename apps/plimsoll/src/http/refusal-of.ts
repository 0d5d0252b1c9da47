import { type ProblemCode, problems } from '@plimsoll/contracts';
import { StoreRefusal } from '@plimsoll/ports';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { EngineLost } from '../remote/protocol.ts';
import { type Refusal, RequestRefusal } from './problem-reply.ts';

/** What the request did wrong, or what is wrong with us; undefined for a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof RequestRefusal) return error.refusal;
  if (error instanceof StoreRefusal) return ofStore(error);
  if (error instanceof EngineLost) return interrupted;
  if (hasZodFastifySchemaValidationErrors(error)) return ofContract(error);
  return ofFramework(error);
}

const interrupted: Refusal = {
  code: 'engine.interrupted',
  detail:
    'The work on this request was interrupted and has been started anew. Send it again; a write with the same Idempotency-Key is carried out once.',
};

function ofStore({ fault }: StoreRefusal): Refusal {
  if (fault.code === 'store.unknown-workspace') {
    return { code: 'workspace.unknown', detail: fault.detail };
  }
  if (fault.code === 'store.invalid-cursor') {
    return { code: 'request.invalid', detail: fault.detail };
  }
  return {
    code: 'store.unavailable',
    detail: "The database cannot be used just now. Try again shortly; the server's log says why.",
  };
}

interface Complaint {
  readonly message?: string | undefined;
  readonly instancePath: string;
}

function ofContract(error: {
  readonly validation: readonly Complaint[];
  readonly validationContext?: string | undefined;
}): Refusal {
  const where = error.validationContext === 'querystring' ? 'query' : error.validationContext;
  const errors = error.validation.slice(0, 50).map(({ instancePath, message = 'is wrong' }) => ({
    path: `${where ?? 'request'}${instancePath}`.replaceAll('/', '.'),
    message: message.slice(0, 300),
  }));
  const detail = errors.slice(0, 5).map(({ path, message }) => `${path}: ${message}`);
  const more = errors.length > 5 ? `; and ${errors.length - 5} more` : '';
  return { code: 'request.invalid', detail: `${detail.join('; ')}${more}`, facts: { errors } };
}

const otherType: Refusal = {
  code: 'request.unsupported-type',
  detail: 'The body is of a content type that is not taken here. Send application/json in UTF-8.',
};

const tooLarge = ['FST_ERR_CTP_BODY_TOO_LARGE', 'FST_REQ_FILE_TOO_LARGE'];

/** Fastify's own errors say what is wrong with a request without naming anything of ours. */
function ofFramework(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as Error & { code?: unknown; statusCode?: unknown };
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return interrupted;
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return undefined;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return otherType;
  const problem: ProblemCode =
    statusCode === problems['request.too-large'].status || tooLarge.includes(String(code))
      ? 'request.too-large'
      : 'request.unreadable';
  return { code: problem, detail: error.message.slice(0, 300) };
}
