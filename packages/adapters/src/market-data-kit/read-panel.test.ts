import { describe, expect, it } from 'vitest';
import { type PanelOptions, readPanel } from './read-panel.ts';

const read = (text: string, options: Partial<PanelOptions> = {}) => {
  const result = readPanel(text, { file: 'FILE.csv', ...options });
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
};
const refusal = (text: string): string => {
  const result = readPanel(text, { file: 'FILE.csv' });
  return result.ok ? 'taken' : result.fault.detail;
};

describe('a table of prices or returns', () => {
  it('has a column a name', () => {
    expect(read('date,A,B\n2024-01-02,10,20\n2024-01-03,11,\n')).toMatchObject({
      days: ['2024-01-02', '2024-01-03'],
      names: ['A', 'B'],
      values: [
        [10, 20],
        [11, null],
      ],
      are: 'prices',
    });
  });

  it('is turned round where it runs back in time', () => {
    const panel = read('Date;A\n03.01.2024;11,5\n02.01.2024;10,5\n');
    expect(panel.days).toEqual(['2024-01-02', '2024-01-03']);
    expect(panel.values).toEqual([[10.5], [11.5]]);
  });

  it('is the adjusted close of a file of bars, named for the file', () => {
    const text = 'Date,Open,High,Low,Close,Adj Close,Volume\n1/13/1999,1,2,1,2,1.5,100\n';
    expect(read(text, { file: 'SP500.csv' })).toMatchObject({
      days: ['1999-01-13'],
      names: ['SP500'],
      values: [[1.5]],
    });
  });

  it('is all columns of a file of bars where those are wanted', () => {
    const text = 'Date,Open,High,Low,Close\n2024-01-02,10,12,9,11\n';
    expect(read(text, { bars: true })).toMatchObject({
      names: ['Open', 'High', 'Low', 'Close'],
      values: [[10, 12, 9, 11]],
    });
  });

  it('of Kenneth French has months, percents, a preamble and a yearly table below', () => {
    const text =
      'This file was created by …\n\n,Mkt-RF,SMB\n192607,2.96,-99.99\n192612,-2.64,0.25\n\n Annual Factors\n,Mkt-RF,SMB\n1927,29.5,-2.4\n';
    expect(read(text)).toMatchObject({
      days: ['1926-07-31', '1926-12-31'],
      values: [
        [0.0296, null],
        [-0.0264, 0.0025],
      ],
      are: 'returns',
    });
  });

  it('needs neither days nor a header', () => {
    expect(read('0.01\n-0.02\n')).toMatchObject({ names: ['FILE'], are: 'returns' });
    expect(read('0.01\n-0.02\n').days).toBeUndefined();
  });

  it('tells returns from prices, and believes who knows better', () => {
    expect(read('d,A\n2024-01-02,0.01\n2024-01-03,0.002\n').are).toBe('returns');
    expect(read('d,A\n2024-01-02,0.01\n2024-01-03,0.002\n', { are: 'prices' }).are).toBe('prices');
    expect(read('d,A\n2024-01-02,1.5 %\n2024-01-03,-2 %\n').values).toEqual([[0.015], [-0.02]]);
    expect(read('d,A\n2024-01-02,1.5\n', { percent: true }).values).toEqual([[0.015]]);
  });

  it('takes a stray number below zero among prices for a mistake, not for returns', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `2024-01-${i < 9 ? '0' : ''}${(i % 28) + 1}`);
    const text = rows.slice(0, 28).map((day, i) => `${day},${i === 7 ? -0.5 : 100 + i}`);
    expect(read(`date,A\n${text.join('\n')}\n`).are).toBe('prices');
  });

  it.each([
    ['date,A\n2024-01-02,1.2\n2024-01-03,-1.5\n', '-1.5 cannot be a return'],
    ['', 'no row that begins with a day'],
    ['words\nand more\n', 'no row that begins with a day'],
    ['date,A\nnever,5\n2024-01-02,5\n', 'Line 2: "never" is no day'],
    ['date,A\n2024-01-02,5\nnever,5\n2024-01-04,5\n', 'Line 3: "never" is no day'],
    ['date,A\n2024-01-02,5\n2024-02-31,6\n', 'Line 3: "2024-02-31" is not a day'],
    ['date,A\n2024-01-02,five\n', 'Line 2, A: "five" is not a number'],
    ['date,A\n03/04/2024,5\n', 'may be day-month or month-day'],
  ])('%j is refused with its place', (text, why) => {
    expect(refusal(text)).toContain(why);
  });
});
