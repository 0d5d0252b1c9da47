import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../run-command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-analysis-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const rows = Array.from({ length: 300 }, (_, i) => {
  const day = new Date(Date.UTC(2023, 0, 2 + Math.floor(i / 5) * 7 + (i % 5)));
  const price = (rhythm: number) =>
    (100 * Math.exp(0.0004 * i + 0.02 * Math.sin(i / rhythm))).toFixed(6);
  return `${day.toISOString().slice(0, 10)},${price(3)},${price(5)},${price(11)}`;
});
const prices = write('prices.csv', `date,A,B,C\n${rows.join('\n')}\n`);
const one = write(
  'one.csv',
  `date,close\n${rows.map((row) => row.split(',').slice(0, 2).join(',')).join('\n')}\n`,
);

async function run(...args: string[]) {
  let out = '';
  let notes = '';
  const status = await runCommandLine(
    args,
    {
      print: (text) => (out += `${text}\n`),
      json: (value) => (out += JSON.stringify(value)),
      note: (text) => (notes += `${text}\n`),
    },
    async () => {
      throw new Error('no record is needed');
    },
  );
  return { status, out, notes };
}
const figures = async (...args: string[]): Promise<Record<string, number | null>> => {
  const { status, out, notes } = await run(...args, '--json');
  expect([status, notes]).toEqual([0, '']);
  const all = JSON.parse(out).figures as { id: string; value: number | null }[];
  return Object.fromEntries(all.map(({ id, value }) => [id, value]));
};

describe('stats', () => {
  it('reads one column of a file and the rate in percent', async () => {
    const [plain, less] = await Promise.all([
      figures('stats', `${prices}:A`),
      figures('stats', prices, '--column', 'A', '--rf', '2%'),
    ]);
    expect(plain['cagr']).toBe(less['cagr']);
    expect(less['sharpe']).toBeLessThan(Number(plain['sharpe']));
  });

  it('compares with a benchmark', async () => {
    const found = await figures('stats', one, '--benchmark', `${prices}:A`);
    expect(found['beta']).toBeCloseTo(1, 9);
  });

  it('computes as another tool does', async () => {
    const [ours, theirs] = await Promise.all([
      figures('stats', one),
      figures('stats', one, '--match', 'quantstats'),
    ]);
    expect(Object.keys(theirs)).not.toEqual(Object.keys(ours));
  });

  it('writes a page', async () => {
    const html = join(folder, 'report.html');
    const { status, out } = await run('stats', one, '--html', html);
    expect([status, out]).toEqual([0, '']);
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>[\s\S]*Growth[\s\S]*<\/html>/);
  });

  it('says how the file was understood', async () => {
    const { notes } = await run('stats', one);
    expect(notes).toBe(`${one}: taken as prices.\n`);
    expect((await run('stats', one, '--prices-given')).notes).toBe('');
  });

  it.each([
    [['stats'], 2, 'series: is missing'],
    [['stats', 'nowhere.csv'], 1, 'nowhere.csv: there is no such file'],
    [['stats', prices], 1, 'has several columns (A, B, C). Say which'],
    [['stats', `${prices}:D`], 1, 'has no column "D"'],
    [['stats', one, one], 2, 'is one file too many'],
    [['stats', one, '--rf', 'much'], 2, '"much" is no number'],
    [['stats', one, '--match', 'excell'], 2, 'match: must be one of quantstats'],
    [['stats', one, '--html', join(folder, 'no', 'page.html')], 1, 'there is no such file'],
    [['stats', one, '--from', '2024-01-01'], 2, '--from and --to need --portfolio'],
    [['risk', `${prices}:A,D`], 1, 'has no column "D"'],
    [['stats', write('bad.csv.gz', 'no gzip')], 1, 'is no whole gzip file'],
    [['stats', write('raw.csv', '\u0000\u0001\u0002\u0003')], 1, 'is no text'],
    [['stats', write('percent.csv', 'd,A\n2024-01-02,1.5\n2024-01-03,-2.5\n')], 1, '--percent'],
    [['analyse', 'astrology'], 2, 'There is no analysis "astrology"'],
    [['price'], 2, 'Say what to price: option'],
    [['price', 'house'], 2, '"house" cannot be priced'],
  ])('%j is refused', async (args, status, why) => {
    const outcome = await run(...args);
    expect(outcome.notes).toContain(why);
    expect(outcome.status).toBe(status);
  });
});

describe('a file of many columns', () => {
  const names = async (...args: string[]): Promise<unknown[]> => {
    const { out, notes } = await run('analyse', 'covariance', ...args, '--json');
    expect(notes).toBe('');
    return JSON.parse(out).tables[0].rows.map(([name]: [string]) => name);
  };

  it('gives those that are named', async () => {
    expect(await names(prices)).toEqual(['A', 'B', 'C']);
    expect(await names(`${prices}:C,A`)).toEqual(['C', 'A']);
    expect(await names(prices, '--column', 'B,C')).toEqual(['B', 'C']);
  });

  it('of bars gives the close, or the column that is named', async () => {
    const text = rows.map((row) => {
      const [day, a, b, c] = row.split(',');
      return `${day},${a},${b},${c},${a},100`;
    });
    const bars = write('bars.csv', `Date,Open,High,Low,Close,Volume\n${text.join('\n')}\n`);
    const [close, open] = await Promise.all([
      figures('stats', bars),
      figures('stats', bars, '--column', 'Open'),
    ]);
    expect(open['cagr']).toBe(close['cagr']);
    const high = await figures('stats', `${bars}:High`);
    expect(high['cagr']).not.toBe(close['cagr']);
  });
});

describe('optimise', () => {
  const weights = async (...args: string[]): Promise<Record<string, number>> => {
    const { out, notes } = await run('optimise', prices, ...args, '--json');
    expect(notes).toBe('');
    const { tables } = JSON.parse(out) as { tables: { id: string; rows: [string, number][] }[] };
    const table = tables.find(({ id }) => id === 'weights');
    return Object.fromEntries((table?.rows ?? []).map(([name, weight]) => [name, weight]));
  };

  it('keeps to bounds and groups', async () => {
    const found = await weights('--objective', 'min-variance', '--bounds', '0.1,0.6');
    expect(Object.values(found).every((each) => each > 0.0999 && each < 0.6001)).toBe(true);
    expect(Object.values(found).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
  });

  it('names the limits that contradict each other', async () => {
    const { status, notes } = await run('optimise', prices, '--bounds', '0,0.2');
    expect(status).toBe(1);
    expect(notes).toMatch(/at most|budget/);
  });
});

describe('analyse', () => {
  it('lists everything, and takes weights by name', async () => {
    expect((await run('analyse')).out).toContain('value-at-risk');
    const found = await run(
      'analyse',
      'risk-components',
      prices,
      '--weights',
      'A=0.5,B=0.3,C=20%',
      '--json',
    );
    expect(found.notes).toBe('');
    expect(found.status).toBe(0);
  });

  it('takes its values from a file as well', async () => {
    const input = write('input.json', '{"method": "oas"}');
    const { out } = await run('analyse', 'covariance', prices, '--input', input, '--json');
    expect(JSON.parse(out).figures.map(({ id }: { id: string }) => id)).toContain('shrinkage');
  });
});
