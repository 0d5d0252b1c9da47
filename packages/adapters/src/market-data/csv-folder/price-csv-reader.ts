import type { PriceFileReader } from '@plimsoll/ports';
import { unpackText } from '../../market-data-kit/unpack-text.ts';
import { isPriceCsv, readPriceCsv } from './read-price-csv.ts';

/** Price files that a user brings: CSV, packed with gzip or not. */
export const priceCsvReader: PriceFileReader = {
  recognises: isPriceCsv,
  read: (name, bytes) => {
    const text = unpackText(name, bytes);
    return text.ok ? readPriceCsv(text.value, name) : text;
  },
};
