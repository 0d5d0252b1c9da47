// Written by `npm run gen` from the folders of this package. Do not edit.
import smaCrossEntry from './sma-cross/index.ts';

/** All strategies, by the order of their ids. */
export const strategies = [
  smaCrossEntry,
] as const;
