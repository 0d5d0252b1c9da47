import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyWorkspace, write } from './journey.ts';

/** Puts price files into a data folder, and turns on the provider that reads them. No network. */
export function withPriceFiles(dataFolder: string): void {
  const folder = join(dataFolder, 'prices');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(dataFolder, 'market-data.yaml'),
    'providers:\n  csv-folder: { folder: prices }\n',
  );
  writeFileSync(join(folder, 'ACME.csv'), acme(weekdays(140)));
}

/** Weekdays up to yesterday, oldest first. */
function weekdays(count: number): string[] {
  const days: string[] = [];
  const at = new Date();
  while (days.length < count) {
    at.setUTCDate(at.getUTCDate() - 1);
    if (at.getUTCDay() !== 0 && at.getUTCDay() !== 6) days.push(at.toISOString().slice(0, 10));
  }
  return days.reverse();
}

const splitRow = 70;
const dividendRows: readonly number[] = [20, 100];
const slipRow = 50;
const emptyRow = 115;

/**
 * As traded: two dividends, a split of four for one that nobody tells, one close a hundred times off
 * and one row without a close.
 */
function acme(days: readonly string[]): string {
  const lines = days.map((day, row) => {
    const close = (200 + 9 * Math.sin(row / 5) + row / 10) / (row < splitRow ? 1 : 4);
    const [low, high] = [close * 0.99, close * 1.01];
    const shown = row === slipRow ? close * 100 : close;
    return [
      day,
      close.toFixed(2),
      high.toFixed(2),
      low.toFixed(2),
      row === emptyRow ? '' : shown.toFixed(2),
      1000 + row,
      dividendRows.includes(row) ? '0.5' : '',
    ].join(',');
  });
  return ['Date,Open,High,Low,Close,Volume,Dividends', ...lines, ''].join('\n');
}

/** A workspace that holds what the price files are of, and one thing that they do not know. */
export async function pricedWorkspace(url: string): Promise<string> {
  const workspace = await emptyWorkspace(url);
  const post = async (path: string, body: unknown) =>
    (await (await write(url, path, body, workspace)).json()) as { id: string };
  const account = await post('/v1/accounts', { name: 'Broker', currency: 'USD' });
  const made = async (name: string, symbol: string) =>
    post('/v1/instruments', { kind: 'equity', name, symbol, currency: 'USD', mic: 'XNYS' });
  const instruments = [await made('Acme Corporation', 'ACME'), await made('Obscure Ltd', 'OBSC')];
  const [first = ''] = weekdays(150);
  await post('/v1/transactions', {
    transactions: instruments.map(({ id }) => ({
      type: 'buy',
      accountId: account.id,
      instrumentId: id,
      effectiveAt: first,
      quantity: '10',
      price: '200',
      currency: 'USD',
      fee: '0',
      tax: '0',
    })),
  });
  return workspace;
}

/** The days of the price files that something befalls. */
export const splitDay = (): string => weekdays(140)[splitRow] ?? '';

/** Fetches all prices, and waits until that is done. */
export async function fetchPrices(url: string, workspace: string): Promise<void> {
  const reply = await write(url, '/v1/market/backfill', {}, workspace);
  const { id } = (await reply.json()) as { id: string };
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const job = await fetch(`${url}/v1/jobs/${id}`, {
      headers: { 'plimsoll-workspace': workspace },
    });
    const { state, error } = (await job.json()) as { state: string; error: string };
    if (state === 'done') return;
    if (state === 'failed') throw new Error(`The job failed: ${error}`);
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('The job is not done after a minute');
}
