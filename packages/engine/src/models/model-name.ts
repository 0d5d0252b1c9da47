import { isModelName } from '@plimsoll/analytics/runs';

/** A model as it is asked for; the newest version where none is said. */
export interface ModelRef {
  readonly name: string;
  readonly version: number | null;
}

/** `trend@2`. */
export const modelName = ({ name, version }: { readonly name: string; readonly version: number }) =>
  `${name}@${version}`;

/** Reads `trend@2` or `trend`; null where it can be neither. */
export function readModelName(given: string): ModelRef | null {
  const [, name = '', version] = /^([^@]*)(?:@([1-9]\d{0,8}))?$/.exec(given) ?? [];
  return isModelName(name)
    ? { name, version: version === undefined ? null : Number(version) }
    : null;
}
