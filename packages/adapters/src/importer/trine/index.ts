import { defineImporter, headerMissing, headHasHeader, readCsv } from '../../importer-kit/index.ts';
import { readTrine } from './read-trine.ts';

const shape = {
  delimiter: ',',
  headerHas: [
    'Date',
    'Loan',
    'InvestmentId',
    'Type',
    'AvailableBalanceChange',
    'RepaidCapital',
    'RepaidInterest',
    'AvailableBalance',
  ],
} as const;

/** Trine's list of transactions in loans. */
export default defineImporter({
  id: 'trine',
  title: 'Trine transactions (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse: (file) => {
    const table = readCsv(file.text, shape);
    return table ? readTrine(table) : headerMissing(file.text, shape.headerHas);
  },
});
