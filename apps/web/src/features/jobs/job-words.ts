import type { Job, JobDetail } from '@plimsoll/contracts';
import type { MarkTone } from '../../ui/Mark.tsx';

const states: Readonly<Record<Job['state'], readonly [MarkTone, string]>> = {
  queued: ['wait', 'Waiting'],
  running: ['busy', 'Running'],
  done: ['ok', 'Done'],
  failed: ['bad', 'Failed'],
  cancelled: ['none', 'Cancelled'],
};

/** The state in a word; one that is done with items given up says so. */
export function jobState({ state, failed }: Pick<Job, 'state' | 'failed'>): {
  readonly tone: MarkTone;
  readonly word: string;
} {
  const [tone, word] = states[state];
  return state === 'done' && failed > 0 ? { tone: 'warn', word: 'Done in part' } : { tone, word };
}

/** `37 of 500, 2 given up`. */
export function countText({ done, failed, total }: Pick<Job, 'done' | 'failed' | 'total'>): string {
  const gone = done + failed;
  const base = gone >= total ? `${total} of ${total}` : `${gone} of ${total}`;
  return failed > 0 ? `${base}, ${failed} given up` : base;
}

const minute = 60;
const hour = 60 * minute;

/** Seconds rounded as people say them: `40 s`, `2 min 40 s`, `3 h 10 min`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 1) return 'under 1 s';
  if (whole < minute) return `${whole < 10 ? whole : Math.round(whole / 5) * 5} s`;
  if (whole < 10 * minute) {
    const rounded = Math.round(whole / 10) * 10;
    const rest = rounded % minute;
    return `${Math.floor(rounded / minute)} min${rest === 0 ? '' : ` ${rest} s`}`;
  }
  const minutes = Math.round(whole / minute);
  if (minutes < 60) return `${minutes} min`;
  const rest = Math.round((minutes % 60) / 5) * 5;
  return rest === 60 || rest === 0
    ? `${Math.round(whole / hour)} h`
    : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** `about 2 min 40 s left`; empty where it cannot be told. */
export function leftText(
  { expectedAt, finishedAt }: Pick<Job, 'expectedAt' | 'finishedAt'>,
  nowMs: number,
): string {
  if (expectedAt === null || finishedAt !== null) return '';
  const seconds = (Date.parse(expectedAt) - nowMs) / 1000;
  return seconds < 1 ? 'nearly done' : `about ${durationText(seconds)} left`;
}

/** How long it took; empty while it runs. */
export function tookText({ startedAt, finishedAt }: Pick<Job, 'startedAt' | 'finishedAt'>): string {
  if (startedAt === null || finishedAt === null) return '';
  return `took ${durationText((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}`;
}

type Item = JobDetail['items'][number];

/** What became of an item, in a word. */
export function itemState({ state, attempts }: Pick<Item, 'state' | 'attempts'>): {
  readonly tone: MarkTone;
  readonly word: string;
} {
  if (state === 'failed') return { tone: 'bad', word: 'Given up' };
  if (state === 'done') return { tone: 'ok', word: 'Done' };
  return attempts > 0
    ? { tone: 'warn', word: `Tried ${attempts === 1 ? 'once' : `${attempts} times`}` }
    : { tone: 'wait', word: 'Waiting' };
}
