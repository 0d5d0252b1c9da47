import { defineImporter, headerMissing, headHasHeader, readCsv } from '../../importer-kit/index.ts';
import { readEtoro } from './read-etoro.ts';

const shape = {
  delimiter: ',',
  headerHas: ['Date', 'Type', 'Details', 'Amount', 'Realized Equity Change', 'Position ID'],
} as const;

/** eToro's account activity: the sheet "Account Activity" of the account statement, as CSV. */
export default defineImporter({
  id: 'etoro',
  title: 'eToro account activity (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse: (file, options) => {
    const table = readCsv(file.text, shape);
    if (!table) return headerMissing(file.text, shape.headerHas);
    return readEtoro(table, options.currency ?? 'USD');
  },
});
