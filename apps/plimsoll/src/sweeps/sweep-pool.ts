import { availableParallelism } from 'node:os';
import {
  emptySweepColumns,
  type ParameterColumns,
  type SweepColumns,
} from '@plimsoll/analytics/backtest';
import { type Fault, ok, type Result, refuse } from '@plimsoll/kernel';
import { shareMarket } from '../runs/share-market.ts';
import { ChunkLanes } from './chunk-lanes.ts';
import { SweepLane, ThreadEnded } from './sweep-lane.ts';
import type { SweepChunk, SweepWork } from './sweep-thread.ts';

/** Chunks a thread has of each sweep, so that a slow one holds nobody up for long. */
const chunksEach = 8;
const leastChunk = 16;

export type SweepAsked = Omit<SweepWork, 'id' | 'into'>;

export interface SweepWatching {
  readonly signal?: AbortSignal;
  /** Told of the sets done. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** Sweeps of built-in strategies over threads that share the columns of the market and of the answer. */
export interface SweepPool {
  /**
   * The same figures whatever the number of threads. A thread that dies is replaced and its chunk done
   * again; where that fails too the sweep is refused as a whole.
   *
   * @returns as `openSweep`, and `run.strategy` where the strategy throws, `run.stopped`, `sweep.thread`.
   */
  sweep(asked: SweepAsked, watching?: SweepWatching): Promise<Result<SweepColumns>>;
  close(): Promise<void>;
}

interface PoolOptions {
  readonly threads?: number;
  /** Of objects, for each thread; columns are not among them. */
  readonly threadMemoryMb?: number;
}

/** Threads are started when the first sweep is asked for. */
export function openSweepPool({
  threads = Math.max(1, Math.min(4, availableParallelism())),
  threadMemoryMb = 2048,
}: PoolOptions = {}): SweepPool {
  const lanes = Array.from({ length: threads }, () => new SweepLane(threadMemoryMb));
  let sweeps = 0;
  return {
    sweep: (asked, watching = {}) => {
      sweeps++;
      return sweepOver(lanes, { ...asked, id: sweeps }, watching);
    },
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

async function sweepOver(
  lanes: readonly SweepLane[],
  asked: Omit<SweepWork, 'into'>,
  { signal, onProgress }: SweepWatching,
): Promise<Result<SweepColumns>> {
  const { count } = asked.sets;
  const into = emptySweepColumns(count);
  const [sets, market] = [shareSets(asked.sets), shareMarket(asked.market)];
  const work: SweepWork = { ...asked, sets, market, into };
  const size = Math.max(leastChunk, Math.ceil(count / (lanes.length * chunksEach)));
  const chunks = new ChunkLanes(count, lanes.length, size);
  let done = 0;
  let fault: Fault | undefined;
  const walk = async (lane: SweepLane, place: number): Promise<void> => {
    for (let chunk = chunks.take(place); chunk && !fault; chunk = chunks.take(place)) {
      const result = await inLane(lane, { work, ...chunk }, signal);
      if (result.ok) {
        done += chunk.until - chunk.from;
        onProgress?.(done, count);
      } else fault ??= result.fault;
    }
  };
  await Promise.all(lanes.map(walk));
  return fault ? { ok: false, fault } : ok(into);
}

/** The same sets, with columns of numbers in memory that threads share. */
const shareSets = (sets: ParameterColumns): ParameterColumns => ({
  ...sets,
  columns: Object.fromEntries(
    Object.entries(sets.columns).map(([name, column]) => [name, shared(column)]),
  ),
});

function shared(column: Float64Array | readonly unknown[]): Float64Array | readonly unknown[] {
  if (!(column instanceof Float64Array)) return column;
  const copy = new Float64Array(new SharedArrayBuffer(column.byteLength));
  copy.set(column);
  return copy;
}

/** A chunk writes the same wherever and however often it is run. */
async function inLane(
  lane: SweepLane,
  chunk: SweepChunk,
  signal: AbortSignal | undefined,
): Promise<Result<null>> {
  for (let tries = 1; ; tries++) {
    try {
      return await lane.run(chunk, signal);
    } catch (error) {
      if (!(error instanceof ThreadEnded)) throw error;
      if (signal?.aborted) return refuse({ code: 'run.stopped', detail: 'The run was stopped.' });
      if (tries === 2) {
        const detail = `A thread of the sweep ended twice: ${error.message}. Try fewer parameter sets or bars.`;
        return refuse({ code: 'sweep.thread', detail });
      }
    }
  }
}
