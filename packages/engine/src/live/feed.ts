import type {
  MarketDataProvider,
  ProviderSymbol,
  ProviderWorld,
  Quote,
  QuoteStream,
  StreamState,
  TickBatch,
} from '@plimsoll/ports';
import type { LiveSettings } from './live-settings.ts';

/** How a provider of live quotes is doing. */
export interface FeedState {
  readonly id: string;
  readonly state: StreamState | 'silent';
  /** UTC instant. */
  readonly since: string;
  readonly detail: string;
}

interface FeedOptions {
  readonly provider: MarketDataProvider;
  readonly world: ProviderWorld;
  readonly settings: LiveSettings;
  readonly onTicks: (batch: TickBatch, now: number) => void;
  readonly onQuotes: (quotes: readonly Quote[], now: number) => void;
  readonly signal: AbortSignal;
}

/** One provider's live quotes: its stream where it has one, else asked for again and again. */
export class Feed {
  readonly provider: MarketDataProvider;
  readonly #world: ProviderWorld;
  readonly #settings: LiveSettings;
  readonly #onTicks: FeedOptions['onTicks'];
  readonly #onQuotes: FeedOptions['onQuotes'];
  readonly #signal: AbortSignal;
  readonly #ended: Promise<void>;
  readonly #stream: QuoteStream | null;
  #wanted: readonly ProviderSymbol[] = [];
  #wantedText = '';
  #state: StreamState = 'connecting';
  #since: number;
  #detail = '';
  #heardAt: number;
  #wake: (() => void) | null = null;

  constructor({ provider, world, settings, onTicks, onQuotes, signal }: FeedOptions) {
    this.provider = provider;
    this.#world = world;
    this.#settings = settings;
    this.#onTicks = onTicks;
    this.#onQuotes = onQuotes;
    this.#signal = signal;
    this.#since = world.nowMs();
    this.#heardAt = this.#since;
    const sink = { ticks: this.#hear, state: this.#become };
    this.#stream = provider.stream?.(sink, signal) ?? null;
    this.#ended = this.#stream?.ended ?? this.#poll();
  }

  /** Resolves when its signal has fired and all is closed. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Whether its quotes are kept up to date. */
  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Whether another provider had better be asked beside it. */
  isDoubtful(now: number): boolean {
    return !this.isOpen || this.#isSilent(now);
  }

  state(now: number): FeedState {
    const silent = this.isOpen && this.#isSilent(now);
    return {
      id: this.provider.id,
      state: silent ? 'silent' : this.#state,
      since: new Date(silent ? this.#heardAt : this.#since).toISOString(),
      detail: silent ? 'It is connected and has sent nothing since.' : this.#detail,
    };
  }

  /** Ticks of these symbols are wanted from now on, instead of those before. */
  want(symbols: readonly ProviderSymbol[]): void {
    const text = symbols.map(({ symbol }) => symbol).join('\n');
    if (text === this.#wantedText) return;
    this.#wanted = symbols;
    this.#wantedText = text;
    this.#heardAt = this.#world.nowMs();
    this.#stream?.want(symbols);
    this.#wake?.();
  }

  readonly #hear = (batch: TickBatch): void => {
    this.#heardAt = this.#world.nowMs();
    this.#onTicks(batch, this.#heardAt);
  };

  readonly #become = (state: StreamState, detail: string): void => {
    this.#detail = detail;
    if (state === this.#state) return;
    this.#state = state;
    this.#since = this.#world.nowMs();
    if (state === 'open') this.#heardAt = this.#since;
  };

  #isSilent(now: number): boolean {
    const patience = this.#stream === null ? 3 * this.#settings.pollMs : this.#settings.silentMs;
    return this.#wanted.length > 0 && now - this.#heardAt > patience;
  }

  async #poll(): Promise<void> {
    while (!this.#signal.aborted) {
      const pause = this.#wanted.length === 0 ? this.#settings.silentMs : await this.#ask();
      await this.#rest(pause);
    }
  }

  /** Asks once, and says how long to wait before the next time. */
  async #ask(): Promise<number> {
    const { pollMs } = this.#settings;
    const answer = await this.provider.quotes?.(this.#wanted, this.#signal);
    if (answer === undefined || this.#signal.aborted) return pollMs;
    if (answer.ok) {
      this.#become('open', '');
      if (answer.value.length > 0) {
        this.#heardAt = this.#world.nowMs();
        this.#onQuotes(answer.value, this.#heardAt);
      }
      return pollMs;
    }
    const { code, detail, retryAfterMs = 0 } = answer.fault;
    const hopeless = code === 'market-data.unauthorised' || code === 'market-data.not-covered';
    this.#become(hopeless ? 'refused' : 'lost', detail);
    return Math.max(pollMs, retryAfterMs);
  }

  /** Waits, or until other symbols are wanted. */
  async #rest(ms: number): Promise<void> {
    const woken = new AbortController();
    const stop = () => woken.abort();
    this.#wake = stop;
    this.#signal.addEventListener('abort', stop, { once: true });
    // Woken early is as good as having waited.
    await this.#world.wait(ms, woken.signal).catch(() => undefined);
    this.#signal.removeEventListener('abort', stop);
    this.#wake = null;
  }
}
