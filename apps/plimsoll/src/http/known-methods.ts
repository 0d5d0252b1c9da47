import type { FastifyInstance } from 'fastify';
import { RequestRefusal } from './problem-reply.ts';

/** The methods of one address, whose segments may be parameters. */
interface Address {
  readonly parts: readonly string[];
  readonly methods: Set<string>;
}

/**
 * Refuses a method that a known address does not have, before its body is read, and names those that
 * it has. To be called before routes are declared. Addresses that end in `*` are those of files: what
 * is not among them is simply not there.
 */
export function refuseOtherMethods(app: FastifyInstance): void {
  const addresses = new Map<string, Address>();
  app.addHook('onRoute', ({ method, url }) => {
    if (url.includes('*')) return;
    const address = addresses.get(url) ?? { parts: url.split('/'), methods: new Set() };
    addresses.set(url, address);
    for (const one of [method].flat()) address.methods.add(one);
  });
  app.addHook('onRequest', async ({ method, url, is404, routeOptions }) => {
    // Any other route was found by its method.
    if (!is404 && routeOptions.url?.includes('*') !== true) return;
    const [path = ''] = url.split('?');
    const asked = path.split('/');
    const known = [...addresses.values()].filter(({ parts }) => fits(parts, asked));
    if (known.length === 0) return;
    const methods = new Set(known.flatMap((address) => [...address.methods]));
    if (!methods.has(method)) throw refusal(method, path, [...methods].sort().join(', '));
  });
}

const fits = (pattern: readonly string[], path: readonly string[]): boolean =>
  pattern.length === path.length &&
  pattern.every((part, at) => (part.startsWith(':') ? path[at] !== '' : part === path[at]));

const refusal = (method: string, path: string, allow: string): RequestRefusal =>
  new RequestRefusal({
    code: 'request.method-not-allowed',
    detail: `${path.slice(0, 200)} does not take ${method}; it takes ${allow}.`,
    headers: { allow },
  });
