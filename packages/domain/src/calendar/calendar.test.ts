import { dayFromNumber, dayNumber } from '@plimsoll/kernel';
import { describe, expect, it } from 'vitest';
import { dayInZone } from './day-in-zone.ts';
import { easterSunday } from './easter.ts';
import { isTargetClosed } from './target-days.ts';

describe('the day where an account is', () => {
  const instant = Date.UTC(2025, 0, 1, 7, 30);

  it.each([
    ['America/Los_Angeles', '2024-12-31'],
    ['UTC', '2025-01-01'],
    ['Asia/Tokyo', '2025-01-01'],
  ])('in %s is %s', (zone, day) => {
    expect(dayInZone(instant, zone)).toEqual({ ok: true, value: day });
  });

  it('is refused where there is no such zone', () => {
    expect(dayInZone(instant, 'Mars/Olympus')).toMatchObject({
      ok: false,
      fault: { code: 'zone.unknown' },
    });
  });
});

describe('TARGET closing days', () => {
  it.each([
    [2000, '2000-04-23'],
    [2014, '2014-04-20'],
    [2019, '2019-04-21'],
    [2038, '2038-04-25'],
    [2285, '2285-03-22'],
  ])('know Easter of %s', (year, day) => {
    expect(dayFromNumber(easterSunday(year))).toBe(day);
  });

  it('are weekends, New Year, Good Friday, Easter Monday, 1 May and Christmas', () => {
    const closed = (day: string) => isTargetClosed(dayNumber(day));
    for (const day of ['2014-01-01', '2014-04-18', '2014-04-21', '2014-05-01', '2014-12-26']) {
      expect(closed(day)).toBe(true);
    }
    expect(closed('2014-05-03')).toBe(true);
    expect(closed('2014-05-02')).toBe(false);
    let open = 0;
    for (let day = dayNumber('2014-01-01'); day <= dayNumber('2014-12-31'); day++) {
      if (!isTargetClosed(day)) open++;
    }
    expect(open).toBe(255);
  });
});
