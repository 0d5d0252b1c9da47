import { RequestRefusal } from './problem-reply.ts';

/** Whether a database can store the text as it is: no NUL, no half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** Refuses a query or path with text that cannot be stored. Escapes that are no UTF-8 are Fastify's to refuse. */
export function requireCleanAddress(url: string): void {
  if (!/%00/.test(url)) return;
  throw new RequestRefusal({
    code: 'request.unreadable',
    detail: 'The address holds a NUL character (%00). Leave it out.',
  });
}

/** Refuses a body with such text anywhere in it, names of members included. */
export function requireCleanBody(body: unknown, name = 'body'): void {
  const open: { path: string; value: unknown }[] = [{ path: name, value: body }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, value } = next;
    if (typeof value === 'string' && !isStorable(value)) throw unclean(path);
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (!isStorable(name)) throw unclean(path);
      open.push({ path: `${path}.${name}`, value: member });
    }
  }
}

const unclean = (path: string): RequestRefusal =>
  new RequestRefusal({
    code: 'request.invalid',
    detail: `${path.slice(0, 200)}: holds a NUL character or half of a surrogate pair. Leave it out.`,
  });
