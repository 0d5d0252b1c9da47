import { defineImporter, headerMissing, headHasHeader, readCsv } from '../../importer-kit/index.ts';
import { readActivities } from './read-activities.ts';
import { readSplits } from './read-splits.ts';

const activities = {
  delimiter: ',',
  headerHas: ['ActivityType', 'Symbol', 'Date', 'Currency', 'Quantity', 'UnitPrice'],
} as const;
const splits = {
  delimiter: ',',
  headerHas: ['Symbol', 'Date', 'StockSplitFrom', 'StockSplitTo'],
} as const;

/** The generic CSV of Ghostfolio Sidekick: activities, and splits in a file of their own. */
export default defineImporter({
  id: 'generic',
  title: 'Ghostfolio Sidekick generic CSV',
  detect: (file) =>
    headHasHeader(file.text, activities) || headHasHeader(file.text, splits) ? 1 : 0,
  parse: (file) => {
    const splitTable = readCsv(file.text, splits);
    if (splitTable) return readSplits(splitTable);
    const table = readCsv(file.text, activities);
    return table ? readActivities(table) : headerMissing(file.text, activities.headerHas);
  },
});
