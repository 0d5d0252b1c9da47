import { z } from 'zod';

/** RFC 9457 problem details, with our stable `code`. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string().optional(),
    retryable: z.boolean().optional(),
  })
  .loose();

export type Problem = z.infer<typeof problem>;

/** Every refusal's status and title. The code is stable; the page `docs/problems/<code>.md` explains it. */
export const problems = {
  'request.invalid': { status: 422, title: 'The request does not fit the contract' },
  'request.unreadable': { status: 400, title: 'The request could not be read' },
  'request.too-large': { status: 413, title: 'The request is too large' },
  'request.not-found': { status: 404, title: 'There is nothing at this address' },
  'request.method-not-allowed': { status: 405, title: 'The address does not take this method' },
  'request.unsupported-type': { status: 415, title: 'The content type is not taken' },
  'request.foreign-origin': { status: 403, title: 'The request came from another site' },
  'idempotency.key-missing': { status: 400, title: 'A write needs an Idempotency-Key' },
  'idempotency.key-reused': { status: 422, title: 'The key was used for another request' },
  'idempotency.in-progress': { status: 409, title: 'The same request is being worked on' },
  'workspace.unknown': { status: 404, title: 'There is no such workspace' },
  'workspace.exists': { status: 409, title: 'There is such a workspace already' },
  'account.unknown': { status: 404, title: 'There is no such account' },
  'account.exists': { status: 409, title: 'There is such an account already' },
  'portfolio.unknown': { status: 404, title: 'There is no such portfolio' },
  'instrument.unknown': { status: 404, title: 'There is no such instrument' },
  'instrument.exists': { status: 409, title: 'There is such an instrument already' },
  'action.unknown': { status: 404, title: 'There is no such corporate action' },
  'action.decided': { status: 409, title: 'It is decided already' },
  'action.incomplete': { status: 422, title: 'Something is missing to record the action' },
  'transaction.unknown': { status: 404, title: 'There is no such transaction' },
  'transaction.invalid': { status: 422, title: 'The transaction cannot be recorded' },
  'ledger.not-held': { status: 409, title: 'More would leave than is held' },
  'ledger.already-reversed': { status: 409, title: 'It is reversed already' },
  'import.refused': { status: 422, title: 'Rows were refused, so nothing was taken' },
  'import.format-unknown': { status: 422, title: 'The format was not recognised' },
  'import.unknown': { status: 404, title: 'There is no such import' },
  'import.already-undone': { status: 409, title: 'It is undone already' },
  'prices.refused': { status: 422, title: 'The prices could not be taken' },
  'etl.refused': { status: 422, title: 'Nothing of the files could be taken' },
  'etl.unknown': { status: 404, title: 'There is no such load' },
  'market.refused': { status: 422, title: 'It cannot be done with market data' },
  'job.unknown': { status: 404, title: 'There is no such job' },
  'quality.unknown': { status: 404, title: 'There is no such row, repair or note' },
  'bars.refused': { status: 422, title: 'The bars could not be taken' },
  'bars.unavailable': { status: 503, title: 'The bars cannot be read' },
  'figure.unknown': { status: 404, title: 'There is no such figure' },
  'benchmark.unknown': { status: 404, title: 'There is no such benchmark' },
  'analysis.unknown': { status: 404, title: 'There is no such analysis' },
  'analysis.refused': { status: 422, title: 'The analysis cannot be made of this' },
  'analysis.too-long': { status: 422, title: 'The analysis took too long' },
  'run.refused': { status: 422, title: 'The run cannot be carried out as it is asked for' },
  'run.unknown': { status: 404, title: 'There is no such run' },
  'run.unfit-state': { status: 409, title: 'The run is not in a state for that' },
  'run.too-many': { status: 429, title: 'Too many runs wait' },
  'run.artifact-unknown': { status: 404, title: 'The run has no such file' },
  'run.artifact-unavailable': { status: 503, title: 'The file cannot be had' },
  'runs.unavailable': { status: 503, title: 'Strategies are not run here' },
  'model.unknown': { status: 404, title: 'There is no such model' },
  'model.refused': { status: 422, title: 'The model cannot be taken or used so' },
  'model.unavailable': { status: 503, title: 'The model cannot be had' },
  'strategy.unknown': { status: 404, title: 'There is no such strategy' },
  'store.locked': { status: 409, title: 'The data folder is in use' },
  'store.unavailable': { status: 503, title: 'The database cannot be reached' },
  'engine.interrupted': { status: 503, title: 'The work was interrupted' },
  internal: { status: 500, title: 'Something broke on our side' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;
