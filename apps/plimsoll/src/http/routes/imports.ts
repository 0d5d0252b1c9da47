import {
  columnMapping,
  format,
  id,
  importOptions,
  importPreview,
  importRecord,
  importSummary,
} from '@plimsoll/contracts';
import { ok } from '@plimsoll/kernel';
import type { ColumnMapping } from '@plimsoll/ports';
import { z } from 'zod';
import { type Area, items, listOf } from '../route-kit.ts';

const upload = 'Multipart: any number of parts named `files`, one named `options` with JSON.';

/** Imports of files, and how their columns are read. */
export const area: Area = (kit) => {
  kit.get(
    '/formats',
    { summary: 'List the formats that can be imported', reply: listOf(format) },
    ({ engine }) => items(engine.formats().then(ok)),
  );
  kit.preview(
    '/imports/preview',
    {
      summary: 'Show what an import would add, row by row',
      description: `Nothing is kept. ${upload}`,
      options: importOptions,
      reply: importPreview,
    },
    ({ engine, workspace, files, choices }) =>
      engine.previewImport(workspace, files, request(choices)),
  );
  kit.upload(
    '/imports',
    {
      summary: 'Import files',
      description: `All rows or none, unless acceptValid is set. ${upload}`,
      options: importOptions,
      reply: importSummary,
      status: 201,
    },
    ({ engine, workspace, files, choices, options }) =>
      engine.importFiles(workspace, files, request(choices), options),
  );
  kit.get('/imports', { summary: 'List imports', reply: listOf(importRecord) }, (call) =>
    items(call.engine.imports(call.workspace)),
  );
  kit.write(
    'POST',
    '/imports/:id/undo',
    {
      summary: 'Undo an import',
      description: 'Reverses everything it added.',
      params: z.object({ id }),
      reply: importRecord,
    },
    ({ engine, workspace, params, options }) => engine.undoImport(workspace, params.id, options),
  );
  kit.get('/mappings', { summary: 'List column mappings', reply: listOf(columnMapping) }, (call) =>
    items(call.engine.mappings(call.workspace)),
  );
  kit.write(
    'PUT',
    '/mappings',
    {
      summary: 'Save a column mapping',
      description: 'One of the same name is replaced.',
      body: columnMapping,
      reply: columnMapping,
    },
    ({ engine, workspace, body, options }) =>
      engine.saveMapping(workspace, mappingOf(body), options),
  );
};

/** What is absent is left out, as the port's type has it. */
const mappingOf = ({ delimiter, constants, ...mapping }: z.output<typeof columnMapping>) =>
  ({
    ...mapping,
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(constants === undefined ? {} : { constants }),
  }) satisfies ColumnMapping;

const request = ({ mapping, ...options }: z.output<typeof importOptions>) => ({
  ...options,
  mapping: mapping && mappingOf(mapping),
});
