import type { RawReply } from './send-once.ts';

/** An answer of a provider, whatever its status. */
export interface ProviderReply {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly bytes: Uint8Array;
  readonly text: () => string;
  /** Undefined where the body is not JSON. */
  readonly json: () => unknown;
}

export function providerReply(raw: Pick<RawReply, 'status' | 'headers' | 'body'>): ProviderReply {
  let text: string | undefined;
  const read = (): string => {
    text ??= new TextDecoder().decode(raw.body);
    return text;
  };
  return {
    status: raw.status,
    header: (name) => {
      const value = raw.headers[name.toLowerCase()];
      return Array.isArray(value) ? value[0] : value;
    },
    bytes: raw.body,
    text: read,
    json: () => parsed(read()),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The title of the web page that came instead of data; undefined where none came. */
export function titleOfPage(reply: ProviderReply): string | undefined {
  const head = new TextDecoder().decode(reply.bytes.subarray(0, 4096)).trimStart();
  if (!/^(?:<!doctype html|<html|<head|<body)/i.test(head)) return undefined;
  const title = /<title[^>]*>([^<]{0,200})/i.exec(head)?.[1] ?? '';
  return title.replace(/\s+/g, ' ').trim().slice(0, 80);
}

const secondsOfEpoch = 1e9;
const millisecondsOfEpoch = 1e12;

/**
 * When the provider will answer again by its headers, milliseconds from now: `Retry-After` in seconds
 * or as a date, else the reset of its limit, which some give as an instant. Undefined where it says nothing.
 */
export function retryAfterMs(reply: ProviderReply, nowMs: number): number | undefined {
  // By the server's own clock where it says what that is, as the two may differ.
  const serverNow = Date.parse(reply.header('date') ?? '') || nowMs;
  const after = reply.header('retry-after');
  if (after !== undefined) {
    const ms = /^\s*\d+(?:\.\d+)?\s*$/.test(after)
      ? Number(after) * 1000
      : Date.parse(after) - serverNow;
    if (Number.isFinite(ms)) return Math.max(0, ms);
  }
  const reset = Number(
    reply.header('x-ratelimit-reset') ?? reply.header('ratelimit-reset') ?? Number.NaN,
  );
  if (!Number.isFinite(reset) || reset < 0) return undefined;
  if (reset > millisecondsOfEpoch) return Math.max(0, reset - serverNow);
  if (reset > secondsOfEpoch) return Math.max(0, reset * 1000 - serverNow);
  return reset * 1000;
}
