/** https://massive.com/docs/rest/stocks/corporate-actions/dividends and /splits (2026-11-21). */
import { type Day, ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { type ActionRow, readActions } from '../../market-data-kit/read-actions.ts';
import { readPages } from '../../market-data-kit/read-pages.ts';

const dividend = z.object({
  cash_amount: z.unknown().optional(),
  currency: z.string().nullish(),
  dividend_type: z.string().nullish(),
  ex_dividend_date: z.unknown().optional(),
  pay_date: z.unknown().optional(),
});
const split = z.object({
  execution_date: z.unknown().optional(),
  split_from: z.unknown().optional(),
  split_to: z.unknown().optional(),
});
const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ results: z.array(row).nullish(), next_url: z.string().nullish() });

const rowsPerPage = 1000;

interface Range {
  readonly from: Day;
  readonly until: Day;
}

/** Dividends and splits of the range by their ex-days. */
export async function readPolygonActions(
  http: ProviderHttp,
  ticker: string,
  range: Range,
  signal: AbortSignal,
): Promise<Result<ReturnType<typeof readActions>, MarketDataFault>> {
  const paid = await all(
    http,
    { path: 'dividends', field: 'ex_dividend_date', row: dividend },
    { ...range, ticker },
    signal,
  );
  if (!paid.ok) return paid;
  const splits = await all(
    http,
    { path: 'splits', field: 'execution_date', row: split },
    { ...range, ticker },
    signal,
  );
  if (!splits.ok) return splits;
  const rows: ActionRow[] = [
    ...paid.value.map((row) => ({
      kind: row.dividend_type === 'SC' ? ('special-dividend' as const) : ('dividend' as const),
      day: row.ex_dividend_date,
      value: row.cash_amount,
      currency: row.currency,
      payDay: row.pay_date,
    })),
    ...splits.value.map((row) => ({
      kind: 'split' as const,
      day: row.execution_date,
      value: numeric(row.split_to) / numeric(row.split_from),
    })),
  ];
  return ok(readActions(rows, range.from, range.until));
}

interface Kind<Row extends z.ZodType> {
  readonly path: string;
  /** The field by which the range goes. */
  readonly field: string;
  readonly row: Row;
}

async function all<Row extends z.ZodType>(
  http: ProviderHttp,
  { path, field, row }: Kind<Row>,
  { ticker, from, until }: Range & { readonly ticker: string },
  signal: AbortSignal,
): Promise<Result<readonly z.infer<Row>[], MarketDataFault>> {
  const rows: z.infer<Row>[] = [];
  const first = `/v3/reference/${path}`;
  const query = {
    ticker,
    [`${field}.gte`]: from,
    [`${field}.lt`]: until,
    sort: field,
    order: 'asc',
    limit: rowsPerPage,
  };
  const shape = pageOf(row);
  const read = await readPages('Massive', first, async (mark) => {
    const answer = await http.json(mark, mark === first ? query : {}, { signal, shape });
    if (!answer.ok) return answer;
    const results = answer.value.results ?? [];
    rows.push(...results);
    return ok({ next: answer.value.next_url || null, fresh: results.length });
  });
  return read.ok ? ok(rows) : read;
}
