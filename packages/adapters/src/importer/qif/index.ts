import { defineImporter } from '../../importer-kit/index.ts';
import { isIifText, isQifText, parseQif } from './parse-qif.ts';

export default defineImporter({
  id: 'qif',
  title: 'QIF (Quicken)',
  detect: ({ text }) => (isQifText(text) ? 1 : isIifText(text) ? 0.1 : 0),
  parse: (file, options) => parseQif(file.text, options),
});
