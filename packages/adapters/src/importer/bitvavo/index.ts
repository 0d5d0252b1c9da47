import { defineImporter, headerMissing, headHasHeader, readCsv } from '../../importer-kit/index.ts';
import { readBitvavo } from './read-bitvavo.ts';

const shape = {
  delimiter: ',',
  headerHas: [
    'Timezone',
    'Date',
    'Time',
    'Type',
    'Currency',
    'Amount',
    'Quote Currency',
    'Status',
    'Transaction ID',
  ],
} as const;

/** Bitvavo's transaction history. */
export default defineImporter({
  id: 'bitvavo',
  title: 'Bitvavo transaction history (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse: (file) => {
    const table = readCsv(file.text, shape);
    return table ? readBitvavo(table) : headerMissing(file.text, shape.headerHas);
  },
});
