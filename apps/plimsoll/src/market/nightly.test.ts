import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastDueMs, scheduleOf } from './nightly.ts';

const ms = (instant: string): number => Date.parse(instant);
const berlin = { at: '22:30', zone: 'Europe/Berlin' };

describe('the last time that was due', () => {
  it.each([
    ['just after it', '2026-01-10T21:30:05Z', '2026-01-10T21:30:00Z'],
    ['just before it', '2026-01-10T21:29:59Z', '2026-01-09T21:30:00Z'],
    ['after midnight', '2026-01-11T05:00:00Z', '2026-01-10T21:30:00Z'],
    ['in summer', '2026-07-10T20:31:00Z', '2026-07-10T20:30:00Z'],
  ])('is by the clocks of the zone: %s', (_, now, due) => {
    expect(new Date(lastDueMs(ms(now), berlin)).toISOString()).toBe(new Date(due).toISOString());
  });

  it('is never ahead and never more than a day and an hour ago, and shows the time', () => {
    const zones = ['Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'UTC', 'Pacific/Auckland'];
    const minute = fc.integer({ min: 0, max: 1439 });
    const now = fc.integer({ min: ms('2020-01-01T00:00:00Z'), max: ms('2030-01-01T00:00:00Z') });
    fc.assert(
      fc.property(minute, fc.constantFrom(...zones), now, (minutes, zone, nowMs) => {
        const pad = (value: number) => String(value).padStart(2, '0');
        const at = `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
        const due = lastDueMs(nowMs, { at, zone });
        expect(due).toBeLessThanOrEqual(nowMs);
        expect(due).toBeGreaterThan(nowMs - 86_400_000 - 60_000);
      }),
    );
  });
});

describe('the schedule in the settings', () => {
  it('is read where providers are turned on', async () => {
    const text = 'providers:\n  ecb:\nrefresh: { at: "22:30", zone: Europe/Berlin } # nightly\n';
    expect(await scheduleOf(text)).toEqual(berlin);
  });

  it.each([
    ['no refresh', 'providers: { ecb: {} }\n'],
    ['nobody to ask', 'providers: {}\nrefresh: { at: "22:30", zone: UTC }\n'],
    ['no time', 'providers: { ecb: {} }\nrefresh: { at: "25:00", zone: UTC }\n'],
    ['no zone', 'providers: { ecb: {} }\nrefresh: { at: "22:30", zone: Mars/Olympus }\n'],
    ['no YAML', 'providers: { ecb\n'],
    ['nothing', ''],
  ])('is none with %s', async (_, text) => {
    expect(await scheduleOf(text)).toBeNull();
  });
});
