import { type LateText, writtenOut } from './late-text.ts';
import type { LogLine } from './result.ts';

const mostLines = 100_000;
const longestLine = 500;

/** The beginning of a text, copied where it is long: a part of a string keeps all of it in memory. */
const bounded = (text: string): string =>
  text.length <= longestLine ? text : JSON.parse(JSON.stringify(text.slice(0, longestLine)));

/** What was said on the way; bounded, and what is left out is counted. */
export class RunLog {
  readonly #at: number[] = [];
  readonly #kinds: LogLine['kind'][] = [];
  readonly #texts: LateText[] = [];
  leftOut = 0;

  add(at: number, kind: LogLine['kind'], text: LateText): void {
    if (this.#texts.length >= mostLines) {
      this.leftOut++;
      return;
    }
    this.#at.push(at);
    this.#kinds.push(kind);
    this.#texts.push(typeof text === 'string' ? bounded(text) : text);
  }

  /** All that was said, written out. */
  toLines(): LogLine[] {
    return this.#texts.map((text, i) => ({
      at: this.#at[i] as number,
      kind: this.#kinds[i] as LogLine['kind'],
      text: bounded(writtenOut(text)),
    }));
  }
}
