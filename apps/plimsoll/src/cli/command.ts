import type { Engine } from '@plimsoll/engine';
import type { Output } from './output.ts';

/** One option of a command, with what its help says. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  readonly short?: string;
  /** What stands for the value in the help, `DATE`. */
  readonly value?: string;
  readonly help: string;
}

/** Where a command runs and for whom; the same for all. */
export interface Setting {
  readonly output: Output;
  readonly json: boolean;
  readonly workspace: string;
  /** Currency of the figures, where not the portfolio's own. */
  readonly base: string | undefined;
  /** `--data`, absolute. */
  readonly dataFolder: string | undefined;
  /** `--server`. */
  readonly server: string | undefined;
  /** The use-cases, opened when first asked for; own strategies are looked for in `strategies` first. */
  readonly engine: (strategies?: string) => Promise<Engine>;
}

/** What a command was called with. */
export interface Call extends Setting {
  readonly positionals: readonly string[];
  /** The value of an option that takes one. */
  readonly text: (name: string) => string | undefined;
  readonly texts: (name: string) => readonly string[];
  readonly flag: (name: string) => boolean;
}

/** A command: its file's name is how it is called. */
export interface Command {
  readonly summary: string;
  /** Each way to call it, after `plimsoll`. */
  readonly usage: readonly string[];
  readonly options?: Readonly<Record<string, Option>>;
  /** Lines below the options. */
  readonly notes?: readonly string[];
  readonly run: (call: Call) => Promise<void>;
  /** The command that these arguments really call, where its options depend on them. */
  readonly narrow?: (args: readonly string[]) => Promise<Command>;
}
