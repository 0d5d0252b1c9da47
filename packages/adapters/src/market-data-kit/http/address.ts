import { ok, type Result, refuse } from '@plimsoll/kernel';

/** Values of a query; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/**
 * The address of a path below the base, or of a whole address that a reply names (`next_url`), which
 * must be on the same host.
 */
export function addressOf(baseUrl: string, path: string, query: Query): Result<URL> {
  const base = new URL(baseUrl);
  const text = /^https?:/i.test(path) ? path : `${baseUrl.replace(/\/+$/, '')}${path}`;
  const url = URL.parse(text);
  if (!url || !isSameHost(base, url)) {
    const detail = `names another host for its next page (${url?.host ?? 'none'}), which is not followed.`;
    return refuse({ code: 'market-data.other-host', detail });
  }
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return ok(url);
}

/** Whether both are one host and port, and the second is no less protected. */
export function isSameHost(from: URL, to: URL): boolean {
  if (to.username !== '' || to.password !== '') return false;
  if (from.origin === to.origin) return true;
  const upgraded = from.protocol === 'http:' && to.protocol === 'https:';
  return upgraded && from.hostname === to.hostname && from.port === '' && to.port === '';
}
