import { ok, type Result } from '@plimsoll/kernel';
import { type EngineFault, fault } from '../engine-fault.ts';

/** The JSON object that a text holds. */
export function readObject(text: string): Result<Readonly<Record<string, unknown>>, EngineFault> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    // JSON.parse throws nothing but a SyntaxError, whose message names the place.
    return fault('request.invalid', `The values are not JSON: ${(error as Error).message}.`);
  }
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? ok(parsed as Readonly<Record<string, unknown>>)
    : fault('request.invalid', 'The values must be a JSON object.');
}
