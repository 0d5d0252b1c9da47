import { z } from 'zod';
import { defineMarketData } from '../../market-data-kit/define-market-data.ts';
import { csvFolderProvider } from './csv-folder.ts';
import { priceCsvReader } from './price-csv-reader.ts';

export default defineMarketData({
  id: 'csv-folder',
  title: 'Price files (CSV)',
  config: z.strictObject({
    /** The folder; those below it are read too. */
    folder: z.string().min(1),
  }),
  create: ({ folder }) => csvFolderProvider(folder),
  file: priceCsvReader,
});
