import { describe, expect, it } from 'vitest';
import { industryGroupOf, sectorOf, sectors } from './sectors.ts';

describe('sectors', () => {
  it.each([
    ['Technology', 'Information Technology'],
    ['Information Technology', 'Information Technology'],
    ['Financial Services', 'Financials'],
    ['Consumer Cyclical', 'Consumer Discretionary'],
    ['Consumer Defensive', 'Consumer Staples'],
    ['Basic Materials', 'Materials'],
    ['Healthcare', 'Health Care'],
    ['Communication', 'Communication Services'],
    ['Telecommunication Services', 'Communication Services'],
    ['Oil and Gas', 'Energy'],
    [' real   estate ', 'Real Estate'],
    ['45102010', 'Information Technology'],
    ['60', 'Real Estate'],
  ])('%s is %s', (text, name) => {
    expect(sectorOf(text)?.name).toBe(name);
  });

  it.each(['', 'Cash and/or Derivatives', 'Unknown', '99', '451', 'Government'])(
    '"%s" is none of them',
    (text) => {
      expect(sectorOf(text)).toBeUndefined();
    },
  );

  it('are eleven, each found by its own name and code', () => {
    expect(sectors).toHaveLength(11);
    for (const sector of sectors) {
      expect(sectorOf(sector.name)).toEqual(sector);
      expect(sectorOf(sector.code)).toEqual(sector);
    }
  });

  it('have industry groups, by name or code', () => {
    expect(industryGroupOf('45103020')).toEqual({ code: '4510', name: 'Software & Services' });
    expect(industryGroupOf('food, beverage and tobacco')?.code).toBe('3020');
    expect(industryGroupOf('4999')).toBeUndefined();
  });
});
