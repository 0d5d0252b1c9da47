import type { MarketProvider } from '@plimsoll/contracts';
import { expect, test } from 'vitest';
import { enableCommand, listed, providerState, usesOf } from './provider-words.ts';

const tiingo: MarketProvider = {
  id: 'tiingo',
  title: 'Tiingo',
  enabled: true,
  state: 'up',
  about: { site: 'https://tiingo.invalid', key: 'needed', terms: '' },
  kinds: ['equity', 'etf'],
  gives: ['daily', 'search'],
};
const health = {
  id: 'tiingo',
  state: 'down',
  since: '2026-03-31T10:00:00Z',
  lastSuccess: '2026-03-31T09:00:00Z',
  lastFault: { at: '2026-03-31T10:00:00Z', code: 'market-data.down', detail: 'It answers 503' },
  requests: 12,
  failures: 3,
  waitingMs: 90_000,
  note: '',
} as const;

test('what a provider is used for reads as a sentence', () => {
  expect(usesOf(tiingo)).toBe('Daily prices and search of shares and ETFs');
  expect(usesOf({ gives: ['daily'], kinds: null })).toBe('Daily prices of everything');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  expect(listed([])).toBe('');
});

test('a provider that does not answer says why and when it is asked again', () => {
  const state = providerState(tiingo, health);
  expect([state.tone, state.word]).toEqual(['bad', 'Does not answer']);
  expect(state.trouble).toBe('It answers 503. It is asked again in about 2 minutes.');
});

test('a fault that it has answered since is not told', () => {
  const answered = {
    ...health,
    state: 'up',
    lastSuccess: '2026-03-31T11:00:00Z',
    waitingMs: 0,
  } as const;
  expect(providerState(tiingo, answered).trouble).toBe('');
});

test('one that was never asked is as its settings say', () => {
  expect(providerState({ ...tiingo, state: 'unknown' }, undefined).word).toBe('Not asked yet');
});

test('the line that turns one on names the key that it needs', () => {
  expect(enableCommand(tiingo)).toBe('plimsoll providers enable tiingo --set key=env:TIINGO_KEY');
  expect(enableCommand({ id: 'ecb', about: null })).toBe('plimsoll providers enable ecb');
  expect(enableCommand({ id: 'csv-folder', about: null })).toContain('--set folder=prices');
});
