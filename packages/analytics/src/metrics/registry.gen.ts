// Written by `npm run gen` from the folders of this package. Do not edit.

/** All metrics, by the order of their ids. */
export const metrics = [] as const;
