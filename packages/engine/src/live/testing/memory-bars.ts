import type { BarStore, TimedBars } from '@plimsoll/ports';

/** What was written of one instrument and frame. */
export interface WrittenBars {
  readonly workspaceId: string;
  readonly instrumentId: string;
  readonly timeframe: string;
  readonly source: string;
  readonly bars: TimedBars;
}

/** Bars that remember what was written; nobody reads them here. */
export function memoryBars(): BarStore & { readonly written: readonly WrittenBars[] } {
  const written: WrittenBars[] = [];
  const unread = (): never => {
    throw new Error('These bars are only written');
  };
  return {
    written,
    write: async (workspaceId, instrumentId, some) => {
      written.push({ workspaceId, instrumentId, ...some });
      return { written: some.bars.from.length };
    },
    read: unread,
    matrix: unread,
    coverage: unread,
    compact: unread,
    verify: unread,
    close: async () => undefined,
  };
}
