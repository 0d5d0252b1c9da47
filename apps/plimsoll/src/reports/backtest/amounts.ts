/** `$100k`, `€1.2M`: money as an axis says it. */
export const compactMoney = (amount: number, base: string): string =>
  new Intl.NumberFormat('en', {
    style: 'currency',
    currency: base,
    notation: 'compact',
    maximumFractionDigits: Math.abs(amount) >= 1000 ? 1 : 2,
  })
    .format(amount)
    .replace('K', 'k');

const plus = (value: number): string => (value > 0 ? '+' : value < 0 ? '−' : '');

/** `+1.8 pts`: a difference of two shares. */
export const points = (share: number): string =>
  `${plus(share)}${Math.abs(100 * share).toFixed(1)} pts`;

export const percent = (share: number, digits = 1): string =>
  `${share < 0 ? '−' : ''}${Math.abs(100 * share).toFixed(digits)} %`;

export const signed = (value: number, digits = 2): string =>
  `${plus(value)}${Math.abs(value).toFixed(digits)}`;
