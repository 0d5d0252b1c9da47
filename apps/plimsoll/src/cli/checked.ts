import type { z } from 'zod';
import { CommandRefusal } from './refusals.ts';

/** What was entered as the contract has it, or a refusal that names each member at fault. */
export function checked<S extends z.ZodType>(schema: S, entered: unknown): z.output<S> {
  const parsed = schema.safeParse(entered);
  if (parsed.success) return parsed.data;
  const [first, ...others] = parsed.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  throw new CommandRefusal(
    { code: 'request.invalid', detail: first ?? 'It does not fit.' },
    others,
  );
}
