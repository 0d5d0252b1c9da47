import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { file, had, into, type TestEngine, testEngine } from '../testing/test-engine.ts';
import type { ReportView } from '../views.ts';

let test: TestEngine;
let engine: Engine;
let workspace: string;

/** 260 weekdays of prices that wobble, each in its own rhythm. */
function prices(name: string, start: number, rhythm: number, splitOn?: number): string {
  const rows: string[] = [];
  let day = 0;
  for (let at = Date.UTC(2025, 6, 1); rows.length < 260; at += 86_400_000) {
    const date = new Date(at);
    if (date.getUTCDay() % 6 === 0) continue;
    const price = start * Math.exp(0.0005 * day + 0.03 * Math.sin(day / rhythm));
    rows.push(
      `${date.toISOString().slice(0, 10)},${(splitOn !== undefined && day >= splitOn ? price / 2 : price).toFixed(4)}`,
    );
    day++;
  }
  return `date,${name}\n${rows.join('\n')}\n`;
}

const ledger = `date,type,symbol,quantity,price,amount,fee,tax,currency
2025-07-01,deposit,,,,20000,,,EUR
2025-07-01,buy,AAA,40,100.10,,1,,EUR
2025-09-01,buy,AAA,20,101,,1,,EUR
2025-07-02,buy,BBB,100,50.20,,1,,EUR
2025-07-02,buy,CCC,10,20,,1,,EUR
2026-01-15,split,BBB,2,,,,,
`;

beforeAll(async () => {
  test = await testEngine('2026-06-30T12:00:00.000Z');
  engine = test.engine;
  workspace = await test.workspace();
  had(
    await engine.createAccount(workspace, { name: 'Broker', currency: 'EUR' }, { actor: 'test' }),
  );
  had(
    await engine.importFiles(workspace, [file('ledger.csv', ledger)], into('Broker'), {
      actor: 'test',
    }),
  );
  const files = [
    file('AAA.csv', prices('close', 100, 3)),
    file('BBB.csv', prices('close', 50, 7, 142)),
  ];
  had(await engine.importPrices(workspace, files, { currency: 'EUR' }, { actor: 'test' }));
}, 60_000);
afterAll(() => test.close());

const analyse = async (id: string, input: object): Promise<ReportView> =>
  had(await engine.analyse(workspace, id, JSON.stringify(input)));
const refusal = async (id: string, input: unknown): Promise<string> => {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  const answer = await engine.analyse(workspace, id, text);
  return answer.ok ? 'answered' : `${answer.fault.code}: ${answer.fault.detail}`;
};
const cell = (report: ReportView, table: string, row: string, column: string): unknown => {
  const found = report.tables.find(({ id }) => id === table);
  const at = found?.columns.findIndex(({ id }) => id === column) ?? -1;
  return found?.rows.find(([name]) => name === row)?.[at];
};
const figure = (report: ReportView, id: string) => report.figures.find((one) => one.id === id);

describe('an analysis of the record', () => {
  it('takes the prices of what is held, with recorded splits undone', async () => {
    const report = await analyse('covariance', { portfolio: 'all' });
    expect(report.tables[0]?.rows.map(([name]) => name)).toEqual(['AAA', 'BBB']);
    // A split left in would be a day of −50 %, hence a volatility of 50 % or more.
    expect(Number(cell(report, 'deviations', 'BBB', 'deviation'))).toBeLessThan(0.2);
    expect(report.notes.join('\n')).toContain('Without dividends');
  });

  it('says what it leaves out for want of prices', async () => {
    const report = await analyse('covariance', { portfolio: 'all' });
    expect(report.notes.join('\n')).toMatch(/fewer than 20 prices are known: CCC \(\d/);
  });

  it('takes weights, cash included, for what is not given', async () => {
    const report = await analyse('risk-components', { portfolio: 'all' });
    const weights = report.tables[0]?.rows.map((row) => Number(row[1])) ?? [];
    expect(weights.reduce((sum, each) => sum + each, 0)).toBeLessThan(1);
    expect(report.notes.join('\n')).toContain('is cash in the base currency');
  });

  it('takes the returns of a portfolio, and those of an instrument beside it', async () => {
    const report = await analyse('tear-sheet', {
      portfolio: 'Broker',
      benchmark: { instrument: 'AAA' },
    });
    expect(figure(report, 'beta')?.value).toBeGreaterThan(0);
    expect(report.sample?.n).toBeGreaterThan(200);
  });

  it('asks what is held today what it may lose, and the past what explains it', async () => {
    const risk = await analyse('value-at-risk', { portfolio: 'all' });
    expect(risk.notes.join('\n')).toContain('is cash in the base currency');
    const factors = await analyse('factor-model', {
      portfolio: 'all',
      factors: { instruments: ['AAA'] },
    });
    expect(factors.title).toContain('All accounts');
    expect(factors.notes.join('\n')).not.toContain('is cash in the base currency');
  });

  it('takes nothing of the record for what it is not', async () => {
    expect(await refusal('factor-model', { portfolio: 'all' })).toContain('factors: is missing');
    expect(await refusal('brinson', { portfolio: 'all' })).toContain(
      'portfolioReturns: is missing',
    );
  });

  it('has of two accounts of the same call the same answer', async () => {
    const [one, other] = await Promise.all([
      analyse('covariance', { portfolio: 'all' }),
      analyse('covariance', { prices: { portfolio: 'Broker' } }),
    ]);
    expect(other).toEqual(one);
  });

  it.each([
    ['astrology', {}, 'analysis.unknown: There is no analysis "astrology". Known: '],
    ['covariance', 'no JSON', 'request.invalid: The values are not JSON'],
    ['covariance', [], 'request.invalid: The values must be a JSON object'],
    ['covariance', {}, 'analysis.refused: prices: is missing'],
    ['covariance', { portfolio: 'Nobody' }, 'portfolio.unknown: There is no portfolio'],
    ['covariance', { prices: { instrument: 'XYZ' } }, 'instrument.unknown: There is no instrument'],
    ['covariance', { portfolio: 'all', from: '2026-02-31' }, 'is no day'],
    ['covariance', { portfolio: 'all', from: '2026-05-01', to: '2026-04-01' }, 'begins on'],
    ['covariance', { portfolio: 'all', metod: 'oas' }, 'metod: is not asked for'],
    ['risk-components', { weights: { instrument: 'AAA' } }, 'comes of a portfolio'],
    ['covariance', { prices: { portfolio: 'all', from: { toString: 1 } } }, 'from must be a text'],
    ['covariance', { prices: { instruments: 'AAA' } }, 'instruments must be a list of names'],
    ['covariance', { prices: { portfolio: 'all', by: 'colour' } }, 'by must be one of sector'],
  ])('%s of %j is refused', async (id, input, why) => {
    expect(await refusal(id, input)).toContain(why);
  });
});

describe('rebalancing', () => {
  const rebalance = async (input: object) =>
    engine.rebalance(workspace, JSON.stringify({ portfolio: 'all', ...input }));

  it('sells by the lots of the account and buys whole shares with what there is', async () => {
    const report = had(
      await rebalance({ targets: { AAA: 0.2, BBB: 0.75 }, feeFixed: 2, feeRate: 0.001 }),
    );
    const trades = report.tables.find(({ id }) => id === 'trades')?.rows ?? [];
    expect(trades.map(([name, side]) => [name, side])).toEqual([
      ['AAA', 'sell'],
      ['BBB', 'buy'],
    ]);
    expect(trades.every((row) => Number.isInteger(row[2]))).toBe(true);
    const lots = report.tables.find(({ id }) => id === 'lots')?.rows ?? [];
    // First in, first out: the lot of July goes first.
    expect(lots[0]?.slice(0, 3)).toEqual(['AAA', 'Broker', '2025-07-01']);
    const gains = lots.reduce((sum, row) => sum + Number(row[7]), 0);
    expect(figure(report, 'realised')?.value).toBeCloseTo(gains, 8);
    expect(Number(figure(report, 'cash-after')?.value)).toBeGreaterThanOrEqual(0);
  });

  it('optimises where no targets are given', async () => {
    const report = had(await rebalance({ optimise: { objective: 'min-variance' } }));
    const weights = report.tables
      .find(({ id }) => id === 'holdings')
      ?.rows.map((row) => Number(row[4]));
    expect(weights?.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
    expect(report.figures.map(({ id }) => id)).toContain('optimise-volatility');
  });

  it('changes nothing in the record', async () => {
    const before = had(await engine.transactions(workspace, { limit: 100 }));
    had(await rebalance({ targets: { AAA: 0, BBB: 0 } }));
    expect(had(await engine.transactions(workspace, { limit: 100 }))).toEqual(before);
  });

  it.each([
    [{ targets: { AAA: 0.5 } }, 'BBB is held and has no target'],
    [{ targets: { AAA: 0.5, BBB: 0.1, analysis: 0.1 } }, 'There is no instrument "analysis"'],
    [{ targets: { AAA: 0.5, BBB: 0.1, ZZZ: 0.1 } }, 'There is no instrument "ZZZ"'],
    [{ optimise: 5 }, 'optimise must be an object'],
    [{ targets: { AAA: 0.5, BBB: 0.1 }, feeRate: 1 }, 'feeRate: 1 must be below 1'],
    [{ optimise: { objective: 'luck' } }, 'objective: must be one of'],
  ])('%j is refused', async (input, why) => {
    const answer = await rebalance(input);
    expect(answer.ok ? 'answered' : answer.fault.detail).toContain(why);
  });
});
