import { defineImporter } from '../../importer-kit/index.ts';
import { parseFlexXml } from './parse-flex-xml.ts';

export default defineImporter({
  id: 'ibkr-flex-xml',
  title: 'Interactive Brokers Flex Query (XML)',
  detect: (file) =>
    /<Flex(?:Query|Statement)Response[\s>]/.test(file.text.slice(0, 4096)) ? 1 : 0,
  parse: (file) => parseFlexXml(file.text),
});
