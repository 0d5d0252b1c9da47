import { type Fault, type Refused, refuse } from '@plimsoll/kernel';

/** A refusal of a use-case: a stable code, one sentence, and the facts of the case. */
export interface EngineFault extends Fault {
  readonly code: EngineFaultCode;
  readonly facts?: Readonly<Record<string, unknown>>;
}

export type EngineFaultCode =
  | 'request.invalid'
  | 'idempotency.key-reused'
  | 'workspace.unknown'
  | 'workspace.exists'
  | 'account.unknown'
  | 'account.exists'
  | 'portfolio.unknown'
  | 'instrument.unknown'
  | 'instrument.exists'
  | 'transaction.unknown'
  | 'transaction.invalid'
  | 'ledger.not-held'
  | 'ledger.already-reversed'
  | 'import.refused'
  | 'import.format-unknown'
  | 'import.unknown'
  | 'import.already-undone'
  | 'prices.refused'
  | 'bars.refused'
  | 'bars.unavailable'
  | 'figure.unknown'
  | 'analysis.unknown'
  | 'analysis.refused'
  | 'analysis.too-long'
  | 'etl.refused'
  | 'etl.unknown'
  | 'market.refused'
  | 'job.unknown'
  | 'run.refused'
  | 'run.unknown'
  | 'run.unfit-state'
  | 'run.too-many'
  | 'run.artifact-unknown'
  | 'run.artifact-unavailable'
  | 'runs.unavailable'
  | 'strategy.unknown'
  | 'model.unknown'
  | 'model.refused'
  | 'model.unavailable'
  | 'quality.unknown'
  | 'benchmark.unknown'
  | 'action.unknown'
  | 'action.decided'
  | 'action.incomplete';

export const fault = (
  code: EngineFaultCode,
  detail: string,
  facts?: Readonly<Record<string, unknown>>,
): Refused<EngineFault> => refuse(facts ? { code, detail, facts } : { code, detail });
