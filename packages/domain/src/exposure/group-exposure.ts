import { type Decimal, mulDiv, one } from '@plimsoll/kernel';
import type { ExposurePart } from './look-through.ts';

export const exposureKeys = ['instrument', 'sector', 'country', 'currency', 'asset-class'] as const;

/** What exposures are put together by. */
export type ExposureKey = (typeof exposureKeys)[number];

/** Exposure to one name: net = Σ x, of which `through` in funds; gross = Σ|x|. */
export interface ExposureRow {
  /** Null for what is not known and for what is not looked through. */
  readonly key: string | null;
  readonly label: string;
  readonly value: Decimal;
  readonly gross: Decimal;
  /** The part of `value` that is held within funds. */
  readonly through: Decimal;
  /** Of the total; all of them add up to exactly 1. Null where the total is not above 0. */
  readonly share: Decimal | null;
}

const unknown = 'not known';
const unopened = 'not looked through';

const fact = {
  sector: 'sector',
  country: 'country',
  currency: 'currency',
  'asset-class': 'assetClass',
} as const;

function nameOf(part: ExposurePart, by: ExposureKey): readonly [string | null, string] {
  if (by === 'instrument') {
    const label = part.notLookedThrough ? `${part.label} (${unopened})` : part.label;
    const id = part.instrumentId ?? `label:${part.label.toLowerCase()}`;
    return [part.notLookedThrough ? `${id}:rest` : id, label];
  }
  if (part.notLookedThrough) return [null, unopened];
  const name = part[fact[by]];
  return name === null ? [null, unknown] : [name, name];
}

/**
 * Exposures by one of their facts, the largest first, what is not known last. Values add up to the
 * value of what is given; shares to exactly 1, what rounding leaves being part of the largest.
 */
export function groupExposure(
  parts: readonly ExposurePart[],
  by: ExposureKey,
): readonly ExposureRow[] {
  const rows = new Map<string, Omit<ExposureRow, 'share'>>();
  for (const part of parts) {
    const [key, label] = nameOf(part, by);
    const known = rows.get(key ?? ` ${label}`) ?? { key, label, value: 0n, gross: 0n, through: 0n };
    rows.set(key ?? ` ${label}`, {
      ...known,
      value: known.value + part.value,
      gross: known.gross + (part.value < 0n ? -part.value : part.value),
      through: known.through + (part.through.length > 0 ? part.value : 0n),
    });
  }
  return withShares([...rows.values()].sort(byWeight));
}

const byWeight = (a: Omit<ExposureRow, 'share'>, b: Omit<ExposureRow, 'share'>): number => {
  if ((a.key === null) !== (b.key === null)) return a.key === null ? 1 : -1;
  if (a.value !== b.value) return a.value > b.value ? -1 : 1;
  return a.label < b.label ? -1 : 1;
};

function withShares(rows: readonly Omit<ExposureRow, 'share'>[]): readonly ExposureRow[] {
  const total = rows.reduce((sum, { value }) => sum + value, 0n);
  if (total <= 0n) return rows.map((row) => ({ ...row, share: null }));
  const shares = rows.map(({ value }) => mulDiv(value, one, total));
  const rest = one - shares.reduce((sum, share) => sum + share, 0n);
  const largest = rows.reduce(
    (best, { value }, at) => (value > (rows[best]?.value ?? 0n) ? at : best),
    0,
  );
  return rows.map((row, at) => ({
    ...row,
    share: (shares[at] ?? 0n) + (at === largest ? rest : 0n),
  }));
}
