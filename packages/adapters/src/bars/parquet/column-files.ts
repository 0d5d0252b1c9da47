import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { invariant } from '@plimsoll/kernel';
import type { ColumnFiles, FileColumn } from '@plimsoll/ports';
import { Duck, type DuckOptions, quoted } from './duck.ts';
import { append } from './parquet-file.ts';

/** Writes columns of any names as Parquet files, packed with Zstandard. */
export function openColumnFiles(options: DuckOptions = {}): ColumnFiles {
  const duck = new Duck({ ...options, threads: 1 });
  let files = 0;
  return {
    parquet: (columns) =>
      duck.run(async (connection, folder) => {
        const length = columns[0]?.values.length ?? 0;
        invariant(
          columns.length > 0 && columns.every(({ values }) => values.length === length),
          'Columns of a file are of one length',
        );
        const path = join(folder, `columns-${files++}.parquet`);
        const names = columns.map((_, i) => `c${i} DOUBLE`);
        await connection.run(`CREATE TEMP TABLE rows (${names.join(', ')})`);
        try {
          await append(
            connection,
            columns.map(({ values }) => Float64Array.from(values)),
          );
          await connection.run(
            `COPY (SELECT ${columns.map(selected).join(', ')} FROM rows)
             TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd)`,
          );
          return await readFile(path);
        } finally {
          await connection.run('DROP TABLE rows');
          await rm(path, { force: true });
        }
      }),
    close: () => duck.close(),
  };
}

/** Doubles are written as they are; what stands for something else is turned into it. */
function selected(column: FileColumn, i: number): string {
  const name = `"${column.name.replaceAll('"', '""')}"`;
  switch (column.kind) {
    case 'number':
      return `c${i} AS ${name}`;
    case 'integer':
      return `c${i}::BIGINT AS ${name}`;
    case 'time':
      return `epoch_ms(c${i}::BIGINT) AS ${name}`;
    case 'text': {
      const texts = column.of.length === 0 ? `['']` : `[${column.of.map(quoted).join(', ')}]`;
      return `${texts}[c${i}::BIGINT + 1] AS ${name}`;
    }
  }
}
