/**
 * The reference rates from the ECB's data portal, as SDMX in CSV, one row a day.
 * https://data.ecb.europa.eu/help/api/data, read 2026-11-21.
 */
import { addDays, type Day, ok, type Result, refuse } from '@plimsoll/kernel';
import type {
  MarketDataFault,
  MarketDataProvider,
  ProviderSymbol,
  ProviderWorld,
} from '@plimsoll/ports';
import { readRecords } from '../../importer-kit/index.ts';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';
import { aroundTheClock, finishedDays } from '../../market-data-kit/finished-days.ts';
import { type ProviderHttp, providerHttp } from '../../market-data-kit/http/provider-http.ts';
import type { ProviderSettings } from '../../market-data-kit/provider-settings.ts';
import { type DailyRow, readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';

export const ecbCapabilities = {
  daily: true,
  actions: false,
  fx: true,
  kinds: ['fx'],
  search: true,
} as const;

export const title = 'European Central Bank reference rates';
const hint = 'its pairs are named like EURUSD, units per euro';
const earliest = '1999-01-01';
const dayMs = 86_400_000;

/** Exchange rates asked for pair by pair: `EURUSD` is US dollars per euro. */
export function ecbOnlineProvider(
  settings: ProviderSettings,
  world: ProviderWorld,
): MarketDataProvider {
  const http = providerHttp({
    id: 'ecb',
    title: 'ECB',
    baseUrl: settings.baseUrl,
    world,
    rates: [{ requests: settings.requestsPerMinute, perMs: 60_000 }],
    timeoutMs: settings.timeoutSeconds * 1000,
    headers: { accept: 'text/csv' },
    faultOf: ({ status }) =>
      status === 404
        ? { code: 'market-data.no-data', detail: 'The ECB has no such rates.' }
        : undefined,
  });
  return {
    id: 'ecb',
    title,
    simulated: false,
    capabilities: ecbCapabilities,
    health: () => http.health(),
    async search(text, limit) {
      const rates = await currencies(http, new AbortController().signal);
      if (!rates.ok) return rates;
      const wanted = text.trim().toUpperCase();
      const found = rates.value.map(toSymbol).filter(({ symbol }) => symbol.includes(wanted));
      return ok(found.slice(0, Math.max(0, limit)));
    },
    async daily(symbol, from, until, signal) {
      const currency = quotedIn(symbol);
      if (currency === undefined) return unknownSymbol('The ECB', symbol.symbol, hint);
      const nowMs = world.nowMs();
      const end = finishedDays(until, nowMs, aroundTheClock);
      const range = { from, until: end, nowMs, currency, prices: 'as-traded' } as const;
      const rows =
        from >= end ? ok([]) : await ratesOf(http, { from, until: end, currency, signal });
      if (!rows.ok) return rows;
      return rows.value === null
        ? unknownSymbol('The ECB', symbol.symbol, hint)
        : ok(readDailyRows(rows.value, range));
    },
  };
}

interface RatesQuery {
  readonly from: Day;
  readonly until: Day;
  readonly currency: string;
  readonly signal: AbortSignal;
}

/** Null where the ECB has no such currency. */
async function ratesOf(
  http: ProviderHttp,
  { from, until, currency, signal }: RatesQuery,
): Promise<Result<readonly DailyRow[] | null, MarketDataFault>> {
  const query = {
    startPeriod: from < earliest ? earliest : from,
    endPeriod: addDays(until, -1),
    format: 'csvdata',
  };
  const text = await http.text(pathOf(currency), query, { signal });
  if (text.ok) {
    const rows = readRates(text.value, currency);
    return rows.ok ? rows : http.unusable(rows.fault.detail);
  }
  if (text.fault.code !== 'market-data.no-data') return text;
  // The same answer means a currency that it has not, and days on which it gave no rate.
  const known = await currencies(http, signal);
  return known.ok ? ok(known.value.includes(currency) ? [] : null) : known;
}

/** `USD` of `EURUSD`; undefined for anything else than a pair with the euro first. */
function quotedIn(symbol: ProviderSymbol): string | undefined {
  const pair = currencyPair({ ...symbol, kind: 'fx' });
  return pair?.base === 'EUR' && /^[A-Z]{3}$/.test(pair.quote) ? pair.quote : undefined;
}

/** Daily, per euro, spot, as published at 14:15 CET; all currencies where none is named. */
const pathOf = (currency: string): string => `/service/data/EXR/D.${currency}.EUR.SP00.A`;

const toSymbol = (currency: string): ProviderSymbol => ({
  symbol: `EUR${currency}`,
  kind: 'fx',
  currency,
});

async function currencies(
  http: ProviderHttp,
  signal: AbortSignal,
): Promise<Result<readonly string[], MarketDataFault>> {
  const query = { lastNObservations: 1, format: 'csvdata' };
  const text = await http.text(pathOf(''), query, { signal, cacheForMs: dayMs });
  if (!text.ok) return text;
  const table = readTable(text.value);
  if (!table.ok) return http.unusable(table.fault.detail);
  const names = table.value.map(({ currency }) => currency);
  return ok([...new Set(names)].filter((name) => /^[A-Z]{3}$/.test(name)).sort());
}

interface Rate {
  readonly currency: string;
  readonly day: string;
  readonly value: string;
  /** `A` normal; `H` a holiday, `L` and `M` missing. */
  readonly status: string;
}

const notPublished = new Set(['H', 'L', 'M']);

function readRates(text: string, currency: string): Result<readonly DailyRow[]> {
  const table = readTable(text);
  if (!table.ok) return table;
  const other = table.value.find((row) => row.currency !== currency);
  if (other) {
    const detail = `was asked for ${currency} and answered with ${other.currency.slice(0, 40)}.`;
    return refuse({ code: 'prices.not-ecb', detail });
  }
  const given = table.value.filter(({ status }) => !notPublished.has(status));
  return ok(given.map(({ day, value }) => ({ day, close: value })));
}

function readTable(text: string): Result<readonly Rate[]> {
  const [header, ...records] = readRecords(text, ',');
  const titles = (header?.cells ?? []).map((cell) => cell.trim());
  const column = (name: string): number => titles.indexOf(name);
  const [day, value, currency] = [column('TIME_PERIOD'), column('OBS_VALUE'), column('CURRENCY')];
  const status = column('OBS_STATUS');
  const last = records.at(-1);
  const isCut = last !== undefined && last.cells.length < titles.length;
  if (day < 0 || value < 0 || currency < 0 || isCut) {
    const detail = isCut
      ? `answered with a table that breaks off in line ${last.line}.`
      : 'answered with something else than its table of rates.';
    return refuse({ code: 'prices.not-ecb', detail });
  }
  return ok(
    records.map(({ cells }) => ({
      currency: (cells[currency] ?? '').trim(),
      day: (cells[day] ?? '').trim(),
      // One cell too many: there is no telling which of them is the rate.
      value: cells.length === titles.length ? (cells[value] ?? '').trim() : '',
      status: (cells[status] ?? '').trim(),
    })),
  );
}
