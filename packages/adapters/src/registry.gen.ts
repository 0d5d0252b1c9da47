// Written by `npm run gen` from the folders of this package. Do not edit.

/** Every importer adapter, by id. */
export const importerAdapters = {} as const;

/** Every market-data adapter, by id. */
export const marketDataAdapters = {} as const;
