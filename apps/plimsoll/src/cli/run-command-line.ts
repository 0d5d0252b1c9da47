import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ProblemError, UnreachableError } from '@plimsoll/client';
import { StoreRefusal } from '@plimsoll/ports';
import { ConfigRefusal } from '../config.ts';
import { mainWorkspace } from '../ensure-main-workspace.ts';
import type { Command, Setting } from './command.ts';
import { commandHelp, overview } from './help.ts';
import type { Output } from './output.ts';
import { callOf, type Parsed, parseCall } from './parse-call.ts';
import { CommandRefusal, UsageRefusal } from './refusals.ts';
import { type OpenSession, openSession, type Session } from './session.ts';

const folder = join(import.meta.dirname, '..', 'commands');

/** Runs one command and answers the exit status: 0 done, 1 refused, 2 called wrongly, 70 a bug. */
export async function runCommandLine(
  args: readonly string[],
  output: Output,
  open: OpenSession = openSession,
): Promise<number> {
  const [name = '', ...rest] = args;
  try {
    if (['', '-h', '--help', 'help'].includes(name)) return await explainCommands(rest, output);
    if (name === '--version') return await sayVersion(output);
    const command = await narrowed(name, rest);
    const parsed = parseCall(command, rest);
    if (parsed.values['help'] === true) {
      output.print(commandHelp(command));
      return 0;
    }
    await run(command, parsed, { output, open });
    return 0;
  } catch (error) {
    return tell(error, name, output);
  }
}

async function explainCommands(
  [name, ...rest]: readonly string[],
  output: Output,
): Promise<number> {
  if (name !== undefined && !name.startsWith('-')) {
    output.print(commandHelp(await narrowed(name, rest)));
    return 0;
  }
  const commands = commandNames().map(async (one) => ({
    name: one,
    command: await loadCommand(one),
  }));
  output.print(overview(await Promise.all(commands)));
  return 0;
}

async function sayVersion(output: Output): Promise<number> {
  const { version } = await import('../version.ts');
  output.print(version);
  return 0;
}

/** Every file of `commands/` is a command. */
export const commandNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => /^[a-z-]+\.ts$/.test(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();

async function loadCommand(name: string): Promise<Command> {
  if (!commandNames().includes(name)) {
    throw new UsageRefusal(
      `There is no command "${name}". There are: ${commandNames().join(', ')}.`,
    );
  }
  const loaded = (await import(`../commands/${name}.ts`)) as { readonly command: Command };
  return loaded.command;
}

async function narrowed(name: string, args: readonly string[]): Promise<Command> {
  const command = await loadCommand(name);
  return command.narrow ? command.narrow(args) : command;
}

interface Surroundings {
  readonly output: Output;
  readonly open: OpenSession;
}

async function run(
  command: Command,
  parsed: Parsed,
  { output, open }: Surroundings,
): Promise<void> {
  let session: Promise<Session> | undefined;
  const text = (name: string): string | undefined => {
    const value = parsed.values[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const data = text('data');
  const server = text('server');
  if (server !== undefined && !URL.canParse(server)) {
    throw new UsageRefusal(`--server "${server}" is not an address like http://localhost:4680.`);
  }
  const dataFolder = data === undefined ? undefined : resolve(data);
  const setting: Setting = {
    output,
    json: parsed.values['json'] === true,
    workspace: text('workspace') ?? mainWorkspace,
    base: text('base')?.toUpperCase(),
    dataFolder,
    server,
    engine: async (strategies) => {
      session ??= open(server, dataFolder, strategies);
      return (await session).engine;
    },
  };
  try {
    await command.run(callOf(parsed, setting));
  } finally {
    // Where opening was refused there is nothing to close, and the refusal is told already.
    const opened = await session?.catch(() => undefined);
    await opened?.close();
  }
}

function tell(error: unknown, name: string, output: Output): number {
  if (error instanceof UsageRefusal) {
    output.note(`${error.message}\nSee: plimsoll ${name === '' ? '' : `${name} `}--help`);
    return 2;
  }
  if (error instanceof ConfigRefusal) {
    for (const mistake of error.mistakes) output.note(`config.invalid: ${mistake}`);
    return 2;
  }
  const lines = refusalLines(error);
  if (lines === undefined) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    output.note(
      `internal: Something broke on our side; please report it with these lines.\n${stack}`,
    );
    return 70;
  }
  for (const line of lines) output.note(line);
  return 1;
}

function refusalLines(error: unknown): readonly string[] | undefined {
  if (error instanceof CommandRefusal) return error.lines;
  if (error instanceof StoreRefusal) return [`${error.fault.code}: ${error.fault.detail}`];
  if (error instanceof ProblemError) return [`${error.problem.code}: ${error.problem.detail}`];
  if (error instanceof UnreachableError) return [`server.unreachable: ${error.message}`];
  return undefined;
}
