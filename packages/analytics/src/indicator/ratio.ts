/** a ÷ b; NaN where b is 0, for there is no ratio then. */
export const ratio = (a: number, b: number): number => (b === 0 ? Number.NaN : a / b);
