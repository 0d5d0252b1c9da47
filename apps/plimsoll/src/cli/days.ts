import { isDay } from '@plimsoll/kernel';
import type { Call } from './command.ts';
import { UsageRefusal } from './refusals.ts';

/** An option that holds a day. */
export function dayOption(call: Call, name: string): string | undefined {
  const given = call.text(name);
  if (given === undefined || isDay(given)) return given;
  throw new UsageRefusal(`--${name} "${given}" is not a day like 2026-03-31.`);
}
