import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marketDataAdapters } from '@plimsoll/adapters/registry';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../config.ts';
import { disabling, enabling } from './edit-settings.ts';
import { marketDataFile } from './market-data-file.ts';
import { openProviders } from './open-providers.ts';
import { parseMarketDataSettings } from './read-settings.ts';
import type { MarketDataRegistry } from './settings.ts';
import { systemWorld } from './system-world.ts';

const registry: MarketDataRegistry = marketDataAdapters;
const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const parse = (text: string, env: Record<string, string> = {}) =>
  parseMarketDataSettings(text, { folder, registry, env });
const mistakesIn = (text: string) =>
  parse(text).mistakes.map(({ line, detail }) => `${line}: ${detail}`);

const full = `# mine
providers:
  yahoo: { requestsPerMinute: 30 }   # careful
  tiingo: { key: env:TIINGO_KEY }
  ecb:
  csv-folder: { folder: prices }
order:
  equity: [tiingo, yahoo]
  fx: [ecb]
refresh: { at: "22:30", zone: Europe/Berlin }
`;

describe('the settings of market data', () => {
  it('are read with variables and paths put in and defaults filled', () => {
    const { settings, mistakes } = parse(full, { TIINGO_KEY: 'abc' });
    expect(mistakes).toEqual([]);
    expect(settings.providers.get('tiingo')).toMatchObject({ key: 'abc', requestsPerHour: 50 });
    expect(settings.providers.get('yahoo')).toMatchObject({ requestsPerMinute: 30 });
    expect(settings.providers.get('csv-folder')).toEqual({ folder: join(folder, 'prices') });
    expect(settings.order).toEqual({ equity: ['tiingo', 'yahoo'], fx: ['ecb'] });
    expect(settings.refresh).toEqual({ at: '22:30', zone: 'Europe/Berlin' });
  });

  it('of the example in the documents are right', () => {
    const text = readFileSync(join(root, 'docs/market-data.example.yaml'), 'utf8');
    const names = [...text.matchAll(/env:(\w+)/g)].map(([, name = '']) => [name, 'a-key']);
    const { settings, mistakes } = parse(text, Object.fromEntries(names));
    expect(mistakes).toEqual([]);
    expect([...settings.providers.keys()]).toContain('yahoo');
    expect(settings.refresh).toBeDefined();
  });

  it('of the guide are right', () => {
    const text = readFileSync(join(root, 'docs/guides/providers.md'), 'utf8');
    const example = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    expect(parse(example, { TIINGO_KEY: 'k' })).toMatchObject({ mistakes: [] });
    expect(parse(example, { TIINGO_KEY: 'k' }).settings.providers.size).toBe(3);
  });

  it.each(['', '# nothing\n', 'providers:\n'])('of %j turn nothing on', (text) => {
    expect(parse(text)).toEqual({ settings: { providers: new Map(), order: {} }, mistakes: [] });
  });

  it.each([
    ['providers:\n  yaho: {}\n', /^2: there is no provider "yaho"; there are .*yahoo/],
    ['providers:\n  yahoo: { requestsPerMinute: -1 }\n', /^2: yahoo: requestsPerMinute /],
    ['providers:\n  yahoo:\n    requestsPerMinute: 1\n    nope: 2\n', /^2: yahoo .*nope/],
    ['providers:\n  yahoo:\n    baseUrl: file:///etc\n', /^3: yahoo: baseUrl is not an address/],
    ['providers:\n  tiingo: {}\n', /^2: tiingo: key is needed/],
    [
      'providers:\n  tiingo: { key: env:NOT_SET }\n',
      /^2: tiingo: key: the variable NOT_SET is not set/,
    ],
    ['providers:\n  yahoo: yes\n', /^2: yahoo has settings in braces/],
    ['provider:\n  yahoo: {}\n', /^1: there is no section "provider"/],
    [
      'providers:\n  yahoo: {}\norder:\n  equity: [stooq]\n',
      /^4: "stooq" is not among the providers/,
    ],
    ['order:\n  shares: [yahoo]\n', /^2: there is no kind "shares"; there are equity/],
    ['order:\n  equity: yahoo\n', /^2: equity has a list/],
    ['refresh: { at: 25:00, zone: UTC }\n', /^1: refresh: at is a time/],
    ['refresh: { at: "22:00", zone: Nowhere }\n', /^1: refresh: zone/],
    ['providers: [yahoo]\n', /^1: providers has names/],
    ['a: [1\n', /^2: This is not YAML/],
    ['- yahoo\n', /^1: is a list of sections/],
  ])('%j has a mistake at its line', (text, expected) => {
    expect(mistakesIn(text)[0]).toMatch(expected);
  });

  it('of one provider that are wrong do not turn off the others', () => {
    const { settings, mistakes } = parse(
      'providers:\n  tiingo: {}\n  yahoo: {}\norder:\n  equity: [tiingo, yahoo]\n',
    );
    expect([...settings.providers.keys()]).toEqual(['yahoo']);
    expect(settings.order.equity).toEqual(['yahoo']);
    expect(mistakes).toHaveLength(1);
  });

  it('of any text are settings or mistakes, never a throw', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.constantFrom('', 'providers:\n  ', 'order: '),
        (text, head) => {
          const { mistakes } = parse(`${head}${text}`);
          for (const { line, detail } of mistakes) {
            expect(line).toBeGreaterThan(0);
            expect(detail).not.toBe('');
          }
        },
      ),
    );
  });

  it('never show a key', () => {
    const { mistakes } = parse(
      'providers:\n  tiingo: { key: "", requestsPerHour: x }\n  fred: { key: SECRET, odd: 1 }\n',
    );
    expect(mistakes.length).toBeGreaterThan(1);
    expect(JSON.stringify(mistakes)).not.toContain('SECRET');
  });
});

describe('the providers of the settings', () => {
  const open = (text: string, env = {}) =>
    openProviders(parse(text, env).settings, registry, systemWorld);

  it('are asked in the order of the kind, then by id, where they cover it', () => {
    const sources = open(full.replace('[tiingo, yahoo]', '[yahoo]'), { TIINGO_KEY: 'abc' });
    const ids = (...[kind, need]: Parameters<typeof sources.for>) =>
      sources.for(kind, need).map(({ id }) => id);
    expect(ids('equity', 'daily')).toEqual(['yahoo', 'csv-folder', 'tiingo']);
    expect(ids('fx', 'daily')[0]).toBe('ecb');
    expect(ids('equity', 'quotes')).toEqual(['yahoo', 'tiingo']);
    expect(ids('bond', 'intraday')).toEqual([]);
  });

  it('are listed whether on or off, with their terms, and nothing was asked of any', () => {
    const sources = open('providers:\n  yahoo: {}\n');
    const all = sources.list();
    expect(all.map(({ id }) => id)).toEqual(Object.keys(registry).sort());
    expect(all.filter(({ enabled }) => enabled).map(({ id }) => id)).toEqual(['yahoo']);
    expect(sources.health()).toMatchObject([{ id: 'yahoo', state: 'unknown', requests: 0 }]);
  });

  it('are opened anew only where their settings have changed', () => {
    const path = join(folder, 'market-data.yaml');
    let now = 0;
    const world = { ...systemWorld, nowMs: () => now };
    const sources = marketDataFile({ dataFolder: folder, registry, env: {}, world });
    expect(sources.for('equity', 'daily')).toEqual([]);
    const write = (text: string, at: number) => {
      writeFileSync(path, text);
      utimesSync(path, at, at);
      now += 5000;
    };
    write('providers:\n  yahoo: {}\n', 1);
    const [first] = sources.for('equity', 'daily');
    expect(first?.id).toBe('yahoo');
    write('providers:\n  yahoo: {}\n  ecb: {}\n', 2);
    expect(sources.for('equity', 'daily')[0]).toBe(first);
    write('providers:\n  yahoo: { requestsPerMinute: 5 }\n', 3);
    expect(sources.for('equity', 'daily')[0]).not.toBe(first);
    write('providers: [\n', 4);
    expect(sources.for('equity', 'daily')).toEqual([]);
    expect(sources.read().mistakes).toHaveLength(1);
  });
});

describe('what each says of itself', () => {
  const onNetwork = Object.values(registry).filter(({ about }) => about !== undefined);

  it.each(onNetwork.map((one) => [one.id, one] as const))(
    '%s: terms, and what it gives',
    (id, one) => {
      const keys: readonly object[] = [{}, { key: 'k' }, { key: 'k', secret: 's' }];
      const texts = keys.map((settings) => `providers:\n  ${id}: ${JSON.stringify(settings)}\n`);
      const text = texts.find((each) => parse(each).mistakes.length === 0) ?? texts[0] ?? '';
      expect(parse(text).mistakes).toEqual([]);
      const needsKey = parse(texts[0] ?? '').mistakes.length > 0;
      expect([one.about?.key === 'needed', one.about?.terms === '']).toEqual([
        needsKey || id === 'stooq',
        false,
      ]);
      const provider = openProviders(parse(text).settings, registry, systemWorld).provider(id);
      expect(provider?.capabilities).toEqual(one.about?.capabilities);
      expect(provider?.health?.()).toMatchObject({ id, state: 'unknown', requests: 0 });
      const { capabilities } = provider ?? {};
      expect([capabilities?.quotes ?? false, (capabilities?.intraday ?? []).length > 0]).toEqual([
        provider?.quotes !== undefined,
        provider?.intraday !== undefined,
      ]);
      expect(capabilities?.stream ?? false).toBe(provider?.stream !== undefined);
    },
  );
});

describe('editing the settings', () => {
  const text = (edit: ReturnType<typeof enabling>, from: string) => {
    const done = edit(from);
    if (!done.ok) expect.fail(done.fault.detail);
    return done.value;
  };

  it('keeps comments and what is set already', () => {
    const after = text(enabling('yahoo', { timeoutSeconds: 5 }), full);
    expect(after).toContain('# mine');
    expect(after).toContain('# careful');
    expect(parse(after, { TIINGO_KEY: 'k' }).settings.providers.get('yahoo')).toMatchObject({
      requestsPerMinute: 30,
      timeoutSeconds: 5,
    });
  });

  it('turns a provider on where there was nothing', () => {
    const after = text(enabling('stooq', { key: 'env:STOOQ_KEY' }), '');
    expect(parse(after, { STOOQ_KEY: 'k' }).settings.providers.get('stooq')).toMatchObject({
      key: 'k',
    });
    expect([
      ...parse(text(enabling('ecb', {}), '# only this\n')).settings.providers.keys(),
    ]).toEqual(['ecb']);
  });

  it('turns one off and out of every order', () => {
    const after = text(disabling('tiingo'), full);
    const { settings, mistakes } = parse(after);
    expect(mistakes).toEqual([]);
    expect(settings.order.equity).toEqual(['yahoo']);
    expect(after).toContain('# careful');
  });

  it('leaves a file alone that it cannot read', () => {
    expect(enabling('yahoo', {})('a: [1\n')).toMatchObject({
      ok: false,
      fault: { code: 'market-data.settings' },
    });
  });
});
