import type { Result } from '@plimsoll/kernel';
import type { UnitOfWork } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { Answer, WriteOptions, Written } from '../use-case.ts';

/** What the use-cases of this area are put together from. */
export interface RunPartsOf {
  readonly context: EngineContext;
  readonly read: <T>(
    workspace: string,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ) => Answer<T>;
  readonly write: <T>(
    workspace: string,
    options: WriteOptions,
    work: (unit: UnitOfWork) => Promise<Result<T, EngineFault>>,
  ) => Written<T>;
}

/** Why nothing is run. */
export const unavailable = fault(
  'runs.unavailable',
  'Strategies are not run here: this program was put together without what runs them.',
);

export const unknownRun = (id: string) => fault('run.unknown', `There is no run "${id}".`);
