import { type ChangedBars, createRollup, type Rollup } from '@plimsoll/domain';
import type { LiveTimeframe, TickBatch, TickHistory } from '@plimsoll/ports';
import { DuplicateWindow } from './duplicate-window.ts';
import type { LiveInstrument } from './live-instrument.ts';
import type { LiveSettings } from './live-settings.ts';
import { fieldOf, QuoteBoard } from './quote-board.ts';
import { TickBuffer } from './tick-buffer.ts';
import { TickSource } from './tick-source.ts';

/** Prices beyond are no prices. */
const dearest = 1e12;
const price = (value: number): number => (value > 0 && value < dearest ? value : Number.NaN);
const amount = (value: number): number => (value >= 0 && value < 1e18 ? value : Number.NaN);

const f = fieldOf;
const nobody = 255;

/**
 * Takes ticks of all sources: brings them into one form, keeps the latest quote of each instrument on a
 * board, and collects what is to be stored and rolled up. One tick is at hand at a time, in fields of
 * this object, so that a tick costs no allocation.
 */
export class TickIntake {
  readonly board = new QuoteBoard();
  readonly #settings: LiveSettings;
  readonly #instruments: LiveInstrument[] = [];
  readonly #ids: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #sources: TickSource[] = [];
  readonly #seen: DuplicateWindow;
  #buffer = new TickBuffer();
  readonly #rollups: Readonly<Record<LiveTimeframe, Rollup>>;
  /** By instrument: rank of the source whose ticks are taken, when its last one came, and how its bars are made. */
  #rank = new Uint8Array(256).fill(nobody);
  #heardAt = new Float64Array(256).fill(Number.NEGATIVE_INFINITY);
  #byMiddle = new Uint8Array(256);
  #simulated = new Uint8Array(256);
  #now = 0;
  #of = 0;
  #at = 0;
  #bid = Number.NaN;
  #ask = Number.NaN;
  #last = Number.NaN;
  #size = Number.NaN;
  #tradeId = Number.NaN;

  constructor(settings: LiveSettings, duplicates = new DuplicateWindow()) {
    this.#settings = settings;
    this.#seen = duplicates;
    const { lateMs } = settings;
    this.#rollups = {
      '1m': createRollup({ timeframe: '1m', lateMs }),
      '5m': createRollup({ timeframe: '5m', lateMs }),
    };
  }

  /** By number. */
  get instrumentIds(): readonly string[] {
    return this.#ids;
  }

  /** By number. */
  get instruments(): readonly LiveInstrument[] {
    return this.#instruments;
  }

  /** By number. */
  get providers(): readonly string[] {
    return this.#sources.map(({ provider }) => provider);
  }

  /** The source of a provider, made where there is none yet. */
  source(provider: string): TickSource {
    const known = this.#sources.find((one) => one.provider === provider);
    if (known !== undefined) return known;
    const source = new TickSource(provider, this.#sources.length);
    this.#sources.push(source);
    return source;
  }

  /** The number of an instrument; a known one gets its newer terms. */
  enter(instrument: LiveInstrument): number {
    let of = this.#numbers.get(instrument.instrumentId);
    if (of === undefined) {
      of = this.#instruments.push(instrument) - 1;
      this.#numbers.set(instrument.instrumentId, of);
      this.#ids.push(instrument.instrumentId);
      this.board.reach(of);
      this.#reach(of);
    } else this.#instruments[of] = instrument;
    this.#byMiddle[of] = instrument.kind === 'fx' ? 1 : 0;
    this.#simulated[of] = instrument.simulated ? 1 : 0;
    if (!Number.isNaN(instrument.previousClose)) {
      this.board.set(of, f.previousClose, instrument.previousClose);
    }
    return of;
  }

  /** Whether the source can be relied on; the quotes of one that cannot are stale. */
  setUsable(source: TickSource, usable: boolean): void {
    if (source.usable === usable) return;
    source.usable = usable;
    for (let of = 0; of < this.board.count; of++) {
      if (this.board.sourceOf(of) === source.number) this.board.setStale(of, !usable);
    }
  }

  /** Takes a batch that came at `now`. */
  take(source: TickSource, batch: TickBatch, now: number): void {
    source.learn(batch.symbols);
    this.#now = now;
    for (let row = 0; row < batch.of.length; row++) {
      const symbol = batch.of[row] ?? 0;
      const of = source.of[symbol] ?? -1;
      if (of >= 0 && this.#read(source, batch, row))
        this.#takeTick(source, source.rank[symbol] ?? 0);
      else source.counts.unusable++;
    }
  }

  /**
   * Takes over stored ticks after a start: shown as stale, not stored again, and those since `from`
   * rolled up once more.
   */
  restore(instrumentId: string, source: TickSource, ticks: TickHistory, from: number): void {
    const of = this.#numbers.get(instrumentId);
    if (of === undefined) return;
    this.#of = of;
    for (let row = 0; row < ticks.at.length; row++) {
      this.#at = ticks.at[row] ?? Number.NaN;
      this.#bid = ticks.bid[row] ?? Number.NaN;
      this.#ask = ticks.ask[row] ?? Number.NaN;
      this.#last = ticks.last[row] ?? Number.NaN;
      this.#size = ticks.size[row] ?? Number.NaN;
      this.#tradeId = ticks.tradeId[row] ?? Number.NaN;
      this.#now = this.#at;
      this.#isDuplicate(source.number);
      this.#show(source);
      this.board.setStale(of, true);
      if (this.#at >= from) this.#rollUp();
    }
  }

  /** Ticks that wait to be stored. */
  get waiting(): number {
    return this.#buffer.count;
  }

  /** Gives the ticks that wait, and collects in another buffer from now on. */
  swap(empty: TickBuffer): TickBuffer {
    const full = this.#buffer;
    this.#buffer = empty;
    return full;
  }

  /** Bars that changed since the last call, as they are now. */
  drain(timeframe: LiveTimeframe, now: number): ChangedBars {
    return this.#rollups[timeframe].drain(now);
  }

  /** Reads a row into the fields; false where it has no usable price. */
  #read(source: TickSource, batch: TickBatch, row: number): boolean {
    const symbol = batch.of[row] ?? 0;
    this.#of = source.of[symbol] ?? 0;
    this.#at = batch.at[row] ?? Number.NaN;
    this.#bid = price(batch.bid[row] ?? Number.NaN);
    this.#ask = price(batch.ask[row] ?? Number.NaN);
    this.#last = price(batch.last[row] ?? Number.NaN);
    this.#size = amount(batch.size[row] ?? Number.NaN);
    this.#tradeId = batch.tradeId[row] ?? Number.NaN;
    if (this.#bid > this.#ask) {
      // Crossed: one of the two is wrong, and nothing says which.
      this.#bid = Number.NaN;
      this.#ask = Number.NaN;
    }
    return this.#last > 0 || this.#bid > 0 || this.#ask > 0;
  }

  #takeTick(source: TickSource, rank: number): void {
    const { counts } = source;
    if (!this.#isFromChosen(rank)) {
      counts.spare++;
      return;
    }
    if (this.#isDuplicate(source.number)) {
      counts.duplicate++;
      return;
    }
    this.#straightenTime(source);
    if (this.#isAbsurd()) {
      counts.heldBack++;
      this.board.set(this.#of, f.heldBack, this.#last > 0 ? this.#last : this.#middle());
      return;
    }
    counts.taken++;
    if (!this.#show(source)) counts.outOfOrder++;
    this.board.setStale(this.#of, !source.usable);
    // Of a simulated market nothing is kept: it can be had again, and is never taken for a real one.
    if (this.#simulated[this.#of] === 1) return;
    if (this.#at < this.#now - this.#settings.storeBackMs) return;
    this.#rollUp();
    this.#store(source.number);
  }

  /** Whether the instrument takes ticks of this rank now; a better one, or one after silence, takes over. */
  #isFromChosen(rank: number): boolean {
    const of = this.#of;
    const chosen = this.#rank[of] ?? nobody;
    const silent = this.#now - (this.#heardAt[of] ?? 0) > this.#settings.takeOverMs;
    if (rank > chosen && !silent) return false;
    this.#rank[of] = rank;
    this.#heardAt[of] = this.#now;
    return true;
  }

  /** By the number of the trade, or where there is none by all that the tick says. */
  #isDuplicate(source: number): boolean {
    const seen = this.#seen;
    seen.begin(this.#of, source);
    if (!Number.isNaN(this.#tradeId)) seen.mix(this.#tradeId);
    else {
      seen.mix(this.#at);
      seen.mix(this.#bid);
      seen.mix(this.#ask);
      seen.mix(this.#last);
      seen.mix(this.#size);
    }
    return seen.seen();
  }

  /** A stamp that cannot be is replaced by the time of arrival. */
  #straightenTime({ counts }: TickSource): void {
    const ahead = this.#at - this.#now;
    if (ahead <= this.#settings.aheadMs && this.#at > 0) return;
    if (ahead > 0) {
      counts.ahead++;
      if (ahead > counts.aheadMs) counts.aheadMs = ahead;
    }
    this.#at = this.#now;
  }

  /** Whether the price is far from the last known one and from the previous close. */
  #isAbsurd(): boolean {
    const known = this.board.get(this.#of, f.last);
    const close = this.board.get(this.#of, f.previousClose);
    if (this.#last > 0) return this.#isFar(this.#last, known, close);
    const bestKnown = known > 0 ? known : this.board.get(this.#of, f.bid);
    return this.#isFar(this.#middle(), bestKnown, close);
  }

  #isFar(value: number, known: number, close: number): boolean {
    const far = (from: number) => Math.abs(value - from) > this.#settings.jump * from;
    if (known > 0) return far(known) && !(Math.abs(value - close) <= this.#settings.jump * close);
    return close > 0 && far(close);
  }

  /** Between bid and ask, or the one of them that is known. */
  #middle(): number {
    if (this.#bid > 0 && this.#ask > 0) return (this.#bid + this.#ask) / 2;
    return this.#bid > 0 ? this.#bid : this.#ask;
  }

  /** Puts what is newer on the board; false where the board has newer already. */
  #show(source: TickSource): boolean {
    const { board } = this;
    const of = this.#of;
    let newer = false;
    if (this.#last > 0 && !(this.#at < board.get(of, f.tradeAt))) {
      board.set(of, f.last, this.#last);
      board.set(of, f.size, this.#size);
      board.set(of, f.tradeAt, this.#at);
      newer = true;
    }
    const quoted = this.#bid > 0 || this.#ask > 0;
    if (quoted && !(this.#at < board.get(of, f.quoteAt))) {
      board.set(of, f.bid, this.#bid);
      board.set(of, f.ask, this.#ask);
      board.set(of, f.quoteAt, this.#at);
      newer = true;
    }
    if (newer) {
      board.set(of, f.receivedAt, this.#now);
      board.set(of, f.heldBack, Number.NaN);
      board.setSource(of, source.number);
    }
    return newer;
  }

  #rollUp(): void {
    const traded = this.#last > 0;
    if (!traded && this.#byMiddle[this.#of] === 0) return;
    const value = traded ? this.#last : this.#middle();
    this.#rollups['1m'].add(this.#of, this.#at, value, this.#size);
    this.#rollups['5m'].add(this.#of, this.#at, value, this.#size);
  }

  #store(source: number): void {
    const buffer = this.#buffer;
    const row = buffer.add(this.#of, source);
    buffer.set(row, 0, this.#at);
    buffer.set(row, 1, this.#bid);
    buffer.set(row, 2, this.#ask);
    buffer.set(row, 3, this.#last);
    buffer.set(row, 4, this.#size);
    buffer.set(row, 5, this.#tradeId);
  }

  #reach(of: number): void {
    if (of < this.#rank.length) return;
    const room = 2 * this.#rank.length;
    const wider = (column: Uint8Array, empty: number) => {
      const copy = new Uint8Array(room).fill(empty);
      copy.set(column);
      return copy;
    };
    const heardAt = new Float64Array(room).fill(Number.NEGATIVE_INFINITY);
    heardAt.set(this.#heardAt);
    this.#rank = wider(this.#rank, nobody);
    this.#byMiddle = wider(this.#byMiddle, 0);
    this.#simulated = wider(this.#simulated, 0);
    this.#heardAt = heardAt;
  }
}
