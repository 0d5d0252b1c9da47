import type { ImportFile } from '@plimsoll/ports';
import { defineImporter } from '../../importer-kit/index.ts';
import { parseGhostfolio } from './parse-ghostfolio.ts';

/** The list may come after long ones of instruments and prices, so the whole text is searched. */
function detect({ text }: ImportFile): number {
  if (!/^\s*\{/.test(text.slice(0, 1024))) return 0;
  const hasList = text.includes('"activities"') || text.includes('"orders"');
  if (!hasList) return 0;
  return text.includes('"unitPrice"') ? 1 : 0.4;
}

export default defineImporter({
  id: 'ghostfolio-json',
  title: 'Ghostfolio activities (JSON)',
  detect,
  parse: (file) => parseGhostfolio(file.text),
});
