/**
 * Daily rows as CSV: `Date,Open,High,Low,Close,Volume`, oldest first; no volume for rates and indices.
 * https://stooq.com/q/d/ ("Download data in csv file"), read 2026-11-21.
 */
import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { readRecords } from '../../importer-kit/index.ts';
import type { ProviderReply } from '../../market-data-kit/http/reply.ts';
import type { DailyRow } from '../../market-data-kit/read-daily-rows.ts';

const hourMs = 3_600_000;

/** What Stooq writes in place of rows, with status 200. */
export function stooqFault(reply: ProviderReply): MarketDataFault | undefined {
  const head = new TextDecoder().decode(reply.bytes.subarray(0, 2000));
  if (/exceeded the daily hits limit/i.test(head)) {
    return {
      code: 'market-data.rate-limited',
      detail: 'Stooq: the daily limit of requests is used up.',
      retryAfterMs: 6 * hourMs,
    };
  }
  if (/get[_ ](?:your )?apikey|access denied|unauthori[sz]ed/i.test(head)) {
    return {
      code: 'market-data.unauthorised',
      detail:
        'Stooq asks for a key: get one at https://stooq.com/q/d/?s=spy.us&get_apikey and set it in market-data.yaml.',
    };
  }
  return undefined;
}

/** The rows of a reply; none where Stooq has no data. */
export function stooqRows(text: string): Result<readonly DailyRow[], MarketDataFault> {
  if (/^\s*no data\s*$/i.test(text)) return ok([]);
  const [header, ...records] = readRecords(text, ',');
  const titles = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const column = (title: string): number => titles.indexOf(title);
  const [day, close] = [column('date'), column('close')];
  if (day < 0 || close < 0) {
    const begin = text.slice(0, 60).replace(/\s+/g, ' ');
    const detail = `Stooq answered with something else than its table of prices, which begins with Date: "${begin}".`;
    return refuse({ code: 'market-data.unreadable', detail });
  }
  const last = records.at(-1);
  if (last && last.cells.length < titles.length) {
    const detail = `Stooq's table breaks off in line ${last.line}.`;
    return refuse({ code: 'market-data.unreadable', detail });
  }
  const [open, high, low, volume] = ['open', 'high', 'low', 'volume'].map(column);
  return ok(
    records.map(({ cells }) => ({
      day: cells[day]?.trim(),
      open: cells[open ?? -1],
      high: cells[high ?? -1],
      low: cells[low ?? -1],
      // One cell too many: there is no telling which of them is the close.
      close: cells.length > titles.length ? undefined : cells[close],
      volume: cells[volume ?? -1],
    })),
  );
}
