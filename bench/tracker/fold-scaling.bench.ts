import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { line, megabytes, ms, title } from '../report.ts';
import type { FoldReport } from './fold-once.ts';

/** A float64 multiply-add from cache: what valuing one line on one day cannot beat. */
const floorNsPerCell = 0.5;
/** Megabytes of heap each size may use; the largest must do with it as well. */
const heapMb = 400;
const once = fileURLToPath(new URL('./fold-once.ts', import.meta.url));

function fold(transactions: number): FoldReport {
  const node = [`--max-old-space-size=${heapMb}`, '--disable-warning=ExperimentalWarning', once];
  return JSON.parse(
    execFileSync(process.execPath, [...node, String(transactions)], { encoding: 'utf8' }),
  );
}

/** Growth of time and memory with the number of transactions, each size in a process of its own. */
export async function run(): Promise<void> {
  title(
    `Fold a ledger into lots, cash and gains, then value every day (100 symbols × 10 years, 3 currencies; heap ≤ ${heapMb} MB)`,
  );
  line('transactions', 'fold, CPU', 'each', 'daily values', 'per cell', '× floor', 'peak RSS');
  for (const transactions of [1_000, 5_000, 50_000, 200_000, 1_000_000]) {
    const { applied, held, foldMs, dailyMs, cells, growth, peakBytes } = fold(transactions);
    const nsPerCell = (dailyMs * 1e6) / cells;
    line(
      `${applied} (${held} held, TWR ${(100 * growth).toFixed(1)} %)`,
      ms(foldMs),
      ms(foldMs / applied),
      ms(dailyMs),
      `${nsPerCell.toFixed(1)} ns`,
      (nsPerCell / floorNsPerCell).toFixed(0),
      megabytes(peakBytes),
    );
  }
}
