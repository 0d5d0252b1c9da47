import { describe, expect, it } from 'vitest';
import { firstDifference } from './install.mjs';

const wanted = {
  packages: {
    '': {},
    'packages/kernel': { version: '0.0.0' },
    'node_modules/@plimsoll/kernel': { link: true },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/native-for-another-platform': { version: '1.0.0', optional: true },
  },
};
const installed = {
  packages: {
    'node_modules/@plimsoll/kernel': { link: true },
    'node_modules/a': { version: '1.0.0' },
  },
};

describe('what is missing from node_modules', () => {
  it('is nothing when npm recorded every package but those of other platforms', () => {
    expect(firstDifference(wanted, installed)).toBeUndefined();
  });

  it('is a package that the lock gained', () => {
    const { 'node_modules/a': _, ...less } = installed.packages;
    expect(firstDifference(wanted, { packages: less })).toBe('node_modules/a is not installed');
  });

  it('is a package that the lock moved to another version, optional ones too', () => {
    const old = {
      packages: {
        ...installed.packages,
        'node_modules/native-for-another-platform': { version: '0.9.0' },
      },
    };
    expect(firstDifference(wanted, old)).toMatch(/is 0\.9\.0, the lock says 1\.0\.0/);
  });

  it('is a workspace that has no link yet', () => {
    const { 'node_modules/@plimsoll/kernel': _, ...less } = installed.packages;
    expect(firstDifference(wanted, { packages: less })).toMatch(/@plimsoll\/kernel/);
  });
});
