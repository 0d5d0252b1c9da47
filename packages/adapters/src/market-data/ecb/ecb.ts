import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { MarketDataFault, MarketDataProvider, PriceFileSeries } from '@plimsoll/ports';
import { cancelled, unavailable } from '../../market-data-kit/refusals.ts';
import { sliceHistory } from '../../market-data-kit/slice-history.ts';
import { ecbReader } from './read-ecb.ts';

/** Exchange rates from the ECB's file: `EURUSD` is US dollars per euro. */
export function ecbProvider(file: string): MarketDataProvider {
  const series = rereadWhenChanged(file);
  return {
    id: 'ecb',
    title: 'European Central Bank reference rates',
    simulated: false,
    capabilities: { daily: true, actions: false, fx: true, kinds: ['fx'], search: true },
    async search(text, limit) {
      const rates = await series();
      if (!rates.ok) return rates;
      const wanted = text.trim().toUpperCase();
      const found = rates.value.filter(({ symbol }) => symbol.includes(wanted));
      return ok(found.slice(0, Math.max(0, limit)).map(({ symbol }) => ({ symbol })));
    },
    async daily({ symbol }, from, until, signal) {
      if (signal.aborted) return cancelled();
      const rates = await series();
      if (!rates.ok) return rates;
      if (signal.aborted) return cancelled();
      const found = rates.value.find((one) => one.symbol === symbol);
      if (found) return ok(sliceHistory(found.history, from, until));
      const detail = `The ECB gives no rate ${symbol.slice(0, 80)}; its pairs are named like EURUSD.`;
      return refuse({ code: 'market-data.unknown-symbol', detail });
    },
  };
}

type Rates = Result<readonly PriceFileSeries[], MarketDataFault>;

/** Reads the file once, and again when it changes on disk. */
function rereadWhenChanged(file: string): () => Promise<Rates> {
  let known: { readonly stamp: string; readonly rates: Rates } | undefined;
  return async () => {
    try {
      const { mtimeMs, size } = await stat(file);
      const stamp = `${mtimeMs} ${size}`;
      if (known?.stamp !== stamp) {
        known = { stamp, rates: ecbReader.read(basename(file), await readFile(file)) };
      }
      return known.rates;
    } catch (error) {
      return unavailable(`The file of ECB rates ${file} cannot be read`, error);
    }
  };
}
