import type { QuoteSocket } from '@plimsoll/client';
import type { Quote } from '@plimsoll/contracts';
import { useCallback, useSyncExternalStore } from 'react';
import { useScope } from '../../data/scope.ts';

/** Once a second is calm to read, and little work for hundreds of rows. */
const everyMs = 1_000;
/** A page that is left for another one with prices keeps the connection. */
const lingerMs = 5_000;
/** The server keeps no more for one client. */
const most = 1_000;

type Listener = () => void;

/** The quotes of one workspace, connected while anything on the page shows one. */
class LiveQuotes {
  readonly #workspace: string;
  readonly #listeners = new Map<string, Set<Listener>>();
  #socket: QuoteSocket | null = null;
  #isOpening = false;
  #closing: ReturnType<typeof setTimeout> | undefined;
  #asking: ReturnType<typeof setTimeout> | undefined;

  constructor(workspace: string) {
    this.#workspace = workspace;
  }

  get(instrument: string): Quote | undefined {
    return this.#socket?.quotes.get(instrument);
  }

  subscribe(instrument: string, listener: Listener): () => void {
    clearTimeout(this.#closing);
    const known = this.#listeners.get(instrument);
    if (known) known.add(listener);
    else {
      this.#listeners.set(instrument, new Set([listener]));
      this.#ask();
    }
    return () => this.#drop(instrument, listener);
  }

  #drop(instrument: string, listener: Listener): void {
    const left = this.#listeners.get(instrument);
    left?.delete(listener);
    if (left?.size === 0) this.#listeners.delete(instrument);
    if (this.#listeners.size === 0) this.#closing = setTimeout(() => this.#close(), lingerMs);
  }

  #close(): void {
    this.#socket?.close();
    this.#socket = null;
  }

  /** Rows come one by one; they are asked for together. */
  #ask(): void {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => {
      if (this.#socket) this.#want(this.#socket);
      else void this.#open();
    }, 0);
  }

  #want(socket: QuoteSocket): void {
    socket.want({ instruments: [...this.#listeners.keys()].slice(0, most), everyMs });
  }

  async #open(): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    const { openSocket } = await import('./open-socket.ts');
    this.#isOpening = false;
    // Whoever asked may be gone by now.
    if (this.#listeners.size === 0) return;
    this.#socket = openSocket(this.#workspace, (changed) => this.#tell(changed));
    this.#want(this.#socket);
  }

  #tell(instruments: readonly string[]): void {
    for (const instrument of instruments) {
      for (const listener of this.#listeners.get(instrument) ?? []) listener();
    }
  }
}

const byWorkspace = new Map<string, LiveQuotes>();

function quotesOf(workspace: string): LiveQuotes {
  const known = byWorkspace.get(workspace) ?? new LiveQuotes(workspace);
  byWorkspace.set(workspace, known);
  return known;
}

/** The latest quote of an instrument of the workspace, kept up to date while it is shown. */
export function useLiveQuote(instrument: string): Quote | undefined {
  const { workspace } = useScope();
  const quotes = quotesOf(workspace);
  const subscribe = useCallback(
    (listener: Listener) => quotes.subscribe(instrument, listener),
    [quotes, instrument],
  );
  return useSyncExternalStore(subscribe, () => quotes.get(instrument));
}
