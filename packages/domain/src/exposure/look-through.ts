import { type Decimal, least, mulDiv, one } from '@plimsoll/kernel';

/** What an exposure is of, as far as it is known. */
export interface ExposureFacts {
  /** Null where it is nothing that is known as an instrument. */
  readonly instrumentId: string | null;
  readonly label: string;
  readonly sector: string | null;
  readonly country: string | null;
  readonly currency: string | null;
  readonly assetClass: string | null;
}

/** Signed market value of one thing, in one currency for all. */
export interface ExposureLine extends ExposureFacts {
  readonly value: Decimal;
}

/** A part of a fund: `weight` 1 is the whole fund. Futures and borrowed cash may be below 0. */
export interface FundPart extends ExposureFacts {
  readonly weight: Decimal;
}

/** A line after looking through funds. */
export interface ExposurePart extends ExposureLine {
  /** Labels of the funds that it is held by, the outermost first; empty where it is held directly. */
  readonly through: readonly string[];
  /** Whether it is that part of a fund which is not known. */
  readonly notLookedThrough: boolean;
}

/** Funds within funds are looked through so deep. */
const lookThroughDepth = 3;

/** Parts of a fund that is known; undefined for what is no fund, or of which nothing is known. */
export type PartsOf = (line: ExposureFacts) => readonly FundPart[] | undefined;

/**
 * Replaces each fund whose parts are known by its parts: value of a part = value of the fund × weight
 * ÷ max(1, Σ weights), rounded half to even; what Σ leaves of the fund is a part of its own that is
 * not looked through, so that the sum is conserved to the last digit. A fund within itself, and what
 * lies deeper than three funds, is not looked through.
 */
export function lookThrough(
  lines: readonly ExposureLine[],
  partsOf: PartsOf,
  depth: number = lookThroughDepth,
): readonly ExposurePart[] {
  const out: ExposurePart[] = [];
  for (const line of lines) open(line, [], { partsOf, depth, out });
  return out;
}

interface Opening {
  readonly partsOf: PartsOf;
  readonly depth: number;
  readonly out: ExposurePart[];
}

interface Fund {
  readonly id: string | null;
  readonly label: string;
}

function open(line: ExposureLine, within: readonly Fund[], opening: Opening): void {
  const { partsOf, depth, out } = opening;
  const through = within.map(({ label }) => label);
  const parts = partsOf(line);
  if (parts === undefined || parts.length === 0) {
    out.push({ ...line, through, notLookedThrough: false });
    return;
  }
  const isWithinItself =
    line.instrumentId !== null && within.some(({ id }) => id === line.instrumentId);
  if (within.length >= depth || isWithinItself) {
    out.push({ ...line, through, notLookedThrough: true });
    return;
  }
  const total = parts.reduce((sum, { weight }) => sum + weight, 0n);
  const whole = -least(-total, -one);
  const inside = [...within, { id: line.instrumentId, label: line.label }];
  let rest = line.value;
  for (const { weight, ...facts } of parts) {
    const value = mulDiv(line.value, weight, whole);
    rest -= value;
    if (value !== 0n) open({ ...facts, value }, inside, opening);
  }
  if (rest !== 0n) {
    out.push({
      ...line,
      value: rest,
      through,
      notLookedThrough: true,
    });
  }
}
