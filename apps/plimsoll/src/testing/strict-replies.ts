import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';

/** A serialiser that lets nothing pass that is not exactly what the contract says, and remembers what was not. */
export function strictReplies() {
  const breaches: string[] = [];
  const serialise = (schema: unknown) => (value: unknown) => {
    const text = JSON.stringify(value);
    const parsed = (schema as z.ZodType).safeParse(value);
    if (!parsed.success) breaches.push(parsed.error.message);
    else if (!isDeepStrictEqual(JSON.parse(JSON.stringify(parsed.data)), JSON.parse(text))) {
      breaches.push(`members beyond the contract: ${text.slice(0, 500)}`);
    }
    return text;
  };
  return { serialise, breaches };
}
