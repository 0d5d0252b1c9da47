import { isDay } from '@plimsoll/kernel';
import { z } from 'zod';

/** An exact number as decimal text, `-1234.5`. */
export const exact = z
  .string()
  .regex(/^-?\d{1,40}(?:\.\d{1,24})?$/, 'must be a plain decimal such as "1234.5"')
  .meta({ description: 'An exact decimal as text.' });

export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day like 2026-03-31')
  .refine(isDay, 'must be a day that there is')
  .meta({ description: 'A calendar day, 2026-03-31.' });

export const instant = z.string().meta({ description: 'A UTC instant, ISO 8601.' });

export const currency = z
  .string()
  .regex(/^[A-Z0-9]{2,12}$/, 'must be a code such as EUR')
  .meta({ description: 'An ISO 4217 code, or a crypto code such as BTC.' });

export const id = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, 'must be an id');

/** A rate as float64: 0.12 is 12 %. Null where it is undefined; `reasons` says why. */
export const rate = z.number().nullable();

export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
