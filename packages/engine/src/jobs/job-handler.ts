import type { Job, UnitOfWork } from '@plimsoll/ports';

/** What came of one try of an item, and what is to be kept of it with its mark. */
export interface ItemOutcome {
  /** `again`: worth another try later; given up after a number of them. */
  readonly state: 'done' | 'again' | 'failed';
  /** One sentence. */
  readonly note: string;
  /** For `again`: not before so long, where somebody said so. */
  readonly afterMs?: number;
  /** Carried out in the unit that marks the item: all of it is kept, or none. */
  readonly write: (unit: UnitOfWork) => Promise<void>;
}

/** How jobs of one kind are done. */
export interface JobHandler {
  /** Does one item: asks whoever is to be asked, and changes nothing itself. */
  readonly item: (job: Job, key: string, signal: AbortSignal) => Promise<ItemOutcome>;
  /** When all items are finished, before the job ends; once more where that was interrupted. */
  readonly settle?: (job: Job) => Promise<void>;
  /** Carried out in the unit that ends the job. */
  readonly finish?: (unit: UnitOfWork, job: Job) => Promise<void>;
}
