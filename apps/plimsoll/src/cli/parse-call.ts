import { parseArgs } from 'node:util';
import type { Call, Command, Option, Setting } from './command.ts';
import { UsageRefusal } from './refusals.ts';

/** Understood by every command. */
export const globalOptions: Readonly<Record<string, Option>> = {
  json: { type: 'boolean', help: 'Print JSON.' },
  data: { type: 'string', value: 'DIR', help: 'Data folder; PLIMSOLL_DATA or data/ if not given.' },
  workspace: { type: 'string', value: 'ID', help: 'Workspace; main if not given.' },
  base: { type: 'string', value: 'CUR', help: 'Currency of the figures.' },
  server: { type: 'string', value: 'URL', help: 'Talk to this server instead of a data folder.' },
  help: { type: 'boolean', short: 'h', help: 'Print this.' },
};

export interface Parsed {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

/** Reads the arguments after the command's name. */
export function parseCall(command: Command, args: readonly string[]): Parsed {
  const options = Object.fromEntries(
    Object.entries({ ...globalOptions, ...command.options }).map(
      ([name, { type, short, multiple = false }]) => [
        name,
        { type, multiple, ...(short === undefined ? {} : { short }) },
      ],
    ),
  );
  try {
    return parseArgs({ args: [...joined(args, options)], options, allowPositionals: true });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageRefusal(error.message);
    throw error;
  }
}

/** `--amount -5` is a value, not an option; joined by `=` the parser sees it so. */
function joined(
  args: readonly string[],
  options: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>,
): readonly string[] {
  const result: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const next = args[at + 1];
    if (arg === '--') return [...result, ...args.slice(at)];
    const takesValue = arg.startsWith('--') && options[arg.slice(2)]?.type === 'string';
    if (takesValue && next !== undefined && /^-[\d.]/.test(next)) {
      result.push(`${arg}=${next}`);
      at++;
    } else result.push(arg);
  }
  return result;
}

/** What the command is run with. */
export function callOf({ values, positionals }: Parsed, setting: Setting): Call {
  const texts = (name: string): readonly string[] =>
    [values[name] ?? []].flat().filter((value) => typeof value === 'string');
  return {
    ...setting,
    positionals,
    texts,
    text: (name) => texts(name).at(-1),
    flag: (name) => values[name] === true,
  };
}
