import type { Json } from '@plimsoll/kernel';
import { UsageRefusal } from '../refusals.ts';

/**
 * Values of parameters as they are given to a command, `fast=20`: what reads as JSON is that, all else
 * is text.
 */
export function paramValues(given: readonly string[]): Readonly<Record<string, Json>> {
  const values: Record<string, Json> = {};
  for (const text of given) {
    const at = text.indexOf('=');
    const name = text.slice(0, at).trim();
    if (at < 1 || name === '') throw new UsageRefusal(`--param "${text}" is not NAME=VALUE.`);
    if (Object.hasOwn(values, name)) throw new UsageRefusal(`--param ${name} is given twice.`);
    values[name] = read(text.slice(at + 1).trim());
  }
  return values;
}

function read(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text;
  }
}
