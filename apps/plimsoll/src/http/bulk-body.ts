import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { requireCleanBody } from './clean-text.ts';
import { RequestRefusal } from './problem-reply.ts';

/**
 * A body with one long list. Its entries are checked some at a time, so that no request of thousands
 * holds up the others.
 */
export interface BulkBody {
  /** The body with the list taken as it is. */
  readonly around: z.ZodType;
  /** The list's member, and what each entry must be. */
  readonly member: string;
  readonly each: z.ZodType;
}

/** The list's frame, for the check before the entries are looked at. */
export const bulkOf = <Name extends string>(
  body: z.ZodObject<Record<Name, z.ZodArray>>,
  member: Name,
  most: number,
): BulkBody => ({
  around: body.extend({ [member]: z.array(z.unknown()).min(1).max(most) }),
  member,
  each: (body.shape[member] as z.ZodArray<z.ZodType>).element,
});

const atATime = 100;
const mostErrors = 50;

/** The body with every entry checked; refuses it with the path of each mistake. */
export async function checkBulk(body: unknown, { member, each }: BulkBody): Promise<unknown> {
  const frame = body as Readonly<Record<string, unknown>>;
  const { [member]: list, ...rest } = frame as { [name: string]: unknown };
  requireCleanBody(rest);
  const checked: unknown[] = [];
  const errors: { path: string; message: string }[] = [];
  for (const [at, entry] of (list as readonly unknown[]).entries()) {
    if (at % atATime === atATime - 1) await breathe();
    requireCleanBody(entry, `body.${member}.${at}`);
    const parsed = each.safeParse(entry);
    if (parsed.success) checked.push(parsed.data);
    else errors.push(...parsed.error.issues.map((issue) => complaint(`${member}.${at}`, issue)));
    if (errors.length >= mostErrors) break;
  }
  if (errors.length > 0) throw refusal(errors);
  return { ...rest, [member]: checked };
}

const complaint = (where: string, { path, message }: z.core.$ZodIssue) => ({
  path: ['body', where, ...path.map(String)].join('.').slice(0, 200),
  message: message.slice(0, 300),
});

function refusal(errors: readonly { path: string; message: string }[]): RequestRefusal {
  const detail = errors.slice(0, 5).map(({ path, message }) => `${path}: ${message}`);
  const more = errors.length > 5 ? '; and more' : '';
  return new RequestRefusal({
    code: 'request.invalid',
    detail: `${detail.join('; ')}${more}`,
    facts: { errors: errors.slice(0, mostErrors) },
  });
}
