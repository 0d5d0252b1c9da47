import type { Problem } from '@plimsoll/contracts';

/** The server refused, and says why in its problem document. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The server could not be reached at all: switched off, or the network is gone. */
export class UnreachableError extends Error {
  constructor(address: string, cause: unknown) {
    super(`${address} could not be reached. Is Plimsoll running?`, { cause });
    this.name = 'UnreachableError';
  }
}

/** What a refusal body must have; anything else was not written by Plimsoll. */
export function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false;
  return ['type', 'title', 'detail', 'code'].every(
    (field) => typeof (body as Record<string, unknown>)[field] === 'string',
  );
}

/** The problem of an answer that is not a problem document: a proxy in between, or a crash. */
export function foreignProblem(status: number, text: string): Problem {
  return {
    type: 'about:blank',
    title: 'An answer that is not from Plimsoll',
    status,
    code: 'answer.foreign',
    detail: `The answer ${status} does not come from Plimsoll: ${text.slice(0, 200) || 'it is empty'}`,
  };
}
