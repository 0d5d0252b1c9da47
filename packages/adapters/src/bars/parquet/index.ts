import { openColumnFiles } from './column-files.ts';
import { ParquetBars, type ParquetBarsOptions } from './parquet-bars.ts';
import { openBarFileReader } from './read-bar-file.ts';

/** Bars in Parquet files, read and written through DuckDB, which is loaded at the first use. */
export default {
  id: 'parquet',
  title: 'Parquet files',
  open: (options: ParquetBarsOptions) => new ParquetBars(options),
  openReader: openBarFileReader,
  openColumnFiles,
} as const;
