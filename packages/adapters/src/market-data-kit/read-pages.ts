import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';

const mostPages = 500;
/** Pages that brought nothing after which it is taken for a loop. */
const mostIdle = 2;

/** What a page said of the next. */
export interface PageEnd {
  /** Where the next one is; null after the last. */
  readonly next: string | null;
  /** Rows of the page that lie after all rows of the pages before. */
  readonly fresh: number;
}

/**
 * Reads page after page. A mark that comes again, pages without anything new, and more pages than a
 * range can have are refused as unreadable: a provider that goes round in circles never ends.
 */
export async function readPages(
  title: string,
  first: string,
  read: (mark: string) => Promise<Result<PageEnd, MarketDataFault>>,
): Promise<Result<null, MarketDataFault>> {
  const seen = new Set<string>();
  let idle = 0;
  for (let mark: string | null = first; mark !== null; ) {
    if (seen.has(mark)) return endless(title, 'leads from one page back to an earlier one');
    if (seen.size >= mostPages) return endless(title, `has no end after ${mostPages} pages`);
    seen.add(mark);
    const page: Result<PageEnd, MarketDataFault> = await read(mark);
    if (!page.ok) return page;
    idle = page.value.fresh > 0 ? 0 : idle + 1;
    mark = page.value.next;
    if (mark !== null && idle > mostIdle)
      return endless(title, 'gives the same page again and again');
  }
  return ok(null);
}

const endless = (title: string, how: string) =>
  refuse<MarketDataFault>({
    code: 'market-data.unreadable',
    detail: `${title}: the history ${how}; nothing of it is taken.`,
  });
