import { describe, expect, it } from 'vitest';
import { type DayFormat, readDay } from './read-day.ts';

const read = (text: string, format: DayFormat) => {
  const result = readDay(text, format);
  return result.ok ? `${result.value.day} ${result.value.time ?? ''}`.trim() : result.fault.code;
};

describe('readDay', () => {
  it.each([
    ['19-12-2022', 'dmy', '2022-12-19'],
    ['24-08-2022 07:00:15', 'dmy', '2022-08-24 07:00:15'],
    ['12.04.2024 13:01:45', 'dmy', '2024-04-12 13:01:45'],
    ['11/01/2023', 'mdy', '2023-11-01'],
    ['1/2/23', 'mdy', '2023-01-02'],
    ['02-Jan-2025', 'dmy', '2025-01-02'],
    ['16-mrt-2025', 'dmy', '2025-03-16'],
    ['Mar 5, 2024', 'mdy', '2024-03-05'],
    ['5 Mar 2024', 'mdy', '2024-03-05'],
    ['2024-04-18T18:09:12.259Z', 'ymd', '2024-04-18 18:09:12.259'],
    ['2024-01-01T23:30:00+02:00', 'ymd', '2024-01-01 23:30:00'],
    ['2023-12-18 11:45:06.326', 'ymd', '2023-12-18 11:45:06.326'],
    ['2023-12-18', 'dmy', '2023-12-18'],
    ['20231218', 'ymd', '2023-12-18'],
    ['12/31/2023, 3:05 PM', 'mdy', '2023-12-31 15:05:00'],
    ['12/31/2023 12:00:01 AM', 'mdy', '2023-12-31 00:00:01'],
  ] as const)('reads %s as %s', (text, format, expected) => {
    expect(read(text, format)).toBe(expected);
  });

  it.each([
    ['31-02-2024', 'dmy'],
    ['13/13/2024', 'mdy'],
    ['010.09.2024', 'dmy'],
    ['12-12-2024', 'ymd'],
    ['2024-01-01 25:00', 'ymd'],
    ['01-Foo-2024', 'dmy'],
    ['yesterday', 'dmy'],
    ['', 'dmy'],
    ['45123', 'dmy'],
  ] as const)('refuses %s', (text, format) => {
    expect(read(text, format)).toBe('import.not-a-day');
  });
});
