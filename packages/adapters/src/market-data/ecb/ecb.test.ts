import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inspectBars } from '@plimsoll/domain';
import { dayFromNumber } from '@plimsoll/kernel';
import {
  type FakeReply,
  type FakeRequest,
  marketDataConformance,
  marketDataHttpConformance,
  type StandardMarket,
} from '@plimsoll/ports/conformance';
import { afterAll, describe, expect, it } from 'vitest';
import { sharedData } from '../../market-data-kit/testing/shared-data.ts';
import ecb from './index.ts';
import { ecbReader, readEcb } from './read-ecb.ts';

const folder = mkdtempSync(join(tmpdir(), 'ecb-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The form in which the ECB publishes its history: newest first, a comma at the end of each line. */
const published = [
  'Date,USD,JPY,CYP,',
  ...Array.from(
    { length: 20 },
    (_, i) => `2024-03-${String(28 - i).padStart(2, '0')},1.0${i + 10},16${i}.5,N/A,`,
  ),
].join('\n');
writeFileSync(join(folder, 'eurofxref-hist.csv.gz'), gzipSync(published));

const settings = { baseUrl: 'http://127.0.0.1:9', requestsPerMinute: 60, timeoutSeconds: 1 };
const provider = ecb.create({ ...settings, file: join(folder, 'eurofxref-hist.csv.gz') });

marketDataConformance('ecb', {
  provider: () => provider,
  symbol: 'EURUSD',
  unknownSymbol: 'EURXXX',
  simulated: false,
});

const header =
  'KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,OBS_CONF';

/** As https://data.ecb.europa.eu/help/api/data answers with `format=csvdata`. */
function answer({ path, query }: FakeRequest, market: StandardMarket): FakeReply {
  const [, wanted] = /^\/service\/data\/EXR\/D\.([A-Z]*)\.EUR\.SP00\.A$/.exec(path) ?? [];
  const [from, until] = [query.get('startPeriod') ?? '', query.get('endPeriod') ?? '9'];
  const text = (value: unknown): string =>
    value === null || value === undefined ? '' : String(value);
  const all = market.days.filter(({ day }) => {
    const when = text(day);
    return !/^2026-\d\d-\d\d$/.test(when) || (when >= from && when <= until);
  });
  const rows = wanted === '' ? all.slice(-1) : all;
  if ((wanted !== '' && wanted !== 'USD') || rows.length === 0) {
    return { status: 404, text: 'No results found.' };
  }
  const currency = market.symbolInReply ?? 'USD';
  const key = `EXR.D.${currency}.EUR.SP00.A,D,${currency},EUR,SP00,A`;
  const extra = market.extra ? ',1' : '';
  const lines = rows.map(({ day, close }) => `${key},${text(day)},${text(close)},A,F${extra}`);
  return { text: [`${header}${extra && ',BRAND_NEW'}`, ...lines, ''].join('\n') };
}

marketDataHttpConformance('ecb, over the network', {
  create: ({ baseUrl, requestsPerMinute, timeoutSeconds }, world) =>
    ecb.create({ baseUrl, requestsPerMinute, timeoutSeconds }, world),
  symbol: { symbol: 'EURUSD', kind: 'fx' },
  unknown: { symbol: 'EURXXX', kind: 'fx' },
  answer,
  lacks: {
    key: 'it has none',
    range: 'one rate a day',
    volume: 'it has none',
    actions: 'a rate has none',
  },
});

const series = (text: string, symbol: string) => {
  const read = readEcb(text, 'eurofxref.csv');
  if (!read.ok) expect.fail(read.fault.detail);
  const found = read.value.find((one) => one.symbol === symbol);
  if (!found) expect.fail(`no ${symbol}`);
  const { bars } = found.history;
  const rates = [...bars.days].map((day, i) => [dayFromNumber(day), bars.close[i]]);
  return { ...found.history, rates };
};

describe('the ECB reference rates', () => {
  it('are units of the currency per euro, oldest first', () => {
    const usd = series(
      'Date,USD,JPY\n2024-01-03,1.0919,155.1\n2024-01-02,1.0956,155.66\n',
      'EURUSD',
    );
    expect(usd.rates).toEqual([
      ['2024-01-02', 1.0956],
      ['2024-01-03', 1.0919],
    ]);
    expect(usd.currency).toBe('USD');
  });

  it('pass over the days without a rate', () => {
    expect(series(published, 'EURCYP')).toMatchObject({ rates: [], rejected: [] });
    expect(series('date,USD,GBP\n2024-01-02,1.1,\n2024-01-03,1.2,0.86\n', 'EURGBP').rates).toEqual([
      ['2024-01-03', 0.86],
    ]);
  });

  it('are read in the form of the file of one day', () => {
    const day = series('Date, USD, JPY, \n25 July 2025, 1.1722, 173.01, \n', 'EURJPY');
    expect(day.rates).toEqual([['2025-07-25', 173.01]]);
  });

  it('that cannot be are rejected with line and reason', () => {
    const text =
      'Date,USD\n2024-01-02,0\n2024-01-03,1;1\n2024-02-30,1.1\n2024-01-05,1.1\n2024-01-05,1.2\n2024-01-08,1.3\n';
    const usd = series(text, 'EURUSD');
    expect(usd.rates).toEqual([['2024-01-08', 1.3]]);
    expect(usd.rejected.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6]);
  });

  it.each([
    ['date,close\n2024-01-02,5\n', '"close"'],
    ['', 'header'],
    ['Date,USD\n', 'no rates'],
  ])('are not seen in other files: %j', (text, why) => {
    const read = readEcb(text, 'other.csv');
    expect(read).toMatchObject({
      ok: false,
      fault: { detail: expect.stringContaining('other.csv') },
    });
    expect(read.ok ? '' : read.fault.detail).toContain(why);
  });

  it('are recognised by their header', () => {
    expect(ecbReader.recognises(published.slice(0, 300))).toBe(true);
    expect(ecbReader.recognises('date,open,high,low,close,volume\n')).toBe(false);
  });

  it('of a file that is not there are a fault naming it', async () => {
    const answer = await ecb.create({ ...settings, file: join(folder, 'lost.csv') }).search('', 1);
    expect(answer).toMatchObject({ ok: false, fault: { code: 'market-data.unavailable' } });
  });
});

describe.skipIf(!sharedData.there)(
  'the real history (skipped where ../shared/data is absent)',
  () => {
    it('has every day and rate, and nothing of it is doubted', () => {
      const path = 'fx/ecb_eurofxref_daily.csv.gz';
      const read = ecbReader.read(path, sharedData.read(path));
      if (!read.ok) expect.fail(read.fault.detail);
      expect(read.value).toHaveLength(41);
      const counts = Object.fromEntries(
        read.value.map(({ symbol, history }) => [symbol, history.bars.days.length]),
      );
      expect(counts).toMatchObject({ EURUSD: 6983, EURJPY: 6983 });
      expect(read.value.flatMap(({ history }) => history.rejected)).toEqual([]);
      const doubted = read.value.filter(
        ({ history }) => inspectBars(history.bars).quarantined.length > 0,
      );
      expect(doubted.map(({ symbol }) => symbol)).toEqual([]);
    });
  },
);
