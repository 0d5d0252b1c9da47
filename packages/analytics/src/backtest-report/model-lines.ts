import { dayNumber } from '@plimsoll/kernel';
import type { ReportInput } from './report-input.ts';
import type { TrustLine } from './trust-line.ts';

const dayMs = 86_400_000;

/** Whether the model that a strategy follows had seen the days of the run; nothing without a model. */
export function modelLines({
  market: { model },
  result,
}: Pick<ReportInput, 'market' | 'result'>): readonly TrustLine[] {
  if (model === undefined) return [];
  const about = {
    id: 'model',
    title: 'Days the model had not seen',
    unit: 'fraction',
    formula: 'share of the days of the run after the last one of which the model knows anything',
  } as const;
  const { name, learnt, tries } = model;
  const luck = tries === null || tries === 1 ? '' : ` It is one of ${tries} that were trained.`;
  if (learnt === null) {
    const text = `Nobody said from which days ${name} learnt: it may know those of the run.`;
    return [{ ...about, verdict: 'unknown', value: null, text }];
  }
  const end = (dayNumber(learnt.until) + 1) * dayMs;
  const later = result.at.reduce((count, at) => count + (at >= end ? 1 : 0), 0);
  const value = result.at.length === 0 ? null : later / result.at.length;
  if (value === 1) {
    const text = `${name} knows nothing after ${learnt.until}, when the run had not begun.${luck}`;
    return [{ ...about, verdict: 'pass', value, text }];
  }
  const text = `IN SAMPLE: ${name} knows what happened until ${learnt.until}. Begin the run after that day.${luck}`;
  return [{ ...about, verdict: value === null ? 'unknown' : 'fail', value, text }];
}
