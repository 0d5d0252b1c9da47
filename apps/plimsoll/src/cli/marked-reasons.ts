import { plain } from './table.ts';

/** Reasons that a table refers to by a mark, so that each is told once below it. */
export class MarkedReasons {
  readonly #marks = new Map<string, string>();

  /** The mark that stands for the reason, the same for the same words; empty where there is none. */
  markOf(reason: string | undefined): string {
    if (reason === undefined || reason === '') return '';
    const mark = this.#marks.get(reason) ?? `[${this.#marks.size + 1}]`;
    this.#marks.set(reason, mark);
    return mark;
  }

  /** What the marks stand for, a line each. */
  lines(): readonly string[] {
    return [...this.#marks].map(([reason, mark]) => `${mark} ${plain(reason)}`);
  }
}
