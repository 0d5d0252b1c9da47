import type { Command, Option } from './command.ts';
import { globalOptions } from './parse-call.ts';

/** The page of one command. */
export function commandHelp({ summary, usage, options = {}, notes = [] }: Command): string {
  return [
    summary,
    '',
    ...usage.map((line, at) => `${at === 0 ? 'Usage:' : '      '} plimsoll ${line}`),
    ...(Object.keys(options).length > 0 ? ['', 'Options:', ...optionLines(options)] : []),
    '',
    'For every command:',
    ...optionLines(globalOptions),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n');
}

/** The page of all commands. */
export function overview(commands: readonly { name: string; command: Command }[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'Plimsoll: what you hold, what it is worth and what it really earned.',
    '',
    'Usage: plimsoll COMMAND [ARGUMENTS]',
    '',
    'Commands:',
    ...commands.map(({ name, command }) => `  ${name.padEnd(width)}  ${command.summary}`),
    '',
    'For every command:',
    ...optionLines(globalOptions),
    '',
    'plimsoll COMMAND --help says more. Exit status: 0 done, 1 refused, 2 called wrongly, 70 a bug.',
  ].join('\n');
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  const named = Object.entries(options).map(([name, { value, short, help, multiple }]) => ({
    left: `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    help: multiple ? `${help} May be repeated.` : help,
  }));
  const width = Math.max(...named.map(({ left }) => left.length));
  return named.map(({ left, help }) => `  ${left.padEnd(width)}  ${help}`);
}
