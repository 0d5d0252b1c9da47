/** A kept reply and by what the server can say that it still holds. */
export interface KeptReply {
  readonly body: Uint8Array;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
  /** Until when it is used without asking. */
  readonly freshUntil: number;
}

/** Kept replies by address, at most so many bytes; those used least recently go first. */
export class ResponseCache {
  readonly #maxBytes: number;
  readonly #kept = new Map<string, KeptReply>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(address: string): KeptReply | undefined {
    const kept = this.#kept.get(address);
    if (!kept) return undefined;
    this.#kept.delete(address);
    this.#kept.set(address, kept);
    return kept;
  }

  set(address: string, reply: KeptReply): void {
    this.delete(address);
    if (reply.body.length > this.#maxBytes / 4) return;
    this.#kept.set(address, reply);
    this.#bytes += reply.body.length;
    for (const [oldest] of this.#kept) {
      if (this.#bytes <= this.#maxBytes) return;
      this.delete(oldest);
    }
  }

  delete(address: string): void {
    this.#bytes -= this.#kept.get(address)?.body.length ?? 0;
    this.#kept.delete(address);
  }
}

const longestFreshMs = 24 * 60 * 60_000;

/** How long a reply may be used without asking, by its header: 0 where it says nothing. */
export function freshForMs(cacheControl: string | undefined): number {
  if (cacheControl === undefined || /no-store|no-cache/i.test(cacheControl)) return 0;
  const seconds = /max-age=(\d{1,9})/i.exec(cacheControl)?.[1];
  return seconds === undefined ? 0 : Math.min(Number(seconds) * 1000, longestFreshMs);
}

export const mayKeep = (cacheControl: string | undefined): boolean =>
  !/no-store/i.test(cacheControl ?? '');
