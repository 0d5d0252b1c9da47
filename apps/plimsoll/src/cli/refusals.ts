import type { Fault, Result } from '@plimsoll/kernel';

/** The command was called wrongly: exit 2. */
export class UsageRefusal extends Error {
  override readonly name = 'UsageRefusal';
}

/** What was asked for is refused, for reasons: exit 1. */
export class CommandRefusal extends Error {
  override readonly name = 'CommandRefusal';
  /** `code: detail`, then one line each. */
  readonly lines: readonly string[];

  constructor(fault: Fault, more: readonly string[] = []) {
    super(fault.detail);
    this.lines = [`${fault.code}: ${fault.detail}`, ...more];
  }
}

/** The value, or the end of the command with the fault's words. */
export function taken<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new CommandRefusal(result.fault, listed(result.fault));
}

/** What was written, whether now or by the same request before. */
export const written = <T>(result: Result<{ readonly value: T }>): T => taken(result).value;

/** The first of the mistakes that a fault lists beside its sentence. */
function listed(fault: Fault): readonly string[] {
  const { facts } = fault as { readonly facts?: { readonly refused?: unknown } };
  return Array.isArray(facts?.refused) ? facts.refused.map(refusedLine) : [];
}

interface RefusedLine {
  readonly file: string;
  readonly line: number | null;
  readonly column?: string | null;
  readonly value?: string;
  readonly reason: string;
  readonly fix: string;
}

/** `file:line column "value": reason — fix`. */
export function refusedLine(row: RefusedLine): string {
  const { file, line, column, value = '', reason, fix } = row;
  const where = line === null ? file : `${file}:${line}`;
  const what = [where, column ?? '', value === '' ? '' : JSON.stringify(value)];
  return `${what.filter((part) => part !== '').join(' ')}: ${reason} — ${fix}`;
}

export const requireArgument = (value: string | undefined, name: string): string => {
  if (value === undefined || value === '') throw new UsageRefusal(`${name} is missing.`);
  return value;
};
