import type { LogLine } from './result.ts';

const mostLines = 100_000;
const longestLine = 500;

/** What was said on the way; bounded, and what is left out is counted. */
export class RunLog {
  readonly lines: LogLine[] = [];
  leftOut = 0;

  add(at: number, kind: LogLine['kind'], text: string): void {
    if (this.lines.length >= mostLines) this.leftOut++;
    else this.lines.push({ at, kind, text: text.slice(0, longestLine) });
  }
}
