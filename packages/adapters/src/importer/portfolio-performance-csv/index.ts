import { defineImporter } from '../../importer-kit/index.ts';
import { parsePpCsv, ppTable } from './parse-pp-csv.ts';

export default defineImporter({
  id: 'portfolio-performance-csv',
  title: 'Portfolio Performance (CSV)',
  detect: (file) => (ppTable(file.text.slice(0, 16_384)) ? 1 : 0),
  parse: (file, options) => parsePpCsv(file.text, options),
});
