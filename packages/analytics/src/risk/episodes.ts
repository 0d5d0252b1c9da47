import type { Day } from '@plimsoll/kernel';

/** A fall of markets that has a name. */
export interface Episode {
  readonly id: string;
  readonly title: string;
  /** The close from which and the close to which it is counted. */
  readonly from: Day;
  readonly to: Day;
  /** What the S&P 500 (price index) did between the two closes, a fraction. */
  readonly index: number;
}

const episode = (id: string, title: string, from: string, to: string, index: number): Episode => ({
  id,
  title,
  from: from as Day,
  to: to as Day,
  index,
});

/**
 * From a high of the S&P 500 to the low after it (or round the event, where it is one), by its
 * closes, with what the index did.
 *
 * **Source:** closes of the S&P 500 index, S&P Dow Jones Indices; returns rounded to 0.1 %.
 */
export const episodes: readonly Episode[] = [
  episode('black-monday-1987', 'Black Monday 1987', '1987-10-13', '1987-10-19', -0.285),
  episode('gulf-war-1990', 'Gulf war 1990', '1990-07-16', '1990-10-11', -0.199),
  episode('russia-ltcm-1998', 'Russian default and LTCM 1998', '1998-07-17', '1998-08-31', -0.193),
  episode('dot-com-2000', 'Dot-com crash 2000–02', '2000-03-24', '2002-10-09', -0.491),
  episode('september-11-2001', 'September 11, 2001', '2001-09-10', '2001-09-21', -0.116),
  episode('financial-crisis-2008', 'Financial crisis 2007–09', '2007-10-09', '2009-03-09', -0.568),
  episode('lehman-2008', 'Lehman autumn 2008', '2008-09-12', '2008-11-20', -0.399),
  episode('flash-crash-2010', 'Spring 2010 and the flash crash', '2010-04-23', '2010-07-02', -0.16),
  episode(
    'euro-crisis-2011',
    'Euro crisis and US downgrade 2011',
    '2011-07-22',
    '2011-08-08',
    -0.168,
  ),
  episode('china-2015', 'China devaluation 2015', '2015-08-17', '2015-08-25', -0.112),
  episode('volatility-2018', 'Volatility spike February 2018', '2018-01-26', '2018-02-08', -0.102),
  episode('rates-2018', 'Fourth quarter 2018', '2018-09-20', '2018-12-24', -0.198),
  episode('covid-2020', 'COVID-19 2020', '2020-02-19', '2020-03-23', -0.339),
  episode('rates-2022', 'Inflation and rates 2022', '2022-01-03', '2022-10-12', -0.254),
  episode('tariffs-2025', 'Tariffs April 2025', '2025-04-02', '2025-04-08', -0.121),
];
