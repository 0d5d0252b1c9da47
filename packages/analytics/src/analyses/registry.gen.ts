// Written by `npm run gen` from the folders of this package. Do not edit.

/** All analyses, by the order of their ids. */
export const analyses = [] as const;
