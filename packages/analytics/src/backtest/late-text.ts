/**
 * A text, or how to make it. Numbers take longer to write than an order takes to fill, so what few will
 * read is written when it is read. What it is made from must not change.
 */
export type LateText = string | (() => string);

export const writtenOut = (text: LateText): string => (typeof text === 'string' ? text : text());
