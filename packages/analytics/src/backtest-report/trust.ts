import type { Estimate } from '../analysis/estimate.ts';
import { metricById } from '../statistics/metric-by-id.ts';
import type { ReturnSample } from '../statistics/return-sample.ts';
import {
  deflatedSharpe,
  expectedMaximumSharpe,
  probabilisticSharpe,
} from '../statistics/sharpe-significance.ts';
import { capacityOf } from './capacity.ts';
import { modelLines } from './model-lines.ts';
import type { ReportInput } from './report-input.ts';
import type { TrustLine } from './trust-line.ts';

/** How far a result can be trusted. */
export interface Trust {
  /** 0 (not at all) to 5; null where too little could be asked. */
  readonly level: number | null;
  readonly word: string;
  readonly summary: string;
  readonly lines: readonly TrustLine[];
}

const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)} %`;

/** Asks every question that the input has an answer for. */
export function trustOf(input: ReportInput, sample: ReturnSample, cagr: Estimate): Trust {
  const lines = [
    lookAhead(input),
    ...modelLines(input),
    luck(input, chosenOn(input, sample)),
    unseen(input, sample),
    overfitting(input),
    costs(input, cagr),
    capacity(input),
    length(input, sample),
  ];
  return { ...judged(lines), lines };
}

/** A single failure that makes the figures worthless keeps the level down, whatever else passes. */
export function judged(lines: readonly TrustLine[]): Omit<Trust, 'lines'> {
  const of = (verdict: TrustLine['verdict']) => lines.filter((line) => line.verdict === verdict);
  const [passed, warned, failed] = [of('pass'), of('warn'), of('fail')];
  const asked = passed.length + warned.length + failed.length;
  if (failed.some(({ id }) => id === 'look-ahead')) {
    const summary = 'Decisions changed when the future was hidden: the strategy sees the future.';
    return { level: 0, word: 'None', summary };
  }
  if (failed.some(({ id }) => id === 'model')) {
    const summary =
      'The model learnt from days of this very run: it knows what came, and the figures are worth nothing.';
    return { level: 0, word: 'None', summary };
  }
  if (asked < 3) {
    const summary = 'Too little is known about how this result came about to judge it.';
    return { level: null, word: 'Not known', summary };
  }
  const share = (passed.length + 0.5 * warned.length) / asked;
  const most = failed.length > 1 ? 2 : failed.length === 1 ? 3 : of('unknown').length > 2 ? 4 : 5;
  const level = Math.max(1, Math.min(most, Math.round(5 * share)));
  const word = ['None', 'Very low', 'Low', 'Moderate', 'Good', 'High'][level] as string;
  const worries = [...failed, ...warned].map(({ title }) => title.toLowerCase());
  const summary =
    worries.length === 0
      ? 'Nothing that was asked speaks against it; what will be may still differ from what was.'
      : `Look at ${listed(worries)} before you rely on it.`;
  return { level, word, summary };
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** Whether decisions changed when the future was another. */
export function lookAhead({ probe }: Pick<ReportInput, 'probe'>): TrustLine {
  const about = {
    id: 'look-ahead',
    title: 'No look-ahead',
    unit: 'count',
    formula: 'decisions before a moment that change when the bars after it are cut off or shuffled',
  } as const;
  const decisions = probe?.runs.reduce((sum, run) => sum + run.decisions, 0) ?? 0;
  if (!probe || decisions === 0) {
    const text = probe?.notes[0] ?? 'The run was not repeated with the future hidden.';
    return { ...about, verdict: 'unknown', value: null, text };
  }
  const { changed, changedByHistory } = probe;
  const text =
    changed > 0
      ? `${changed} of ${decisions} decisions changed when the future was hidden.`
      : changedByHistory > 0
        ? `No decision saw the future; ${changedByHistory} changed when the history began later: the warm-up is too short.`
        : `0 of ${decisions} decisions changed when future data were hidden.`;
  const verdict = changed > 0 ? 'fail' : changedByHistory > 0 ? 'warn' : 'pass';
  return { ...about, verdict, value: changed, text };
}

/** The days that the parameters were chosen on: what luck there is in a choice is in these. */
function chosenOn({ chosenBefore = null }: ReportInput, sample: ReturnSample): ReturnSample {
  const cut = chosenBefore === null ? -1 : sample.days.findIndex((day) => day >= chosenBefore);
  return cut < 0 ? sample : sample.between(0, cut);
}

/** The chance that a Sharpe ratio is more than the best of so many tries has by luck. */
export function luck({ tried }: Pick<ReportInput, 'tried'>, sample: ReturnSample): TrustLine {
  const about = {
    id: 'luck',
    unit: 'fraction',
    formula:
      'deflated Sharpe ratio: Φ((SR − SR₀) ÷ standard error), SR₀ what the best of N tries without skill has (Bailey, López de Prado 2014)',
  } as const;
  const sets = tried?.sets ?? 1;
  const title = sets === 1 ? 'Luck, one try known' : `Luck after ${sets} tries`;
  if (sample.n < 20 || !Number.isFinite(sample.sharpe)) {
    const text = `${sample.n} returns that vary are too few to tell luck from skill.`;
    return { ...about, title, verdict: 'unknown', value: null, text };
  }
  const estimate = sample.sharpeEstimate;
  const trials = tried?.independent ?? 1;
  const variance = tried?.variance ?? null;
  // Without the other tries' figures, they are taken to vary as one estimate does by chance.
  const spread = variance ?? 1 / (sample.n - 1);
  const value =
    trials > 1 ? deflatedSharpe(estimate, trials, spread) : probabilisticSharpe(estimate);
  const annual = (ratio: number): string => (ratio * Math.sqrt(sample.perYear)).toFixed(2);
  const text =
    trials > 1
      ? `Chance that the edge is real. Luck alone would give a Sharpe of ${annual(expectedMaximumSharpe(trials, spread))} to the best of ${Math.round(trials)} independent tries; this one has ${annual(sample.sharpe)}.`
      : 'Chance that the true Sharpe is above zero. Only this try is known to Plimsoll; those made elsewhere count too.';
  const verdict = value >= 0.95 ? 'pass' : value >= 0.75 ? 'warn' : 'fail';
  return { ...about, title, verdict, value, text };
}

/** How days that nobody had looked at went, beside those before. */
export function unseen(
  { unseenFrom, seenBefore = 0 }: Pick<ReportInput, 'unseenFrom' | 'seenBefore'>,
  sample: ReturnSample,
): TrustLine {
  const about = {
    id: 'unseen',
    title: 'Unseen data',
    unit: 'ratio',
    formula: 'Sharpe ratio of the days that were not looked at, beside that of those before',
  } as const;
  const cut = unseenFrom === null ? -1 : sample.days.findIndex((day) => day >= unseenFrom);
  if (unseenFrom === null || cut < 0) {
    const text =
      'No part of the data was kept back: say `unseenFrom` in the file, and look at it once.';
    return { ...about, verdict: 'unknown', value: null, text };
  }
  const sharpe = metricById('sharpe');
  const after = sharpe?.compute(sample.between(cut, sample.n)).value ?? null;
  const before = sharpe?.compute(sample.between(0, cut)).value ?? null;
  if (after === null || before === null || sample.n - cut < 60) {
    const text = `${sample.n - cut} days since ${unseenFrom} are too few to hold against those before.`;
    return { ...about, verdict: 'unknown', value: after, text };
  }
  const looks = seenBefore === 1 ? '1 earlier run has' : `${seenBefore} earlier runs have`;
  const again =
    seenBefore === 0
      ? ''
      : ` ${looks} shown these days already: the more often they are looked at, the less they say.`;
  const text = `Sharpe since ${unseenFrom}, against ${before.toFixed(2)} before.${again}`;
  const held = after >= 0.5 * before && seenBefore === 0;
  const verdict = after <= 0 ? 'fail' : held ? 'pass' : 'warn';
  return { ...about, verdict, value: after, text };
}

/** How likely the best setting is the best by chance. */
export function overfitting({ overfitting: found }: Pick<ReportInput, 'overfitting'>): TrustLine {
  const about = {
    id: 'overfitting',
    title: 'Overfitting',
    unit: 'fraction',
    formula:
      'probability of backtest overfitting: share of splits in which the best half-sample setting is below the median of the other half (Bailey et al. 2017)',
  } as const;
  if (!found) {
    const text = 'Not known for a single setting: a sweep over parameters tells.';
    return { ...about, verdict: 'unknown', value: null, text };
  }
  const value = found.probability;
  const text = `Chance that the best setting fails later, ${found.splits} splits.`;
  return { ...about, verdict: value <= 0.2 ? 'pass' : value <= 0.5 ? 'warn' : 'fail', value, text };
}

function costs({ costRuns, result }: ReportInput, cagr: Estimate): TrustLine {
  const about = {
    id: 'costs',
    title: 'Costs',
    unit: 'fraction',
    formula: 'annual return of the same run with every commission and slippage doubled',
  } as const;
  const double = costRuns.find(({ factor }) => factor === 2);
  if (result.costs.commission + result.costs.slippage === 0) {
    const text = 'The run has no costs: real trading has. Say commission and slippage in the file.';
    return {
      ...about,
      verdict: result.fills.at.length === 0 ? 'unknown' : 'fail',
      value: null,
      text,
    };
  }
  if (!double || double.annualReturn.value === null || cagr.value === null) {
    return { ...about, verdict: 'unknown', value: null, text: 'Not tried with higher costs.' };
  }
  const value = double.annualReturn.value;
  const lost = cagr.value - value;
  const text = `A year at double commission and slippage, ${percent(lost, 1)} less than at those of the run.`;
  const verdict =
    value <= 0 ? (cagr.value > 0 ? 'fail' : 'warn') : lost > cagr.value / 2 ? 'warn' : 'pass';
  return { ...about, verdict, value, text };
}

function capacity(input: ReportInput): TrustLine {
  const about = {
    id: 'capacity',
    title: 'Capacity',
    unit: 'money',
    formula:
      'cash at the start at which 95 % of the fills stay within 1 % of the volume of their bars',
  } as const;
  const found = capacityOf(input);
  if (found.value === null)
    return { ...about, verdict: 'unknown', value: null, text: `${found.why}.` };
  const times = found.value / input.result.started;
  const text = `Most fills stay below 1 % of the volume up to about this much cash, ${times >= 10 ? Math.round(times) : times.toFixed(1)} times that of the run.`;
  return {
    ...about,
    verdict: times >= 2 ? 'pass' : times >= 1 ? 'warn' : 'fail',
    value: found.value,
    text,
  };
}

function length({ result }: ReportInput, sample: ReturnSample): TrustLine {
  const trades = result.trades.length;
  const years = sample.periodYears;
  const verdict =
    years >= 5 && trades >= 30 ? 'pass' : years >= 2 && trades >= 10 ? 'warn' : 'fail';
  return {
    id: 'sample',
    title: 'Length',
    verdict,
    value: trades,
    unit: 'count',
    text: `Trades in ${years.toFixed(1)} years${verdict === 'pass' ? '.' : '; thirty in five years are little enough.'}`,
    formula: 'trades and years that the figures rest on',
  };
}
