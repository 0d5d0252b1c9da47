import { describe, expect, it } from 'vitest';
import { whereToFind, withSection } from './gen-docs.ts';

describe('a generated section', () => {
  const document = [
    '# Title',
    '<!-- arrows: written by npm run gen -->',
    'old',
    '<!-- end of arrows -->',
    'by hand',
  ].join('\n');

  it('replaces what stands between its comments, and nothing else', () => {
    const fresh = withSection(document, 'arrows', 'new');
    expect(fresh).toBe(
      '# Title\n<!-- arrows: written by npm run gen -->\n\nnew\n\n<!-- end of arrows -->\nby hand',
    );
    expect(withSection(fresh, 'arrows', 'new')).toBe(fresh);
  });

  it('must be there', () => {
    expect(() => withSection(document, 'formats', 'new')).toThrow(/no section between/);
  });
});

describe('where a file is found', () => {
  it('is the line that says so', () => {
    const readme =
      '# Bank\n\nReads statements.\n\n- **Where to find it**: app → _Export_.\n- More.\n';
    expect(whereToFind(readme)).toBe('app → _Export_.');
  });

  it('is else the first paragraph that shows the way', () => {
    const readme = '# Bank\n\nReads two files.\n\n| a → b |\n\n**First**: app → _Export_.\n';
    expect(whereToFind(readme)).toBe('**First**: app → _Export_.');
  });

  it('is else the first paragraph, in one cell', () => {
    expect(whereToFind('# Bank\n\nReads a|b\nfrom the app.\n\nMore.\n')).toBe(
      'Reads a\\|b from the app.',
    );
  });
});
