import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayInZone } from '@plimsoll/domain';
import type { Engine } from '@plimsoll/engine';
import { z } from 'zod';
import { settingsFileName } from '../market-data/settings.ts';

/** A time of day, somewhere. */
interface TimeOfDay {
  /** `HH:MM` */
  readonly at: string;
  /** An IANA time zone. */
  readonly zone: string;
}

/** How often it is looked whether it is time; a night's work may begin so much late. */
const lookMs = 30_000;
/** Jobs that are looked at for one that was begun already. */
const jobsLookedAt = 50;
/** Who asks for a job that nobody asked for. */
const scheduled = { actor: 'schedule' } as const;

/** What the schedule needs of the rest. */
export interface NightlyOptions {
  readonly engine: Pick<Engine, 'jobs' | 'refreshPrices' | 'resumeJobs'>;
  readonly dataFolder: string;
  readonly nowMs: () => number;
  readonly onTrouble: (detail: string) => void;
}

/**
 * Goes on with jobs that were left, and asks for new prices each night at the time that the settings
 * name; a night that was missed is made up for. Without settings nothing is started. Ends with the
 * function that it gives.
 */
export function startNightly(options: NightlyOptions): () => void {
  let servedMs = Number.NEGATIVE_INFINITY;
  const look = async (): Promise<void> => {
    await resume(options.engine);
    const time = await scheduleIn(options.dataFolder);
    if (time === null) return;
    const dueMs = lastDueMs(options.nowMs(), time);
    if (dueMs <= servedMs) return;
    if (!(await isServed(options.engine, dueMs))) await refreshAll(options);
    servedMs = dueMs;
  };
  const tell = (error: unknown) => options.onTrouble(`The nightly refresh: ${String(error)}`);
  const timer = setInterval(() => void look().catch(tell), lookMs);
  timer.unref();
  void look().catch(tell);
  return () => clearInterval(timer);
}

/** Starts the thread for market data only where there is work for it, or it was lost over it. */
async function resume(engine: NightlyOptions['engine']): Promise<void> {
  const jobs = await engine.jobs('main', jobsLookedAt);
  if (jobs.ok && jobs.value.some(({ finishedAt }) => finishedAt === null))
    await engine.resumeJobs();
}

async function isServed(engine: NightlyOptions['engine'], dueMs: number): Promise<boolean> {
  const jobs = await engine.jobs('main', jobsLookedAt);
  return (
    jobs.ok &&
    jobs.value.some(
      ({ requestedBy, createdAt }) =>
        requestedBy === scheduled.actor && Date.parse(createdAt) >= dueMs,
    )
  );
}

async function refreshAll({ engine, onTrouble }: NightlyOptions): Promise<void> {
  const request = { kind: 'refresh', instruments: [] } as const;
  const asked = await engine.refreshPrices('main', request, scheduled);
  if (!asked.ok) onTrouble(`The nightly refresh: ${asked.fault.detail}`);
}

/**
 * The time that the settings name; null where they name none, or nobody to ask. Only this is read
 * here: the whole file is checked where providers are opened, in the thread for market data.
 */
async function scheduleIn(dataFolder: string): Promise<TimeOfDay | null> {
  const path = join(dataFolder, settingsFileName);
  return existsSync(path) ? scheduleOf(readFileSync(path, 'utf8')) : null;
}

const schedule = z.object({
  providers: z.record(z.string(), z.unknown()),
  refresh: z.object({
    at: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
    zone: z.string().refine((zone) => dayInZone(0, zone).ok),
  }),
});

/** Of the text of the settings. */
export async function scheduleOf(text: string): Promise<TimeOfDay | null> {
  const { parseDocument } = await import('yaml');
  const read = schedule.safeParse(parseDocument(text).toJS());
  return read.success && Object.keys(read.data.providers).length > 0 ? read.data.refresh : null;
}

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

/** The last instant at or before now at which the clocks of the zone showed the time. */
export function lastDueMs(nowMs: number, { at, zone }: TimeOfDay): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' });
  const since = minutesOf(clock.format(nowMs)) - minutesOf(at);
  const thisMinuteMs = nowMs - (nowMs % minuteMs);
  return thisMinuteMs - since * minuteMs - (since < 0 ? dayMs : 0);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
