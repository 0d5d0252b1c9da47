import { currency, newPrices, priceCoverage, pricesReply } from '@plimsoll/contracts';
import { z } from 'zod';
import { bulkOf } from '../bulk-body.ts';
import { type Area, items, listOf } from '../route-kit.ts';

/** Beside the price files: the currency of series whose instrument is not known yet. */
const priceFileOptions = z.object({ currency: currency.optional() }).strict();

/** Prices, entered by hand or from files. */
export const area: Area = (kit) => {
  kit.write(
    'POST',
    '/prices',
    {
      summary: 'Enter closing prices of one instrument',
      body: newPrices,
      bulk: bulkOf(newPrices, 'prices', 20_000),
      reply: pricesReply,
    },
    ({ engine, workspace, body, options }) =>
      engine.setPrices(workspace, body.instrumentId, body.prices, options),
  );
  kit.upload(
    '/prices/files',
    {
      summary: 'Import price files',
      description:
        'CSV, packed with gzip or not. Multipart: any number of parts named `files`, at most one named `options` with JSON.',
      options: priceFileOptions,
      reply: pricesReply,
    },
    ({ engine, workspace, files, choices, options }) =>
      engine.importPrices(workspace, files, choices, options),
  );
  kit.get(
    '/prices/coverage',
    { summary: 'Show which prices there are', reply: listOf(priceCoverage) },
    (call) => items(call.engine.priceCoverage(call.workspace)),
  );
};
