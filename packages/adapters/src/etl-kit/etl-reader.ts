import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { EtlFile, EtlKind, EtlReader, EtlReading, EtlReadOptions } from '@plimsoll/ports';
import {
  type FoundTable,
  findTable,
  kindOf,
  type Said,
  saidColumns,
  tableWorth,
} from './find-table.ts';
import { readActionTable } from './read-action-table.ts';
import { readConstituentTable } from './read-constituent-table.ts';
import { readFundamentalTable } from './read-fundamental-table.ts';
import { readPriceTable } from './read-price-table.ts';
import { readReferenceTable } from './read-reference-table.ts';
import { readTables } from './read-tables.ts';
import { emptyState, type ReadingState, refuseTable, toReading } from './reading-state.ts';

const readers: Readonly<Record<EtlKind, (state: ReadingState, table: FoundTable) => void>> = {
  prices: readPriceTable,
  fundamentals: readFundamentalTable,
  constituents: readConstituentTable,
  reference: readReferenceTable,
  actions: readActionTable,
};

/** Reads price, fundamentals, constituents, reference and action files of any layout. */
export const etlReader: EtlReader = { read: readEtlFiles };

async function readEtlFiles(
  files: readonly EtlFile[],
  options: EtlReadOptions,
): Promise<Result<EtlReading>> {
  const said = saidColumns(options.columns);
  const state = emptyState(options);
  const found: FoundTable[] = [];
  for (const file of files) found.push(...(await tablesOf(state, file, said)));
  const kinds = found.map((table) => options.kind ?? kindOf(table));
  const kind = options.kind ?? kinds.find((one) => one !== undefined);
  if (kind === undefined) return refuse({ code: 'etl.refused', detail: whyNothing(state, found) });
  for (const [at, table] of found.entries()) {
    const own = kinds[at];
    if (own === kind) readers[kind](state, table);
    else if (own !== undefined) {
      const reason = `It holds ${own}, and the files before it ${kind}.`;
      refuseTable(state, table, reason, `Bring it by itself, or say --kind ${own}.`);
    } else {
      const titles = table.columns.map(({ title }) => title).join(', ');
      const reason = `Its columns say nothing that is known: ${titles.slice(0, 200)}.`;
      refuseTable(state, table, reason, 'Name them: --map "Title=date" and so on.');
    }
  }
  return ok(toReading(kind, state));
}

async function tablesOf(state: ReadingState, file: EtlFile, said: Said): Promise<FoundTable[]> {
  const tables = await readTables(file, (rows) => tableWorth(rows, said));
  if (!tables.ok) {
    const fix = 'Bring CSV, JSON, a workbook (.xlsx), or one of them packed with gzip or zip.';
    refuseTable(state, { file: file.name, name: '' }, tables.fault.detail, fix);
    return [];
  }
  const found: FoundTable[] = [];
  for (const table of tables.value) {
    const one = findTable(table, said);
    if (one !== undefined) found.push(one);
  }
  const [first] = tables.value.filter(({ rows }) => rows.length > 0);
  if (found.length === 0 && first !== undefined) {
    const fix = 'The first line of a table names its columns: date,close or symbol,date,close.';
    refuseTable(state, first, 'It has no line that names its columns.', fix);
  }
  if (tables.value.every(({ rows }) => rows.length === 0)) {
    refuseTable(
      state,
      { file: file.name, name: '' },
      'It holds no table.',
      'Bring a file with rows.',
    );
  }
  return found;
}

function whyNothing({ refused }: ReadingState, found: readonly FoundTable[]): string {
  const [first] = refused;
  if (first !== undefined) return `${first.file}: ${first.reason} ${first.fix}`;
  const [table] = found;
  if (table === undefined) return 'No file was given.';
  const titles = table.columns.map(({ title }) => title).filter((title) => title !== '');
  return `${table.file} has the columns ${titles.join(', ').slice(0, 200)}, which do not say what it holds. Name them, --map "Title=date", or say --kind prices, fundamentals, constituents, reference or actions.`;
}
