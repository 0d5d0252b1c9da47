import { defineImporter, headerMissing, headHasHeader, readCsv } from '../../importer-kit/index.ts';
import { movementHeaderOf, readMovements } from './read-movements.ts';
import { readTransactionExport } from './read-transaction-export.ts';

const shape = {
  delimiter: ',',
  headerHas: [
    'datetime',
    'date',
    'account_type',
    'category',
    'type',
    'symbol',
    'shares',
    'amount',
    'transaction_id',
  ],
} as const;

/** Trade Republic: the transaction export of the app, and the older list of movements. */
export default defineImporter({
  id: 'trade-republic',
  title: 'Trade Republic (CSV)',
  detect: (file) => {
    if (headHasHeader(file.text, shape)) return 1;
    return movementHeaderOf(file.text.slice(0, 65_536)) ? 0.9 : 0;
  },
  parse: (file) => {
    const official = readCsv(file.text, shape);
    if (official) return readTransactionExport(official);
    const movements = movementHeaderOf(file.text);
    return movements ? readMovements(movements) : headerMissing(file.text, shape.headerHas);
  },
});
