import { defineImporter, headerMissing, headHasHeader, readCsv } from '../../importer-kit/index.ts';
import { readParqet } from './read-parqet.ts';

const shape = {
  delimiter: ';',
  headerHas: [
    'datetime',
    'date',
    'time',
    'price',
    'shares',
    'amount',
    'type',
    'holdingname',
    'identifier',
  ],
} as const;

/** Parqet's export of activities. */
export default defineImporter({
  id: 'parqet',
  title: 'Parqet activities (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse: (file) => {
    const table = readCsv(file.text, shape);
    return table ? readParqet(table) : headerMissing(file.text, shape.headerHas);
  },
});
