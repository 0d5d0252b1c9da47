import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type MessagePort, Worker } from 'node:worker_threads';
import { type SharedStore, transferOf } from '@plimsoll/adapters/database';
import { type LiveNews, QuoteDesk } from '@plimsoll/engine';
import { settingsFileName } from '../market-data/settings.ts';
import type { LiveOrder, LiveWord } from './live-protocol.ts';

interface LiveServiceOptions {
  readonly store: Pick<SharedStore, 'connect'>;
  readonly dataFolder: string;
  readonly onTrouble: (detail: string) => void;
  readonly onNews: (news: LiveNews) => void;
}

const entry = new URL('./live-worker.ts', import.meta.url);
/** How often we look whether providers have been turned on. */
const lookMs = 5_000;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/**
 * Live quotes in a thread of their own, which runs only while a provider of quotes is turned on or
 * somebody looks at the demo. What it tells comes to the desk.
 */
export class LiveService {
  readonly desk = new QuoteDesk();
  readonly #options: LiveServiceOptions;
  readonly #heard = new Set<() => void>();
  #worker: Worker | null = null;
  #demo: string | null = null;
  #settings = '';
  #looking: NodeJS.Timeout | undefined;
  #pauseMs = firstPauseMs;
  #restarting: NodeJS.Timeout | undefined;
  #closing = false;

  constructor(options: LiveServiceOptions) {
    this.#options = options;
    this.#look();
    this.#looking = setInterval(() => this.#look(), lookMs).unref();
  }

  /** Calls back whenever the desk has heard something. */
  onNews(heard: () => void): () => void {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  }

  /** Somebody looks at the demo workspace: its market begins to move. */
  wakeDemo(workspace: string): void {
    if (this.#demo === workspace) return;
    this.#demo = workspace;
    if (this.#worker === null) this.#start();
    else this.#tell({ kind: 'demo', workspace });
  }

  /** Lets it store what it has, at most so long, and ends it. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    clearInterval(this.#looking);
    clearTimeout(this.#restarting);
    const worker = this.#worker;
    if (worker === null) return;
    const exit = new Promise<void>((done) => worker.once('exit', () => done()));
    this.#tell({ kind: 'close' });
    const timer = setTimeout(() => worker.terminate(), graceMs);
    await exit;
    clearTimeout(timer);
  }

  /** Starts the thread where the settings have changed since it last found nothing to do. */
  #look(): void {
    const path = join(this.#options.dataFolder, settingsFileName);
    const found = statSync(path, { throwIfNoEntry: false });
    const stamp = found === undefined ? '' : `${found.mtimeMs} ${found.size}`;
    if (stamp === this.#settings) return;
    this.#settings = stamp;
    if (stamp !== '' && this.#worker === null) this.#start();
  }

  #start(): void {
    if (this.#closing) return;
    const { store, dataFolder } = this.#options;
    const worker = new Worker(entry, { name: 'live' });
    this.#worker = worker;
    let idle = false;
    let again = false;
    worker.on('message', (word: LiveWord) => {
      idle ||= word.kind === 'idle';
      again ||= word.kind === 'again';
      this.#hear(word);
    });
    worker.on('error', (error) => {
      this.#options.onTrouble(`The thread of live quotes failed: ${String(error)}`);
    });
    worker.on('exit', () => {
      this.#worker = null;
      this.desk.lose();
      this.#tellListeners();
      if (idle || this.#closing) return;
      if (again) this.#start();
      else this.#startLater();
    });
    const order = {
      kind: 'start',
      store: store.connect(),
      ticks: store.connect(),
      dataFolder,
      demo: this.#demo,
    } as const;
    this.#tell(order, [...transferOf(order.store), ...transferOf(order.ticks)]);
  }

  /** A thread that died is started again, ever more patiently where it keeps dying. */
  #startLater(): void {
    this.#restarting = setTimeout(() => this.#start(), this.#pauseMs).unref();
    this.#pauseMs = Math.min(2 * this.#pauseMs, longestPauseMs);
  }

  #hear(word: LiveWord): void {
    if (word.kind === 'idle' || word.kind === 'again') return;
    this.desk.hear(word);
    this.#options.onNews(word);
    if (word.kind === 'quotes') this.#pauseMs = firstPauseMs;
    this.#tellListeners();
  }

  #tellListeners(): void {
    for (const heard of this.#heard) heard();
  }

  #tell(order: LiveOrder, transfer: readonly MessagePort[] = []) {
    this.#worker?.postMessage(order, [...transfer]);
  }
}
