import { type BacktestMarket, backtestSettings, runBacktest } from '@plimsoll/analytics/backtest';
import { backtestReport } from '@plimsoll/analytics/backtest-report';
import { defineStrategy } from '@plimsoll/analytics/strategy';
import { present, readParameters } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { backtestPage } from './backtest-page.ts';

const day = 86_400_000;
const bars = 900;
const column = (value: (i: number) => number): Float64Array =>
  Float64Array.from({ length: bars }, (_, i) => value(i));
const from = column((i) => Date.parse('2018-01-01') + i * day);
const price = column((i) => 100 + 20 * Math.sin(i / 40) + i / 30);

const market: BacktestMarket = {
  base: 'EUR',
  rates: [],
  notes: ['<b>prices</b> made up for a test.'],
  instruments: [
    {
      id: '<script>alert(1)</script>',
      currency: 'EUR',
      multiplier: 1,
      step: 0,
      sector: null,
      option: null,
      finer: null,
      events: [],
      bars: {
        from,
        opened: from,
        known: from.map((at) => at + day / 2),
        session: column((i) => i),
        edges: new Uint8Array(bars).fill(3),
        open: price,
        high: price,
        low: price,
        close: price,
        volume: column(() => 1e6),
      },
    },
  ],
};

const turns = defineStrategy({
  id: 'turns',
  group: 'own',
  title: 'Turns',
  summary: 'In and out.',
  params: {},
  onStart: () => ({ seen: 0 }),
  onBar({ orders, instrument }, state) {
    orders.signal(instrument, Math.floor(state.seen++ / 30) % 2, 'time & <again>');
  },
});

function page(): string {
  const settings = readParameters(backtestSettings, { commission: { kind: 'bps', bps: 5 } });
  if (!settings.ok) throw new Error(settings.fault.detail);
  const run = runBacktest(turns, {}, market, settings.value);
  if (!run.ok) throw new Error(run.fault.detail);
  const { bars: own } = present(market.instruments[0], 'an instrument');
  const report = backtestReport({
    title: 'A "title" & <more>',
    strategy: turns,
    params: { bars: 30 },
    settings: settings.value,
    market,
    result: run.value,
    benchmark: { name: 'Held', at: own.known, level: own.close },
    riskFree: 0,
    unseenFrom: '2019-06-01',
    match: 'backtrader',
    probe: null,
    tried: null,
    overfitting: null,
    costRuns: [],
    neighbourhood: {
      figure: 'Sharpe ratio',
      across: { title: 'Bars', values: [10, 30] },
      down: { title: 'Side', values: ['long', 'short'] },
      cells: [
        [0.5, 0.7],
        [null, -0.2],
      ],
      chosen: [0, 1],
    },
  });
  if (!report.ok) throw new Error(report.fault.detail);
  return backtestPage(report.value, {
    facts: [['Result hash', 'ab12']],
    command: 'plimsoll runs rerun 1',
  });
}

describe('the page of a backtest', () => {
  const html = page();

  it('has every part: head, trust, growth, months, falls, settings around, costs, trades, method', () => {
    const headings = [...html.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, text]) => text);
    for (const part of [
      'How far to trust this',
      'Growth of €100k',
      'Monthly returns, %',
      'Deepest falls',
      'Sharpe ratio around the chosen setting',
      'Run it again, exactly',
      'What a bar was taken to mean',
      'Method',
    ]) {
      expect(headings).toContain(part);
    }
    expect(headings.some((text) => text?.startsWith('Costs took'))).toBe(true);
    expect(html).toContain('Unseen data from 2019-06-01');
    expect(html).toContain('class="s4 chosen"');
  });

  it('lets nothing that was given become markup, and loads nothing', () => {
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<again>');
    expect(html).not.toContain('<more>');
    expect(html).not.toContain('<b>prices');
    expect(html).not.toMatch(/(?:src|href)=/);
    expect(html).toMatch(/script-src 'sha256-[A-Za-z0-9+/=]{44}'/);
  });

  it('says in words what colours and marks say', () => {
    expect(html).toContain('aria-label="not known"');
    expect(html).toContain('aria-label="this run"');
    expect(html).toMatch(/role="img" tabindex="0" aria-label="Growth of €100k from/);
  });
});
