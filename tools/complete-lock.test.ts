import { describe, expect, it } from 'vitest';
import { completed, faultsOf, missingEntries, platformOf } from './complete-lock.mjs';

const lock = {
  packages: {
    'node_modules/tool': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: { 'tool-linux-x64': '1.0.0', '@tool/win32-arm64-msvc': '1.0.0' },
    },
    'node_modules/tool-linux-x64': { version: '1.0.0', optional: true },
  },
};

describe('completing package-lock.json', () => {
  it.each([
    ['@biomejs/cli-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['@swc/core-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@oxc-parser/binding-linux-arm-musleabihf', { os: ['linux'], cpu: ['arm'], libc: ['musl'] }],
    ['@swc/core-win32-x64-msvc', { os: ['win32'], cpu: ['x64'] }],
    ['@rolldown/binding-wasm32-wasi', { cpu: ['wasm32'] }],
    ['fsevents', {}],
  ])('reads the platform of %s from its name', (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });

  it('finds the optional package that npm left out, and only that', () => {
    expect(missingEntries(lock)).toEqual({
      'node_modules/@tool/win32-arm64-msvc': {
        version: '1.0.0',
        os: ['win32'],
        cpu: ['arm64'],
        dev: true,
        optional: true,
      },
    });
  });

  it('nests an entry whose name is taken by another version', () => {
    const clash = structuredClone(lock);
    clash.packages['node_modules/tool-linux-x64'].version = '0.9.0';
    expect(Object.keys(missingEntries(clash))).toContain(
      'node_modules/tool/node_modules/tool-linux-x64',
    );
  });

  it('sees a package of the same name nested beside its user', () => {
    const nested = {
      packages: {
        'node_modules/a': { version: '1.0.0' },
        'node_modules/a/node_modules/b': { version: '1.0.0', optionalDependencies: { c: '2.0.0' } },
        'node_modules/a/node_modules/c': { version: '2.0.0' },
      },
    };
    expect(missingEntries(nested)).toEqual({});
  });

  it('has no fault to report once completed', () => {
    expect(faultsOf(lock)).toHaveLength(1);
    expect(faultsOf(completed(lock))).toEqual([]);
  });

  it('refuses an address in the lock', () => {
    const addressed = {
      packages: { 'node_modules/a': { resolved: 'https://host.example/a.tgz' } },
    };
    expect(faultsOf(addressed)).toEqual([expect.stringContaining('names an address')]);
  });

  it('refuses to guess the version of a range', () => {
    const vague = { packages: { 'node_modules/a': { optionalDependencies: { b: '^1.0.0' } } } };
    expect(() => completed(vague)).toThrow(/exact version/);
  });
});
