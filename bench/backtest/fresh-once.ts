/** One backtest in a process of its own; prints what each part took, in milliseconds, as JSON. */
const started = performance.now();
const { backtestSettings, runBacktest } = await import('@plimsoll/analytics/backtest');
const { readParameters } = await import('@plimsoll/kernel');
const { defineStrategy } = await import('@plimsoll/analytics/strategy');
const loaded = performance.now();
const { drawnBars, instrumentOf, marketOf } = await import('./drawn-bars.ts');
const market = marketOf(instrumentOf('A', drawnBars(2520)));
const settings = readParameters(backtestSettings, { commission: { kind: 'bps', bps: 10 } });
if (!settings.ok) throw new Error(settings.fault.detail);
const strategy = defineStrategy({
  id: 'averages',
  group: 'own',
  title: 'Averages',
  summary: 'Long while the fast average is above the slow one.',
  params: {},
  warmUp: () => 199,
  onStart: ({ indicator }) => ({
    fast: indicator('sma', { period: 50 }),
    slow: indicator('sma', { period: 200 }),
  }),
  onBar({ orders, instrument }, { fast, slow }) {
    orders.signal(instrument, fast.value > slow.value ? 1 : 0);
  },
});
const ready = performance.now();
const run = runBacktest(strategy, {}, market, settings.value);
if (!run.ok) throw new Error(run.fault.detail);
const done = performance.now();
const { user, system } = process.cpuUsage();
const figures = {
  start: started,
  load: loaded - started,
  data: ready - loaded,
  run: done - ready,
  cpu: (user + system) / 1000,
  rss: process.memoryUsage().rss,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
