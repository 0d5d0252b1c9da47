import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';
import { parseRunFile } from './read-run-file.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => parseRunFile('run.yaml', bytes(text));
const told = (text: string): readonly string[] => {
  const found = read(text);
  return found.ok ? [] : found.fault.detail.split('\n');
};

const whole = `strategy: sma-cross
params: { fast: 10 }
universe: [AAPL, MSFT]
commission: { kind: bps, bps: 10 }
`;

describe('a configuration file', () => {
  it('is what the table of configurations reads', () => {
    const found = read(whole);
    if (!found.ok) throw new Error(found.fault.detail);
    const { strategy, universe, params, commission, cash } = found.value.config;
    expect({ strategy, universe, params, cash }).toEqual({
      strategy: 'sma-cross',
      universe: { names: ['AAPL', 'MSFT'] },
      params: { fast: 10 },
      cash: 100_000,
    });
    expect(commission).toMatchObject({ kind: 'bps', bps: 10 });
  });

  it('says every mistake with its line and column, in their order', () => {
    const text = `strategy: sma-cross
univers: [AAPL]
cash: -5
commission:
  kind: bps
  bsp: 10
execution: tomorrow
universe: [AAPL, 7]
`;
    expect(told(text)).toEqual([
      expect.stringMatching(/^run\.yaml:2:1: univers is not asked for.* Did you mean universe\?$/),
      expect.stringMatching(/^run\.yaml:3:7: cash -5 must be above 0\.$/),
      expect.stringMatching(/^run\.yaml:4:1: commission\.bps is missing \(Of the value traded\)/),
      expect.stringMatching(
        /^run\.yaml:6:3: commission\.bsp is not asked for.*Did you mean bps\?$/,
      ),
      expect.stringMatching(/^run\.yaml:7:12: execution must be one of next-open, same-close\.$/),
      expect.stringMatching(/^run\.yaml:8:18: universe\.1 must be a symbol/),
    ]);
  });

  it.each([
    ['a name that stands twice', `${whole}strategy: other\n`, /^run\.yaml:5:1: .*unique/],
    ['tabs', `strategy: x\nparams:\n\tfast: 3\n`, /^run\.yaml:3:1: .*[Tt]ab/],
    ['an open bracket', 'universe: [AAPL\n', /^run\.yaml:\d+:\d+: this is not YAML/],
    ['an anchor', 'strategy: &a x\nuniverse: [*a]\n', /^run\.yaml:1:\d+: anchors/],
    ['nothing', '', /^run\.yaml:1:1: the file must be an object/],
    ['a list', '- a\n', /^run\.yaml:1:1: the file must be an object/],
    [
      'a number that is none',
      `${whole}cash: .nan\n`,
      /^run\.yaml:5:7: cash must be a finite number/,
    ],
  ])('refuses %s where it stands', (_, text, words) => {
    expect(told(text)[0]).toMatch(words);
  });

  it('refuses what is no configuration without reading it', () => {
    const bomb = `a: &a [x, x]\n${Array.from({ length: 40 }, (_, i) => `b${i}: [*a, *a]`).join('\n')}`;
    expect(told(bomb)[0]).toMatch(/anchors and aliases/);
    expect(told('['.repeat(200_000))[0]).toMatch(/too deeply|not YAML/);
    expect(told('x'.repeat(300_000))[0]).toMatch(/has 300000 bytes, more than/);
    const binary = parseRunFile('run.yaml', Uint8Array.from([0xff, 0xfe, 0x00]));
    expect(binary.ok ? '' : binary.fault.detail).toMatch(/^run\.yaml:1:1: this is not text/);
  });

  it('puts lines on mistakes in the parameters of the strategy', () => {
    const found = read(whole);
    const fault = found.ok && found.value.placed([{ path: 'params.fast', message: 'is too much' }]);
    expect(fault).toMatchObject({ mistakes: [{ line: 2, column: 17 }] });
  });

  it('never crashes, whatever the text or the bytes', () => {
    const text = fc.string({ maxLength: 200 }).map(bytes);
    const mixed = fc.array(fc.constantFrom(...(whole.match(/\S+|\s+/g) ?? [])), { maxLength: 30 });
    const any = fc.oneof(
      text,
      fc.uint8Array({ maxLength: 100 }),
      mixed.map((some) => bytes(some.join(''))),
    );
    fc.assert(
      fc.property(any, (some) => {
        const found = parseRunFile('run.yaml', some);
        if (!found.ok) expect(found.fault.detail).toMatch(/^run\.yaml:\d+:\d+: /);
      }),
    );
  });
});

describe('the nearest name', () => {
  it.each([
    ['comission', 'commission'],
    ['univers', 'universe'],
    ['UNIVERSE', 'universe'],
    ['sweeep', 'sweep'],
    ['form', 'from'],
    ['colour', undefined],
  ])('of %s is %s', (meant, name) => {
    expect(nearestName(meant, ['commission', 'universe', 'sweep', 'from'])).toBe(name);
  });
});
