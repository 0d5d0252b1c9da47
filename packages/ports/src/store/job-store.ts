import type { Json } from '@plimsoll/kernel';

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

export type JobState = (typeof jobStates)[number];

/** Work that takes longer than anyone waits for: a list of items, each done by itself. */
export interface Job {
  readonly id: string;
  /** What is done with each item: `refresh`, `backfill`. */
  readonly kind: string;
  /** One line for people. */
  readonly title: string;
  readonly params: Json;
  /** `running` until it is finished, even while nobody holds it because whoever did was ended. */
  readonly state: JobState;
  readonly requestedBy: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly total: number;
  /** Items that are done, failed ones not among them. */
  readonly done: number;
  /** Items that were given up. */
  readonly failed: number;
  /** Until when somebody holds it; null where nobody does. */
  readonly heldUntil: string | null;
  /** Since when its last holder had it. */
  readonly heldSince: string | null;
  /** Items that were finished then, failed ones too. */
  readonly doneBefore: number;
  /** Why it failed as a whole; empty where it did not. */
  readonly error: string;
}

export type NewJob = Pick<Job, 'id' | 'kind' | 'title' | 'params' | 'requestedBy'>;

/** One thing that a job does. */
export interface JobItem {
  readonly key: string;
  readonly state: 'waiting' | 'done' | 'failed';
  /** How often it was tried. */
  readonly attempts: number;
  /** Not to be tried again before then; null where it may be at once. */
  readonly notBefore: string | null;
  /** What came of the last try, one sentence. */
  readonly note: string;
}

/** The right to work on a job, until it runs out or another has it. */
export interface JobLease {
  readonly jobId: string;
  readonly owner: string;
  /** Grows with each lease of the job: an older one counts no more. */
  readonly fence: number;
}

/**
 * Jobs of a workspace. What an item does and its mark commit together, in one unit of work, so that
 * a killed runner leaves each item done or not, never half and never twice.
 */
export interface JobStore {
  /** Queues a job; an item of each key. Without items it is done at once. */
  add(job: NewJob, keys: readonly string[]): Promise<Job>;
  find(id: string): Promise<Job | null>;
  /** Newest first. */
  list(limit: number): Promise<readonly Job[]>;
  /** In the order in which they were given; those in one of the states where some are named. */
  items(
    id: string,
    states: readonly JobItem['state'][] | null,
    limit: number,
  ): Promise<readonly JobItem[]>;
  /** Takes the oldest unfinished job that nobody holds, or whose holder's time has run out. */
  lease(
    owner: string,
    until: string,
  ): Promise<{ readonly job: Job; readonly lease: JobLease } | null>;
  /** False where the lease counts no more; nothing of the unit may be kept then. */
  renew(lease: JobLease, until: string): Promise<boolean>;
  /** Puts it back for others. */
  release(lease: JobLease): Promise<void>;
  /** Notes one more try of an item. False where the lease counts no more. */
  mark(lease: JobLease, item: Omit<JobItem, 'attempts'>): Promise<boolean>;
  /** False where the lease counts no more. */
  finish(lease: JobLease, state: 'done' | 'failed', error: string): Promise<boolean>;
  /** Ends an unfinished job and takes it from its holder; false where it was finished already. */
  cancel(id: string): Promise<boolean>;
}
