import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { DailyHistory, MarketDataFault, MarketDataProvider } from '@plimsoll/ports';
import { cancelled } from '../../market-data-kit/refusals.ts';
import { sliceHistory } from '../../market-data-kit/slice-history.ts';
import { type Listing, PriceFolder } from './price-folder.ts';

/** Daily prices from the CSV files of a folder and those below it. */
export function csvFolderProvider(folder: string): MarketDataProvider {
  const files = new PriceFolder(folder);
  return {
    id: 'csv-folder',
    title: 'Price files (CSV)',
    simulated: false,
    capabilities: { daily: true, actions: true, fx: true, search: true },
    async search(text, limit) {
      const listings = await files.listings(new AbortController().signal);
      if (!listings.ok) return listings;
      const wanted = text.trim().toLowerCase();
      const found = listings.value.filter(({ symbol }) => symbol.toLowerCase().includes(wanted));
      return ok(found.slice(0, Math.max(0, limit)).map(({ symbol }) => ({ symbol })));
    },
    async daily({ symbol }, from, until, signal) {
      if (signal.aborted) return cancelled();
      const listings = await files.listings(signal);
      if (!listings.ok) return listings;
      const listing = theOne(symbol, listings.value, folder);
      if (!listing.ok) return listing;
      const history = await historyOf(files, listing.value);
      if (signal.aborted) return cancelled();
      return history.ok ? ok(sliceHistory(history.value, from, until)) : history;
    },
  };
}

/** The file that has the symbol; refused where none or several have. */
function theOne(
  symbol: string,
  listings: readonly Listing[],
  folder: string,
): Result<Listing, MarketDataFault> {
  const exact = listings.filter((listing) => listing.symbol === symbol);
  const [listing, other] = exact;
  if (listing && !other) return ok(listing);
  const inSeveral = listing ? exact : listings.filter(({ inFile }) => inFile === symbol);
  if (inSeveral.length === 0) {
    const detail = `No file in ${folder} has prices of ${symbol.slice(0, 80)}; it would be in ${symbol.slice(0, 80)}.csv.`;
    return refuse({ code: 'market-data.unknown-symbol', detail });
  }
  const paths = inSeveral.map(({ path }) => path).join(' and ');
  const detail = `${symbol} is in ${paths}. Keep one, or ask for it with its folder.`;
  return refuse({ code: 'market-data.unreadable', detail });
}

async function historyOf(
  files: PriceFolder,
  { path, inFile, symbol }: Listing,
): Promise<Result<DailyHistory, MarketDataFault>> {
  const read = await files.series(path);
  if (!read.ok) return read;
  const series = read.value.find((one) => one.symbol === inFile);
  if (series && series.history.bars.days.length > 0) return ok(series.history);
  const why = series?.history.rejected[0];
  const first = why ? ` The first row that was not: line ${why.line}: ${why.reason}` : '';
  const detail = `${path}: no row of ${symbol} could be taken.${first}`;
  return refuse({ code: 'market-data.no-data', detail });
}
