/** https://finnhub.io/docs/api/stock-dividends and /stock-splits (2026-11-21). */
import { type Day, ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { type ActionRow, readActions } from '../../market-data-kit/read-actions.ts';

const dividends = z.array(
  z.object({
    date: z.unknown().optional(),
    amount: z.unknown().optional(),
    payDate: z.unknown().optional(),
    currency: z.string().nullish(),
  }),
);
const splits = z.array(
  z.object({
    date: z.unknown().optional(),
    fromFactor: z.unknown().optional(),
    toFactor: z.unknown().optional(),
  }),
);

/** Only what is said of the plan is passed over: an outage must not pass for a time without dividends. */
const notOnThePlan = ({ code }: MarketDataFault): boolean => code === 'market-data.not-covered';

type Read = ReturnType<typeof readActions> & { readonly notes: readonly string[] };

/** Dividends and splits of the range; a note where the plan of the key does not have them. */
export async function finnhubActions(
  http: ProviderHttp,
  symbol: string,
  { from, until }: { readonly from: Day; readonly until: Day },
  signal: AbortSignal,
): Promise<Result<Read, MarketDataFault>> {
  const query = { symbol, from, to: until };
  const rows: ActionRow[] = [];
  const notes: string[] = [];
  const paid = await http.json('/stock/dividend', query, { signal, shape: dividends });
  if (paid.ok) {
    for (const { date, amount, payDate, currency } of paid.value) {
      rows.push({ kind: 'dividend', day: date, value: amount, payDay: payDate, currency });
    }
  } else if (notOnThePlan(paid.fault)) notes.push('The plan of the key has no dividends.');
  else return paid;
  const split = await http.json('/stock/split', query, { signal, shape: splits });
  if (split.ok) {
    for (const { date, fromFactor, toFactor } of split.value) {
      rows.push({ kind: 'split', day: date, value: numeric(toFactor) / numeric(fromFactor) });
    }
  } else if (notOnThePlan(split.fault)) notes.push('The plan of the key has no splits.');
  else return split;
  return ok({ ...readActions(rows, from, until), notes });
}
