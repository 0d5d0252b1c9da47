import type { Decimal } from '@plimsoll/kernel';
import { formatDecimal, toFloat } from '@plimsoll/kernel';
import { type Check, impliedTolerance, near, same } from '../../check.ts';
import type { TrackerCase } from './tracker-case.ts';

/** Checks one expected figure of a case. `match` is the name's match. */
export type FigureCheck = (
  tracker: TrackerCase,
  wanted: unknown,
  match: RegExpExecArray,
) => readonly Check[];

/** An exact amount against a stated one, to the digits that are stated. */
export const amount = (
  what: string,
  found: Decimal | null,
  wanted: unknown,
  tolerance?: number,
): Check => {
  const number = Number(wanted);
  const float = found === null ? null : toFloat(found);
  return near(what, float, number, tolerance ?? impliedTolerance(number));
};

/** An exact amount that must be the same to the last digit. */
export const exactly = (what: string, found: Decimal, wanted: string): Check =>
  same(what, formatDecimal(found), wanted);
