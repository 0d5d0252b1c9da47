// Written by `npm run gen` from the folders of this package. Do not edit.

/** All optimisers, by the order of their ids. */
export const optimisers = [] as const;
