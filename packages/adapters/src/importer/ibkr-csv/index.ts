import type { ImportFile } from '@plimsoll/ports';
import { defineImporter } from '../../importer-kit/index.ts';
import { isActivityStatement, parseActivityStatement } from './parse-activity-statement.ts';
import { isFlexCsv, parseFlexCsv } from './parse-flex-csv.ts';

function detect(file: ImportFile): number {
  const head = file.text.slice(0, 16_384);
  return isActivityStatement(head) || isFlexCsv(head) ? 1 : 0;
}

export default defineImporter({
  id: 'ibkr-csv',
  title: 'Interactive Brokers activity statement and Flex Query (CSV)',
  detect,
  parse: (file) =>
    isActivityStatement(file.text) ? parseActivityStatement(file.text) : parseFlexCsv(file.text),
});
