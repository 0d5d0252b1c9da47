import type { Result } from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';
import type { EngineFault } from '../engine-fault.ts';
import type { LedgerView } from '../ledger/ledger-view.ts';
import type { Answer, WriteOptions, Written } from '../use-case.ts';

/** What the use-cases of this area are put together from. */
export interface BarParts {
  readonly context: EngineContext;
  readonly look: <T>(
    workspace: string,
    work: (view: LedgerView) => Promise<Result<T, EngineFault>>,
  ) => Answer<T>;
  readonly write: <T>(
    workspace: string,
    options: WriteOptions,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ) => Written<T>;
}
