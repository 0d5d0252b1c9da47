import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';

/** The repository, three folders up. */
export const root = resolve(import.meta.dirname, '..', '..', '..');

/** Everything that can be set, read once. */
export interface Config {
  /** Absolute path of the data folder. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** Where set, the record is kept in this PostgreSQL server and not in the data folder. */
  readonly databaseUrl: string | undefined;
  /** Address of the bus that carries events to other processes; within this one where not set. */
  readonly busUrl: string | undefined;
  /** Where files are kept, with the keys to it; the data folder where absent. */
  readonly objects:
    | { readonly url: string; readonly accessKeyId: string; readonly secretAccessKey: string }
    | undefined;
  /** What a run of a strategy of the user's own may take. */
  readonly strategyLimits: { readonly seconds: number; readonly megabytes: number };
  readonly logLevel: (typeof logLevels)[number];
}

const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

const loopback: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port number')
  .transform(Number)
  .refine((port) => port <= 65_535, 'is above 65535');

const postgresUrl = z
  .string()
  .refine(isPostgresUrl, 'is not an address like postgres://user:password@host:5432/database');

function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && ['postgres:', 'postgresql:'].includes(url.protocol) && url.hostname !== '';
}

const busUrl = z
  .string()
  .refine(
    (text) => (URL.parse(text)?.hostname ?? '') !== '',
    'is not an address like nats://host:4222, redis://host:6379 or kafka://host:9092',
  );

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,7}$/, 'is not a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `is not from ${least} to ${most}`);

/** What each variable means; `.env.example` and the table in the guide are held against it. */
export const settings = {
  PLIMSOLL_DATA: {
    schema: z.string(),
    fallback: 'data',
    meaning: 'Folder of the record; a relative one lies in the repository.',
  },
  PLIMSOLL_HOST: {
    schema: z
      .string()
      .refine(
        (host) => loopback.includes(host),
        'is not this machine alone: there is no sign-in yet, so anyone who reaches the port could read and change the record. Use 127.0.0.1, and reach it from elsewhere through an SSH tunnel',
      ),
    fallback: '127.0.0.1',
    meaning: 'Address to listen on: `127.0.0.1`, `::1` or `localhost`.',
  },
  PLIMSOLL_PORT: {
    schema: portNumber,
    fallback: '4680',
    meaning: 'Port to listen on; 0 takes a free one.',
  },
  DATABASE_URL: {
    schema: postgresUrl,
    fallback: '',
    meaning: 'A PostgreSQL server, 15 or newer, instead of the embedded database.',
  },
  PLIMSOLL_BUS: {
    schema: busUrl,
    fallback: '',
    meaning: 'A NATS, Redis or Kafka server that carries events to other programs.',
  },
  PLIMSOLL_OBJECTS: {
    schema: z
      .string()
      .startsWith('s3://', 'is not an address like s3://bucket/prefix?endpoint=https://host'),
    fallback: '',
    meaning: 'A bucket for files of intraday bars, instead of the data folder.',
  },
  AWS_ACCESS_KEY_ID: {
    schema: z.string(),
    fallback: '',
    meaning: 'The key to that bucket.',
  },
  AWS_SECRET_ACCESS_KEY: {
    schema: z.string(),
    fallback: '',
    meaning: 'The secret of that key.',
  },
  PLIMSOLL_STRATEGY_SECONDS: {
    schema: wholeNumber(1, 86_400),
    fallback: '60',
    meaning: 'Seconds that a run of a strategy of your own may take, 1 to 86400.',
  },
  PLIMSOLL_STRATEGY_MB: {
    schema: wholeNumber(32, 1_000_000),
    fallback: '1024',
    meaning: 'Megabytes that it may use, 32 to 1000000.',
  },
  PLIMSOLL_LOG_LEVEL: {
    schema: z.enum(logLevels, `is not one of ${logLevels.join(', ')}`),
    fallback: 'warn',
    meaning: `What is written to stderr while serving: ${logLevels.map((level) => `\`${level}\``).join(', ')}.`,
  },
} as const;

type Name = keyof typeof settings;
export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings cannot be used; says all that is wrong with them. */
export class ConfigRefusal extends Error {
  override readonly name = 'ConfigRefusal';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.mistakes = mistakes;
  }
}

/** Variables of the process over those of `.env` in the repository. */
export function environment(): Environment {
  const file = join(root, '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { ...fromFile, ...process.env };
}

/** Whoever names a data folder means it, whatever server the environment names. */
export const inFolder = (dataFolder: string | undefined): Partial<Record<Name, string>> =>
  dataFolder === undefined ? {} : { PLIMSOLL_DATA: dataFolder, DATABASE_URL: '' };

/** The configuration by the environment, with what the command line says on top. */
export function readConfig(env: Environment, over: Partial<Record<Name, string>> = {}): Config {
  const mistakes: string[] = [];
  const read = <N extends Name>(name: N): z.infer<(typeof settings)[N]['schema']> | undefined => {
    const given = over[name] ?? env[name] ?? '';
    const text = given.trim() === '' ? settings[name].fallback : given.trim();
    if (text === '') return undefined;
    const parsed = settings[name].schema.safeParse(text);
    if (parsed.success) return parsed.data as z.infer<(typeof settings)[N]['schema']>;
    mistakes.push(`${name}${shown(name, text)} ${parsed.error.issues[0]?.message ?? 'is wrong'}.`);
    return undefined;
  };
  const config = {
    dataFolder: absolute(read('PLIMSOLL_DATA') ?? '.'),
    host: read('PLIMSOLL_HOST') ?? '',
    port: read('PLIMSOLL_PORT') ?? 0,
    databaseUrl: read('DATABASE_URL'),
    busUrl: read('PLIMSOLL_BUS'),
    objects: bucket(
      read('PLIMSOLL_OBJECTS'),
      read('AWS_ACCESS_KEY_ID'),
      read('AWS_SECRET_ACCESS_KEY'),
    ),
    strategyLimits: {
      seconds: read('PLIMSOLL_STRATEGY_SECONDS') ?? 0,
      megabytes: read('PLIMSOLL_STRATEGY_MB') ?? 0,
    },
    logLevel: read('PLIMSOLL_LOG_LEVEL') ?? 'warn',
  };
  if (config.objects && !(config.objects.accessKeyId && config.objects.secretAccessKey)) {
    mistakes.push('PLIMSOLL_OBJECTS needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.');
  }
  if (mistakes.length > 0) throw new ConfigRefusal(mistakes);
  return config;
}

const bucket = (url: string | undefined, accessKeyId = '', secretAccessKey = '') =>
  url === undefined ? undefined : { url, accessKeyId, secretAccessKey };

const absolute = (folder: string): string => (isAbsolute(folder) ? folder : resolve(root, folder));

/** Addresses may carry a password, so they are never repeated. */
const shown = (name: Name, text: string): string =>
  ['DATABASE_URL', 'PLIMSOLL_BUS', 'PLIMSOLL_OBJECTS'].includes(name) ? '' : ` "${text}"`;
