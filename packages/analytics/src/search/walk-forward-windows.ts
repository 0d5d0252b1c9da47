import {
  type Day,
  dayFromNumber,
  ok,
  parameterTable,
  type Result,
  readParameters,
  refuse,
  type ValuesOf,
} from '@plimsoll/kernel';

/** How history is cut into windows, and what is done with each. */
export const walkForwardParameters = parameterTable({
  scheme: {
    kind: 'choice',
    title: 'Scheme',
    help: 'rolling: the in-sample part moves along; anchored: it always begins at the first day, and grows.',
    of: ['rolling', 'anchored'],
    default: 'rolling',
  },
  inSample: {
    kind: 'integer',
    title: 'In-sample part',
    help: 'For anchored the first one.',
    unit: 'days',
    min: 1,
  },
  outOfSample: { kind: 'integer', title: 'Out-of-sample part', unit: 'days', min: 1 },
  step: {
    kind: 'integer',
    title: 'Step',
    help: 'From one window to the next; as long as the out-of-sample part unless said, and never shorter.',
    unit: 'days',
    min: 1,
    optional: true,
  },
  daysAre: {
    kind: 'choice',
    title: 'Days are',
    of: ['sessions', 'calendar-days'],
    default: 'sessions',
  },
  purge: {
    kind: 'integer',
    title: 'Purge',
    help: 'Last bars of the in-sample part left out, as what begins in them ends in the next part.',
    unit: 'bars',
    min: 0,
    default: 0,
  },
  embargo: {
    kind: 'integer',
    title: 'Embargo',
    help: 'Further bars left out between the parts, for what lingers.',
    unit: 'bars',
    min: 0,
    default: 0,
  },
  horizon: {
    kind: 'integer',
    title: 'Longest holding or label',
    help: 'The purge must not be shorter.',
    unit: 'bars',
    min: 0,
    default: 0,
  },
  lastWindow: {
    kind: 'choice',
    title: 'Last window',
    help: 'short: kept although history ends within it; drop: left out.',
    of: ['short', 'drop'],
    default: 'short',
  },
  positions: {
    kind: 'choice',
    title: 'Positions at the border',
    help: 'flat: each out-of-sample part begins and ends without any; carried: the next one takes them over.',
    of: ['flat', 'carried'],
    default: 'flat',
  },
  pick: {
    kind: 'choice',
    title: 'Parameters chosen',
    help: 'best: the highest objective; plateau: the highest mean of it over the neighbours.',
    of: ['best', 'plateau'],
    default: 'best',
  },
  reach: {
    kind: 'integer',
    title: 'Reach of neighbours',
    unit: 'levels',
    min: 1,
    max: 10,
    default: 1,
  },
});

export type WalkForwardSettings = ValuesOf<typeof walkForwardParameters>;

/** Bars of one part, `from` included, `until` excluded. */
export interface Part {
  readonly from: number;
  readonly until: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
}

export interface WalkForwardWindow {
  /** From 1. */
  readonly number: number;
  /** Less what was purged. */
  readonly inSample: Part;
  readonly outOfSample: Part;
  /** Bars left out before the border. */
  readonly purged: number;
  /** Whether the out-of-sample part has its full length. */
  readonly whole: boolean;
}

export interface WalkForwardWindows {
  readonly settings: WalkForwardSettings;
  readonly windows: readonly WalkForwardWindow[];
  /** What a reader must know: sentences about the first and last bars and gaps. */
  readonly notes: readonly string[];
}

/**
 * Cuts history into windows: parameters are chosen in sample and judged in the part that follows.
 * Window k (from 0) has the border at day inSample + k × step; a purge and an embargo are taken off the
 * end of its in-sample part.
 *
 * @param days Number of the session's day for each bar, ascending, shape [bars].
 * @returns refused where settings are wrong, contradict each other, or leave a part without bars.
 *
 * Source: R. Pardo, The evaluation and optimization of trading strategies (2008), chapter 11; López de
 * Prado, Advances in Financial Machine Learning (2018), §7.4 (purging and embargo).
 */
export function walkForwardWindows(
  days: ArrayLike<number>,
  given: unknown,
): Result<WalkForwardWindows> {
  const read = readParameters(walkForwardParameters, given);
  if (!read.ok) return read;
  const settings = read.value;
  const { inSample, outOfSample, step = outOfSample, purge, embargo, horizon } = settings;
  const scale = dayScale(days, settings.daysAre === 'sessions');
  const wrong = (detail: string): Result<WalkForwardWindows> =>
    refuse({ code: 'walk-forward.windows', detail });
  if (step < outOfSample) {
    return wrong(
      `A step of ${step} is shorter than the out-of-sample part of ${outOfSample}: days would be judged twice.`,
    );
  }
  if (purge < horizon) {
    return wrong(`A purge of ${purge} bars is shorter than the longest holding of ${horizon}.`);
  }
  if (inSample >= scale.length) {
    return wrong(
      `History has ${scale.length} ${settings.daysAre}; an in-sample part of ${inSample} leaves none to judge by.`,
    );
  }
  const windows: WalkForwardWindow[] = [];
  for (let k = 0; inSample + k * step < scale.length; k++) {
    const border = inSample + k * step;
    const whole = border + outOfSample <= scale.length;
    if (!whole && settings.lastWindow === 'drop') break;
    const from = scale.barAt(settings.scheme === 'anchored' ? 0 : k * step);
    const [middle, until] = [scale.barAt(border), scale.barAt(border + outOfSample)];
    const end = middle - purge - embargo;
    // A calendar has weeks without a session; they are no window.
    if (until === middle) continue;
    if (end <= from) {
      return wrong(
        `The in-sample part of window ${k + 1} has ${middle - from} bars, all within purge and embargo (${purge + embargo}).`,
      );
    }
    windows.push({
      number: windows.length + 1,
      inSample: partOf(days, from, end),
      outOfSample: partOf(days, middle, until),
      purged: middle - end,
      whole,
    });
  }
  if (windows.length === 0) {
    return wrong(
      `${scale.length} ${settings.daysAre} hold no whole window of ${inSample} + ${outOfSample}.`,
    );
  }
  return ok({ settings, windows, notes: notesOn(windows, days.length) });
}

const partOf = (days: ArrayLike<number>, from: number, until: number): Part => ({
  from,
  until,
  firstDay: dayFromNumber(days[from]),
  lastDay: dayFromNumber(days[until - 1]),
});

/** Days counted from 0, and the first bar on or after each. */
function dayScale(days: ArrayLike<number>, sessions: boolean) {
  const starts: number[] = [];
  for (let i = 0; i < days.length; i++) if (i === 0 || days[i] !== days[i - 1]) starts.push(i);
  if (sessions) {
    return { length: starts.length, barAt: (day: number) => starts[day] ?? days.length };
  }
  const first = days[0];
  const barAt = (day: number): number =>
    starts.find((bar) => days[bar] >= first + day) ?? days.length;
  return { length: days.length === 0 ? 0 : days[days.length - 1] - first + 1, barAt };
}

function notesOn(windows: readonly WalkForwardWindow[], bars: number): readonly string[] {
  const first = windows[0];
  const last = windows[windows.length - 1];
  const gaps = windows.reduce(
    (sum, { outOfSample: { from } }, i) =>
      i === 0 ? 0 : sum + from - windows[i - 1].outOfSample.until,
    0,
  );
  const notes = [`The first ${first.outOfSample.from} bars are in no out-of-sample part.`];
  if (gaps > 0) notes.push(`${gaps} bars between out-of-sample parts are judged by none.`);
  if (!last.whole) {
    const { firstDay, lastDay } = last.outOfSample;
    notes.push(`History ends within the last out-of-sample part, ${firstDay} to ${lastDay}.`);
  }
  const left = bars - last.outOfSample.until;
  if (left > 0) notes.push(`The last ${left} bars are in no window.`);
  return notes;
}
