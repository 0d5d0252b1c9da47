import { type Client, createClient } from '@plimsoll/client';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';

/** What every link carries: whose record, which accounts of it, in which currency. */
export interface ScopeSearch {
  /** Workspace; none is `main`. */
  readonly w?: string | undefined;
  /** Portfolio; none is everything. */
  readonly p?: string | undefined;
  /** Currency to show it in; none is the portfolio's own. */
  readonly base?: string | undefined;
}

export const mainWorkspace = 'main';

/** Keeps of a search what is a scope; anything else in these fields is dropped. */
export function readScope(search: Record<string, unknown>): ScopeSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const w = text(search['w']);
  const p = text(search['p']);
  const base = text(search['base']);
  return {
    ...(w && w !== mainWorkspace ? { w } : {}),
    ...(p && p !== 'all' ? { p } : {}),
    ...(base && /^[A-Z0-9]{2,12}$/.test(base) ? { base } : {}),
  };
}

const clients = new Map<string, Client>();

/** One client per workspace, so that its identity is stable. */
function clientOf(workspace: string): Client {
  const known = clients.get(workspace);
  if (known) return known;
  const made = createClient({
    origin: '',
    workspace,
    fetch: (url, init) => fetch(url, init),
    newKey,
  });
  clients.set(workspace, made);
  return made;
}

/** `crypto.randomUUID` exists only on secure origins; a phone on the home network is on plain HTTP. */
function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export interface Scope {
  readonly workspace: string;
  readonly client: Client;
  /** The query parameters `portfolio` and `base` of every figure. */
  readonly query: { readonly portfolio: string; readonly base?: string };
}

/** The workspace, portfolio and currency that the address names. */
export function useScope(): Scope {
  const search = useSearch({ strict: false }) as ScopeSearch;
  const { w = mainWorkspace, p = 'all', base } = search;
  return useMemo(
    () => ({
      workspace: w,
      client: clientOf(w),
      query: { portfolio: p, ...(base ? { base } : {}) },
    }),
    [w, p, base],
  );
}
