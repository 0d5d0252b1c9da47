import type { NewCorporateAction } from '@plimsoll/client';
import { isDay } from '../../format/days.ts';
import { readNumber } from '../transactions/index.ts';
import { type ActionKind, entryFields } from './action-words.ts';

/** The form of an action by hand, as texts. */
export interface ActionDraft {
  readonly instrument: string;
  readonly kind: ActionKind;
  readonly day: string;
  readonly payDay: string;
  readonly value: string;
  readonly currency: string;
  readonly other: string;
  readonly second: string;
}

export const emptyDraft: ActionDraft = {
  instrument: '',
  kind: 'split',
  day: '',
  payDay: '',
  value: '',
  currency: '',
  other: '',
  second: '',
};

type Faults = Partial<Record<keyof ActionDraft, string>>;

/** What is wrong, by field; of fields that the kind does not show, nothing. */
export function faultsOf(draft: ActionDraft, locale: string): Faults {
  const { value, cash, other, pays, second } = entryFields(draft.kind);
  const faults: Faults = {};
  if (draft.instrument === '') faults.instrument = 'Choose one.';
  if (!isDay(draft.day)) faults.day = 'A day like 31 March 2026.';
  if (pays && draft.payDay !== '' && !isDay(draft.payDay)) faults.payDay = 'A day, or nothing.';
  if (value !== null && exactValue(draft, locale) === null) {
    faults.value = draft.kind === 'split' ? 'A ratio like 4:1.' : 'A number.';
  }
  if (cash && !/^[A-Z0-9]{2,12}$/.test(draft.currency)) faults.currency = 'A code like EUR.';
  if (other !== null && !other.optional && draft.other.trim() === '') faults.other = 'Say it.';
  if (second && draft.second !== '' && readNumber(draft.second, locale) === null) {
    faults.second = 'A number, or nothing.';
  }
  return faults;
}

/** The value as the server wants it; null where it is none. */
function exactValue({ kind, value }: ActionDraft, locale: string): string | null {
  if (kind === 'symbol-change') return '1';
  if (kind !== 'split') return readNumber(value, locale);
  const [fresh, old, ...more] = value.split(':').map((part) => readNumber(part, locale));
  if (more.length > 0 || !fresh || !old) return null;
  return `${fresh}:${old}`;
}

/** What is sent: only what the kind shows. Call it where there are no faults. */
export function bodyOf(draft: ActionDraft, locale: string): NewCorporateAction {
  const { cash, other, pays, second } = entryFields(draft.kind);
  return {
    instrument: draft.instrument,
    kind: draft.kind,
    day: draft.day,
    value: exactValue(draft, locale) ?? draft.value,
    ...(pays && draft.payDay !== '' ? { payDay: draft.payDay } : {}),
    ...(cash ? { currency: draft.currency } : {}),
    ...(other && draft.other.trim() !== '' ? { other: draft.other.trim() } : {}),
    ...(second && draft.second !== ''
      ? { second: readNumber(draft.second, locale) ?? draft.second }
      : {}),
  };
}
