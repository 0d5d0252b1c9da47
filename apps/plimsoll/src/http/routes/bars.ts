import {
  barCoverage,
  barImportOptions,
  barsQuery,
  barsReply,
  compactedBars,
  importedBars,
} from '@plimsoll/contracts';
import { ok } from '@plimsoll/kernel';
import { type Area, items, listOf } from '../route-kit.ts';

/** Milliseconds of a day or an instant that the contract let in. */
const ms = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);

/** Bars: daily ones from the prices, shorter ones from files. */
export const area: Area = (kit) => {
  kit.get(
    '/bars',
    {
      summary: 'Show bars of an instrument',
      description:
        'The newest of the range, as columns. Coarser bars are made from finer ones where there are none of their own.',
      query: barsQuery,
      reply: barsReply,
    },
    ({ engine, workspace, query }) =>
      engine.bars(workspace, { ...query, from: ms(query.from), until: ms(query.until) }),
  );
  kit.get(
    '/bars/coverage',
    { summary: 'Show which intraday bars there are', reply: listOf(barCoverage) },
    (call) => items(call.engine.barCoverage(call.workspace)),
  );
  kit.upload(
    '/bars/files',
    {
      summary: 'Import files of intraday bars, trades or quotes of one instrument',
      description:
        'CSV, packed with gzip or not, or Parquet. Multipart: any number of parts named `files`, and one named `options` with JSON. Trades and quotes are rolled up.',
      options: barImportOptions,
      reply: importedBars,
    },
    ({ engine, workspace, files, choices, options }) =>
      engine.importBars(workspace, files, choices, options),
  );
  kit.write(
    'POST',
    '/bars/compaction',
    {
      summary: 'Join small files of bars',
      description: 'Readers see the same bars throughout. Done again, it changes nothing.',
      reply: compactedBars,
    },
    async ({ engine, workspace }) => {
      const answer = await engine.compactBars(workspace);
      return answer.ok ? ok({ value: answer.value, replayed: false }) : answer;
    },
  );
};
