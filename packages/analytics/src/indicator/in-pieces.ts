/** Bars taken at once, few enough for all that is remembered between steps to stay close at hand. */
export const piece = 512;

/** A column for one piece. */
export const pieceColumn = (): Float64Array => new Float64Array(piece);
