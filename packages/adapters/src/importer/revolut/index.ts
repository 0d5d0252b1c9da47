import { defineImporter, headerMissing, headHasHeader, readCsv } from '../../importer-kit/index.ts';
import { readRevolut } from './read-revolut.ts';

const shape = {
  delimiter: ',',
  headerHas: [
    'Date',
    'Ticker',
    'Type',
    'Quantity',
    'Price per share',
    'Total Amount',
    'Currency',
    'FX Rate',
  ],
} as const;

/** Revolut's account statement of stocks and funds. */
export default defineImporter({
  id: 'revolut',
  title: 'Revolut Invest account statement (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse: (file) => {
    const table = readCsv(file.text, shape);
    return table ? readRevolut(table) : headerMissing(file.text, shape.headerHas);
  },
});
