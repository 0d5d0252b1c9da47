import { type PanelInput, type Result, refuse } from '@plimsoll/kernel';

/** A number by name, such as weights by instrument. */
export type ByName = Readonly<Record<string, number>>;

/** The first name of the table that is none of those known. */
export const strangerIn = (
  table: Readonly<Record<string, unknown>> | undefined,
  known: readonly string[],
): string | undefined => Object.keys(table ?? {}).find((name) => !known.includes(name));

/** The refusal of weights for which a panel has no column; none where all have one. */
export function whyNoColumn(
  weights: ByName | undefined,
  { names }: Pick<PanelInput, 'names'>,
  code: string,
): Result<never> | undefined {
  const stranger = strangerIn(weights, names);
  if (stranger === undefined) return undefined;
  return refuse({
    code,
    detail: `There is a weight for ${stranger}, but no column of that name; the columns are ${names.join(', ')}.`,
  });
}

/** Weights in the order of the names, 0 where a name has none; equal ones where none are given. */
export const weightsOf = (names: readonly string[], weights: ByName | undefined): Float64Array =>
  Float64Array.from(names, (name) => (weights ? (weights[name] ?? 0) : 1 / names.length));

/** What `weightsOf` took where no weights were given. */
export const equalWeightsNote = (n: number): string =>
  `No weights were given: ${n} equal ones are taken.`;
