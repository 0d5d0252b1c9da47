import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openEmbedded } from '@plimsoll/adapters/database';
import type { Transaction } from '@plimsoll/domain';
import type { Engine } from '@plimsoll/engine';
import type { Store } from '@plimsoll/ports';
import { startThreadedEngine } from '../../apps/plimsoll/src/remote/threaded-engine.ts';
import { systemClock } from '../../apps/plimsoll/src/system-clock.ts';
import { line, median, megabytes, middle, ms, type Taken, take, title } from '../report.ts';
import { accountId, type MadeLedger, makeLedger } from './make-ledger.ts';

const workspace = 'bench';
const size = { symbols: 100, years: 10, transactions: 5_000 };

async function fill(store: Store, made: MadeLedger): Promise<void> {
  await store.createWorkspace({
    id: workspace,
    name: 'Bench',
    demo: false,
    createdAt: systemClock.now(),
  });
  await store.write(workspace, async (unit) => {
    await unit.catalogue.saveAccount({
      id: accountId,
      name: 'Bench',
      currency: 'EUR',
      lotMethod: 'fifo',
      cash: 'auto',
      fees: 'capitalised',
      allowShort: false,
    });
    await unit.catalogue.saveInstruments(made.instruments);
    for (const [id, bars] of made.prices) await unit.prices.merge(id, bars, 'bench');
    await unit.ledger.append([...made.days()].flat().map(entryOf));
  });
}

const entryOf = (transaction: Transaction) => ({
  fact: { kind: 'transaction' as const, transaction },
  fingerprint: null,
  importId: null,
  actor: 'bench',
});

async function recordDeposit(engine: Engine, effectiveAt: string): Promise<void> {
  const deposit = { type: 'deposit', accountId, effectiveAt, amount: '1', currency: 'EUR' };
  const recorded = await engine.record(workspace, [deposit], { actor: 'bench' });
  if (!recorded.ok) throw new Error(recorded.fault.detail);
}

const columns = ({ wallMs, cpuMs }: Taken): [string, string] => [ms(wallMs), ms(cpuMs)];

const query = { portfolio: 'all', base: 'EUR', to: '2025-01-03' };

/** The tracker's main job on a durable embedded database, asked for from the thread that serves. */
export async function run(): Promise<void> {
  title(
    `Portfolio of ${size.symbols} symbols × ${size.years} years × ${size.transactions} transactions, 3 currencies, embedded database`,
  );
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const store = await openEmbedded(join(folder, 'data'), { clock: systemClock });
  try {
    const made = makeLedger(size);
    const filled = await take(() => fill(store, made));
    const databaseRss = process.memoryUsage.rss();
    const threads = await startThreadedEngine(store, {
      nowMs: () => performance.now(),
      onWrite: () => undefined,
      onDeath: () => undefined,
      onGivenUp: (error: unknown) => {
        throw error;
      },
    });
    const { engine } = threads;
    await engine.workspaces();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    line('work', 'wall', 'CPU, all threads', 'to reach');
    line(
      'record everything (5,000 + prices), one commit',
      ms(filled.wallMs),
      ms(filled.cpuMs),
      '–',
    );
    const first = await take(() => engine.performance(workspace, query));
    line(
      'first full computation, record read from disk',
      ms(first.wallMs),
      ms(first.cpuMs),
      '< 1 s',
    );
    const warm = await median(9, () => engine.performance(workspace, query));
    line('warm', ms(warm.wallMs), ms(warm.cpuMs), '< 50 ms');
    const series = await median(5, () => engine.series(workspace, query));
    line('chart series of ten years, warm', ms(series.wallMs), ms(series.cpuMs), '–');
    const other = await take(() => engine.performance(workspace, { ...query, from: '2020-01-01' }));
    line('another period, record in memory', ms(other.wallMs), ms(other.cpuMs), '–');
    const adding: Taken[] = [];
    const after: Taken[] = [];
    for (let day = 1; day <= 7; day++) {
      adding.push(await take(() => recordDeposit(engine, `2024-12-0${day}`)));
      after.push(await take(() => engine.performance(workspace, query)));
    }
    const [firstAdded] = adding;
    const [firstAfter] = after;
    if (firstAdded)
      line(
        'record one transaction, durable: the first',
        ms(firstAdded.wallMs),
        ms(firstAdded.cpuMs),
        '–',
      );
    line('  median of seven', ...columns(middle(adding)), '–');
    if (firstAfter)
      line(
        'full computation after adding it: the first',
        ms(firstAfter.wallMs),
        ms(firstAfter.cpuMs),
        '< 100 ms',
      );
    line('  median of seven', ...columns(middle(after)), '< 100 ms');
    const holdings = await median(5, () =>
      engine.holdings(workspace, { portfolio: 'all', base: 'EUR', lots: true, at: query.to }),
    );
    line('holdings with lots, warm', ms(holdings.wallMs), ms(holdings.cpuMs), '–');
    delay.disable();
    line(
      'longest pause of the serving thread',
      `${(delay.max / 1e6).toFixed(1)} ms`,
      '',
      '< 20 ms',
    );
    line(
      'memory beside the database',
      megabytes(Math.max(0, process.memoryUsage.rss() - databaseRss)),
      '',
      '< 500 MB',
    );
    line('whole process, peak', megabytes(process.resourceUsage().maxRSS * 1024), '', '');
    await threads.close(1000);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
