import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigRefusal, readConfig, root, settings } from './config.ts';

const mistakesOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigRefusal) return error.mistakes;
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  it('needs no setting at all', () => {
    expect(readConfig({})).toEqual({
      dataFolder: join(root, 'data'),
      host: '127.0.0.1',
      port: 4680,
      databaseUrl: undefined,
      busUrl: undefined,
      strategyLimits: { seconds: 60, megabytes: 1024 },
      logLevel: 'warn',
    });
  });

  it('takes the command line over the environment, and an empty value for none', () => {
    const env = { PLIMSOLL_PORT: '1', PLIMSOLL_DATA: '/srv/plimsoll', PLIMSOLL_HOST: '' };
    expect(readConfig(env, { PLIMSOLL_PORT: '2' })).toMatchObject({
      port: 2,
      host: '127.0.0.1',
      dataFolder: '/srv/plimsoll',
    });
  });

  it('says all mistakes at once, and repeats no password', () => {
    const mistakes = mistakesOf({
      PLIMSOLL_PORT: '99999',
      PLIMSOLL_HOST: '0.0.0.0',
      DATABASE_URL: 'mysql://me:secret@host/db',
      PLIMSOLL_BUS: 'me:secret@host',
      PLIMSOLL_LOG_LEVEL: 'loud',
    });
    expect(mistakes).toEqual([
      expect.stringMatching(/^PLIMSOLL_HOST "0\.0\.0\.0" .*no sign-in yet/),
      'PLIMSOLL_PORT "99999" is above 65535.',
      expect.stringMatching(/^DATABASE_URL is not an address/),
      expect.stringMatching(/^PLIMSOLL_BUS is not an address/),
      expect.stringMatching(/^PLIMSOLL_LOG_LEVEL "loud" is not one of/),
    ]);
    expect(mistakes.join()).not.toContain('secret');
  });

  it('is described in .env.example and in the guide as it is', () => {
    const example = readFileSync(join(root, '.env.example'), 'utf8');
    const guide = readFileSync(join(root, 'docs', 'guides', 'configuration.md'), 'utf8');
    for (const [name, { fallback, meaning }] of Object.entries(settings)) {
      expect(example).toContain(`# ${meaning.replaceAll('`', '')}\n#${name}=${fallback}\n`);
      expect(guide).toContain(
        `| \`${name}\` | ${fallback === '' ? '' : `\`${fallback}\``} | ${meaning} |\n`,
      );
    }
    expect(example.match(/^#?[A-Z_]+=/gm)).toHaveLength(Object.keys(settings).length);
  });
});
