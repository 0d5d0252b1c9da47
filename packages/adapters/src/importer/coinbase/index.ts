import { defineImporter, headerMissing, headHasHeader, readCsv } from '../../importer-kit/index.ts';
import { readCoinbase } from './read-coinbase.ts';

const shape = {
  delimiter: ',',
  headerHas: ['Timestamp', 'Transaction Type', 'Asset', 'Quantity Transacted', 'Notes'],
} as const;

/** Coinbase's transaction report, in the layouts before and since 2024. */
export default defineImporter({
  id: 'coinbase',
  title: 'Coinbase transactions (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse: (file) => {
    // Some reports carry a replacement character where the currency sign was.
    const table = readCsv(file.text.replaceAll('\uFFFD', ''), shape);
    return table ? readCoinbase(table) : headerMissing(file.text, shape.headerHas);
  },
});
