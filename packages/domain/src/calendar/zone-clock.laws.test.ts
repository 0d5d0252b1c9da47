import { dayFromNumber, dayNumber } from '@plimsoll/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayInZone } from './day-in-zone.ts';
import { instantInZone, wallClock, zoneDay } from './zone-clock.ts';

const zones = ['UTC', 'America/New_York', 'Europe/London', 'Asia/Kolkata', 'Australia/Sydney'];
const someZone = fc.constantFrom(...zones);
const someInstant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2040, 0, 1) });

describe('clocks in a zone', () => {
  it('show the day that the platform shows', () => {
    fc.assert(
      fc.property(someZone, someInstant, (zone, instant) => {
        const day = dayFromNumber(zoneDay(zone, instant));
        expect(dayInZone(instant, zone)).toEqual({ ok: true, value: day });
      }),
      { numRuns: 300 },
    );
  });

  it('show every minute of the days on which they change', () => {
    const exact = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/New_York',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    for (const change of [Date.UTC(2024, 2, 10), Date.UTC(2024, 10, 3)]) {
      for (let instant = change; instant < change + 86_400_000; instant += 60_000) {
        const shown = new Date(wallClock('America/New_York', instant)).toISOString();
        expect(shown.slice(0, 19).replace('T', ' ')).toBe(exact.format(instant));
      }
    }
  });

  it('are found again from what they show, but for the hour that comes twice', () => {
    fc.assert(
      fc.property(someZone, someInstant, (zone, instant) => {
        const minute = Math.floor(instant / 60_000) * 60_000;
        const wall = wallClock(zone, minute);
        const day = Math.floor(wall / 86_400_000);
        const found = instantInZone(zone, day, (wall - day * 86_400_000) / 60_000);
        expect(wallClock(zone, found)).toBe(wall);
        expect(Math.abs(found - minute)).toBeLessThanOrEqual(3_600_000);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['America/New_York', '2024-03-08', 570, '2024-03-08T14:30:00.000Z'],
    ['America/New_York', '2024-03-11', 570, '2024-03-11T13:30:00.000Z'],
    ['America/New_York', '2024-03-11', -420, '2024-03-10T21:00:00.000Z'],
    ['Europe/London', '2024-10-25', 480, '2024-10-25T07:00:00.000Z'],
    ['Europe/London', '2024-10-28', 480, '2024-10-28T08:00:00.000Z'],
    ['Asia/Kolkata', '2024-05-18', 555, '2024-05-18T03:45:00.000Z'],
    ['Europe/Berlin', '2024-03-31', 150, '2024-03-31T01:30:00.000Z'],
  ])('in %s on %s at minute %i is %s', (zone, day, minutes, instant) => {
    expect(new Date(instantInZone(zone, dayNumber(day), minutes)).toISOString()).toBe(instant);
  });
});
