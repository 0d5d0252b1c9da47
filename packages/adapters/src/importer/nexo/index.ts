import { defineImporter, headerMissing, headHasHeader, readCsv } from '../../importer-kit/index.ts';
import { readNexo } from './read-nexo.ts';

const shape = {
  delimiter: ',',
  headerHas: [
    'Transaction',
    'Type',
    'Input Currency',
    'Input Amount',
    'Output Currency',
    'Output Amount',
    'USD Equivalent',
    'Details',
    'Date / Time (UTC)',
  ],
} as const;

/** Nexo's transaction export, with and without the fee columns. */
export default defineImporter({
  id: 'nexo',
  title: 'Nexo transactions (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse: (file) => {
    const table = readCsv(file.text, shape);
    return table ? readNexo(table) : headerMissing(file.text, shape.headerHas);
  },
});
