import type { NewTransactionInput } from '@plimsoll/client';
import type { Problem } from '@plimsoll/contracts';
import { isDay } from '../../format/days.ts';
import { readNumber } from './read-number.ts';
import { commonFields, type EntryType, entryForms, type FieldSpec } from './transaction-forms.ts';

/** What is typed, by field name. */
export type Draft = Readonly<Record<string, string>>;
export type Faults = Readonly<Record<string, string>>;

/** The transaction that a draft means, or what is wrong with which field. */
export type Reading =
  | { readonly transaction: NewTransactionInput; readonly faults: null }
  | { readonly transaction: null; readonly faults: Faults };

/** Reads a draft. Only the form is checked here; whether it can be recorded the server knows. */
export function readDraft(type: EntryType, draft: Draft, locale: string): Reading {
  const fields = [...commonFields, ...entryForms[type].fields];
  const faults: Record<string, string> = {};
  const flat: Record<string, string> = {};
  for (const spec of fields) {
    const typed = (draft[spec.name] ?? '').trim();
    if (typed === '') {
      if (!spec.optional) faults[spec.name] = `${spec.label} is missing`;
      continue;
    }
    const value = readField(spec, typed, locale);
    if (value === null) faults[spec.name] = faultOf(spec, typed);
    else flat[spec.name] = value;
  }
  if (draft['note']?.trim()) flat['note'] = draft['note'].trim();
  if (Object.keys(faults).length > 0) return { transaction: null, faults };
  const transaction = nest(type, flat);
  return { transaction: transaction as unknown as NewTransactionInput, faults: null };
}

function readField(spec: FieldSpec, typed: string, locale: string): string | null {
  if (spec.kind === 'exact') return readNumber(typed, locale);
  if (spec.kind === 'day') return isDay(typed) ? typed : null;
  if (spec.kind === 'currency') {
    const code = typed.toUpperCase();
    return /^[A-Z0-9]{2,12}$/.test(code) ? code : null;
  }
  return typed;
}

function faultOf(spec: FieldSpec, typed: string): string {
  if (spec.kind === 'exact') return `“${typed}” is not a number. Write it like 1234.56`;
  if (spec.kind === 'day') return `“${typed}” is not a day`;
  if (spec.kind === 'currency') return `“${typed}” is not a currency. Write a code such as EUR`;
  return `${spec.label} does not fit`;
}

/** `settlement.amount` becomes `{ settlement: { amount } }`; a part with only a currency says nothing and goes. */
function nest(type: EntryType, flat: Readonly<Record<string, string>>): Record<string, unknown> {
  const result: Record<string, unknown> = { type };
  for (const [name, value] of Object.entries(flat)) {
    const [outer = '', inner] = name.split('.');
    if (inner === undefined) result[outer] = value;
    else result[outer] = { ...(result[outer] as object | undefined), [inner]: value };
  }
  for (const [name, value] of Object.entries(result)) {
    if (typeof value !== 'object' || value === null) continue;
    if (Object.keys(value).join() === 'currency') delete result[name];
  }
  const reinvested = result['reinvested'];
  if (typeof reinvested === 'object') {
    result['reinvested'] = { instrumentId: flat['instrumentId'], ...reinvested };
  }
  return result;
}

/** What a new draft starts with. Currencies follow the account until they are typed. */
export function startDraft(given: {
  readonly today: string;
  readonly accountId: string | undefined;
  readonly currency: string | undefined;
  readonly instrumentId: string | undefined;
}): Draft {
  return {
    effectiveAt: given.today,
    ...(given.accountId ? { accountId: given.accountId } : {}),
    ...(given.currency ? { currency: given.currency, 'sold.currency': given.currency } : {}),
    ...(given.instrumentId ? { instrumentId: given.instrumentId } : {}),
  };
}

/**
 * The server's refusal, at the fields it names: `errors: [{ path | pointer | field, message | detail }]`
 * or one `field`. What names no field of the form is said above it.
 */
export function faultsOfProblem(
  problem: Problem,
  names: readonly string[],
): { faults: Faults; rest: string | null } {
  const faults: Record<string, string> = {};
  const others: string[] = [];
  for (const { at, text } of saidBy(problem)) {
    const name = fieldNamed(at, names);
    if (name === undefined) others.push(text);
    else faults[name] = text;
  }
  const said = Object.keys(faults).length > 0 || others.length > 0;
  return { faults, rest: said ? others.join(' ') || null : problem.detail };
}

function saidBy(problem: Problem): { at: string; text: string }[] {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const listed = [problem['errors'], problem['issues'], problem['faults']].find(Array.isArray);
  if (listed === undefined) {
    const at = text(problem['field']);
    return at === '' ? [] : [{ at, text: problem.detail }];
  }
  return listed.map((each: Record<string, unknown>) => {
    const path = each['path'];
    const at = Array.isArray(path)
      ? path.join('.')
      : text(path) || text(each['pointer']) || text(each['field']);
    return {
      at,
      text: text(each['message']) || text(each['detail']) || text(each['reason']) || problem.detail,
    };
  });
}

function fieldNamed(at: string, names: readonly string[]): string | undefined {
  const path = at
    .replace(/^[#/]+/, '')
    .replaceAll('/', '.')
    .replace(/^(?:body\.)?transactions\.\d+\./, '');
  return (
    names.find((name) => name === path) ??
    names.find((name) => name.startsWith(`${path}.`) && path !== '')
  );
}
