import { defineImporter, headerMissing, headHasHeader, readCsv } from '../../importer-kit/index.ts';
import { readCentraalBeheer } from './read-centraal-beheer.ts';

const shape = {
  delimiter: ';',
  headerHas: [
    'Boekdatum',
    'Soort',
    'Fondsnaam',
    'Aantal stukken',
    'Koers',
    'Aankoopkosten',
    'Af Bij',
    'Bruto bedrag (EUR)',
  ],
} as const;

/** Centraal Beheer's list of fund transactions. */
export default defineImporter({
  id: 'centraal-beheer',
  title: 'Centraal Beheer transactions (CSV)',
  detect: (file) => (headHasHeader(file.text, shape) ? 1 : 0),
  parse: (file) => {
    const table = readCsv(file.text, shape);
    return table ? readCentraalBeheer(table) : headerMissing(file.text, shape.headerHas);
  },
});
