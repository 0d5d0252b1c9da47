import type { Day } from './day.ts';

/**
 * Tables of parameters: what a metric, an analysis, a strategy or a gate asks for, declared once.
 * Checks of requests, forms, command-line options and documents are all made from them.
 */

interface Described {
  /** A few words, as a label. */
  readonly title: string;
  /** One sentence more, where the title is not enough. */
  readonly help?: string;
  /** May be left out, and is then undefined. A parameter with a default may always be left out. */
  readonly optional?: true;
}

export interface NumberParameter extends Described {
  readonly kind: 'number' | 'integer';
  readonly min?: number;
  readonly max?: number;
  /** Bounds that are not themselves allowed. */
  readonly above?: number;
  readonly below?: number;
  /** `a year`, `days`; none for a plain fraction. */
  readonly unit?: string;
  readonly default?: number;
}

export interface ChoiceParameter extends Described {
  readonly kind: 'choice';
  readonly of: readonly string[];
  readonly default?: string;
}

export interface FlagParameter extends Described {
  readonly kind: 'flag';
  readonly default?: boolean;
}

export interface TextParameter extends Described {
  readonly kind: 'text';
  readonly default?: string;
}

export interface DayParameter extends Described {
  readonly kind: 'day';
}

/** A list of finite numbers, such as the coupons of a bond. */
export interface NumbersParameter extends Described {
  readonly kind: 'numbers';
  readonly default?: readonly number[];
}

/** Rows of finite numbers, all of one length. */
export interface MatrixParameter extends Described {
  readonly kind: 'matrix';
}

/** A list of names. */
export interface NamesParameter extends Described {
  readonly kind: 'names';
  readonly default?: readonly string[];
}

/** A number for each name, such as weights by instrument. */
export interface ByNameParameter extends Described {
  readonly kind: 'by-name';
}

/** A text for each name, such as the sector of an instrument. */
export interface TextByNameParameter extends Described {
  readonly kind: 'text-by-name';
}

/** One column of dated numbers. `of` says what they are where the caller does not. */
export interface SeriesParameter extends Described {
  readonly kind: 'series';
  readonly of: 'prices' | 'returns' | 'levels';
}

/** Several columns of dated numbers. */
export interface PanelParameter extends Described {
  readonly kind: 'panel';
  readonly of: 'prices' | 'returns' | 'levels';
}

/** Several values under names of their own. */
export interface ObjectParameter extends Described {
  readonly kind: 'object';
  readonly fields: ParameterTable;
  /** What stands where it is left out; read like what is given, with the defaults of its fields. */
  readonly default?: Readonly<Record<string, unknown>>;
}

/** As many as one likes of the same. */
export interface ListParameter extends Described {
  readonly kind: 'list';
  readonly of: Parameter;
}

/** One of several objects, told apart by their `kind`. */
export interface VariantParameter extends Described {
  readonly kind: 'variant';
  readonly of: Readonly<Record<string, ParameterTable>>;
  readonly default?: { readonly kind: string } & Readonly<Record<string, unknown>>;
}

export type Parameter =
  | NumberParameter
  | ChoiceParameter
  | FlagParameter
  | TextParameter
  | DayParameter
  | NumbersParameter
  | MatrixParameter
  | NamesParameter
  | ByNameParameter
  | TextByNameParameter
  | SeriesParameter
  | PanelParameter
  | ObjectParameter
  | ListParameter
  | VariantParameter;

export interface ParameterTable {
  readonly [name: string]: Parameter;
}

/** A dated column: `values[i]` on `days[i]`; without days the order is all that is known. */
export interface SeriesInput {
  readonly days?: readonly Day[] | undefined;
  /** Null where there is no number. */
  readonly values: readonly (number | null)[];
  /** Said where it is not what the parameter expects. */
  readonly are?: 'prices' | 'returns' | 'levels' | undefined;
  readonly name?: string | undefined;
}

/** Dated columns: `values[i][j]` is that of `names[j]` on `days[i]`. */
export interface PanelInput {
  readonly days?: readonly Day[] | undefined;
  readonly names: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
  readonly are?: 'prices' | 'returns' | 'levels' | undefined;
}

interface ValueByKind {
  readonly number: number;
  readonly integer: number;
  readonly flag: boolean;
  readonly text: string;
  readonly day: Day;
  readonly numbers: readonly number[];
  readonly matrix: readonly (readonly number[])[];
  readonly names: readonly string[];
  readonly 'by-name': Readonly<Record<string, number>>;
  readonly 'text-by-name': Readonly<Record<string, string>>;
  readonly series: SeriesInput;
  readonly panel: PanelInput;
}

/** What a parameter's value is. */
export type ValueOf<P extends Parameter> = P extends { kind: 'choice'; of: readonly (infer Name)[] }
  ? Name
  : P extends { kind: 'object'; fields: infer Fields extends ParameterTable }
    ? ValuesOf<Fields>
    : P extends { kind: 'list'; of: infer Each extends Parameter }
      ? readonly ValueOf<Each>[]
      : P extends { kind: 'variant'; of: infer Of extends Readonly<Record<string, ParameterTable>> }
        ? { [K in keyof Of]: { readonly kind: K } & ValuesOf<Of[K]> }[keyof Of]
        : P extends { kind: keyof ValueByKind }
          ? ValueByKind[P['kind']]
          : never;

/** The values of a table, checked and with defaults filled in. */
export type ValuesOf<T extends ParameterTable> = {
  readonly [K in keyof T]: T[K] extends { optional: true }
    ? ValueOf<T[K]> | undefined
    : ValueOf<T[K]>;
};

/** Keeps the literal types of a table. */
export const parameterTable = <const T extends ParameterTable>(table: T): T => table;
