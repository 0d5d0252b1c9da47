import { etlMapping, etlOptions, etlReport, etlRun, id } from '@plimsoll/contracts';
import { z } from 'zod';
import { type Area, items, listOf } from '../route-kit.ts';

const byId = z.object({ id });
const runsQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) });

const form =
  'CSV of any delimiter, JSON, JSON lines or workbooks, packed with gzip or zip or not. Multipart: any number of parts named `files`, at most one named `options` with JSON.';

/** Files of prices, figures, holdings, reference data and actions, of any layout. */
export const area: Area = (kit) => {
  kit.preview(
    '/etl/preview',
    {
      summary: 'Show what files would bring',
      description: `The report that a load would give; nothing is kept. ${form}`,
      options: etlOptions,
      reply: etlReport,
    },
    ({ engine, workspace, files, choices }) => engine.previewEtl(workspace, files, choices),
  );
  kit.upload(
    '/etl',
    {
      summary: 'Load files',
      description: `All of it or nothing. The same files again change nothing. ${form}`,
      options: etlOptions,
      reply: etlReport,
    },
    ({ engine, workspace, files, choices, options }) =>
      engine.runEtl(workspace, files, choices, options),
  );
  kit.get(
    '/etl/runs',
    { summary: 'List loads', query: runsQuery, reply: listOf(etlRun) },
    ({ engine, workspace, query }) => items(engine.etlRuns(workspace, query.limit)),
  );
  kit.get(
    '/etl/runs/:id',
    { summary: 'Show what came of a load', params: byId, reply: etlRun },
    ({ engine, workspace, params }) => engine.etlRun(workspace, params.id),
  );
  kit.csv(
    '/etl/runs/:id/refused',
    {
      summary: 'Take the rows that a load refused',
      description: 'File, line, reason, what to do, and the row.',
      params: byId,
      fileName: 'refused-rows.csv',
    },
    ({ engine, workspace, params }) => engine.etlRefusedRows(workspace, params.id),
  );
  kit.get(
    '/etl/mappings',
    { summary: 'List saved mappings of titles', reply: listOf(etlMapping) },
    ({ engine, workspace }) => items(engine.etlMappings(workspace)),
  );
  kit.write(
    'PUT',
    '/etl/mappings',
    { summary: 'Save a mapping of titles', body: etlMapping, reply: etlMapping },
    ({ engine, workspace, body, options }) => engine.saveEtlMapping(workspace, body, options),
  );
};
