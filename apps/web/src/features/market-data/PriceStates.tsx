import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useLocale } from '../../data/prefs.ts';
import { formatDay } from '../../format/days.ts';
import { formatCount } from '../../format/numbers.ts';
import { FilterField } from '../../ui/FilterField.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { Section } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Empty } from '../../ui/states.tsx';
import { InstrumentDrawer } from './InstrumentDrawer.tsx';
import { filterPrices, needsLook, type PriceStatus, stateOf } from './price-words.ts';
import type { DataSearch } from './search.ts';

/** How old the prices of each instrument are, the worst first. */
export function PriceStates({ prices }: { readonly prices: readonly PriceStatus[] }) {
  const search = useSearch({ from: '/data' });
  const navigate = useNavigate({ from: '/data' });
  const change = (next: DataSearch) =>
    navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const found = filterPrices(prices, search);
  const wanting = prices.filter(needsLook).length;
  const open = prices.find(({ instrumentId }) => instrumentId === search.instrument);
  return (
    <Section title="Prices by instrument" count={prices.length || undefined}>
      {prices.length === 0 ? (
        <Empty title="Nothing here has a market price">
          Shares, funds, bonds and coins are listed here once you hold them. The demo is priced by
          its own simulated market, which is never late.
        </Empty>
      ) : (
        <>
          <div className="flex flex-wrap gap-3 items-center mb-2">
            <FilterField
              className="grow sm:grow-0 sm:w-72"
              label="Filter instruments"
              value={search.q ?? ''}
              onChange={(text) => change({ q: text || undefined })}
            />
            <Segmented
              label="Which instruments"
              value={search.show ?? 'all'}
              options={[
                { value: 'all', label: 'All' },
                {
                  value: 'attention',
                  label: `Needs a look (${wanting})`,
                  hint: 'Late, stale, without prices, or with gaps',
                },
              ]}
              onChange={(show) => change({ show: show === 'all' ? undefined : show })}
            />
          </div>
          {found.length === 0 ? (
            <p className="py-6 text-ink-2">
              {search.q ? 'No instrument fits.' : 'Nothing needs a look: every price is fresh.'}
            </p>
          ) : (
            <PriceTable prices={found} />
          )}
        </>
      )}
      {open && <InstrumentDrawer status={open} onClose={() => change({ instrument: undefined })} />}
    </Section>
  );
}

function PriceTable({ prices }: { readonly prices: readonly PriceStatus[] }) {
  const locale = useLocale();
  const dayText = (day: string | null) => (day === null ? '–' : formatDay(day, locale));
  return (
    <table>
      <caption className="sr-only">
        Instruments with the state of their prices, the last day, the day expected, and gaps
      </caption>
      <thead className="max-md:sr-only">
        <tr>
          <th scope="col" className="head-cell">
            Instrument
          </th>
          <th scope="col" className="head-cell">
            Prices
          </th>
          <th scope="col" className="head-cell text-right">
            Last day
          </th>
          <th scope="col" className="head-cell text-right">
            Expected
          </th>
          <th scope="col" className="head-cell text-right">
            Days missing
          </th>
          <th scope="col" className="head-cell text-right">
            Gaps
          </th>
          <th scope="col" className="head-cell pl-8! max-lg:hidden">
            Source
          </th>
        </tr>
      </thead>
      <tbody>
        {prices.map((one) => {
          const { tone, word } = stateOf(one);
          return (
            <tr key={one.instrumentId} className="hover:bg-hover">
              <th scope="row" className="cell font-reg max-md:py-2 w-full max-w-0">
                <Link
                  from="/data"
                  to="/data"
                  search={(before) => ({ ...before, instrument: one.instrumentId })}
                  resetScroll={false}
                  className="font-semi hover:underline block truncate"
                >
                  {one.label}
                </Link>
                <span className="md:hidden block text-sm text-ink-2 truncate">
                  {one.last === null ? 'Never priced' : `To ${dayText(one.last)}`}
                  {one.gaps > 0 &&
                    `, ${formatCount(one.gaps, locale)} ${one.gaps === 1 ? 'gap' : 'gaps'}`}
                </span>
                {one.note !== '' && (
                  <span className="block text-sm text-ink-2 truncate" title={one.note}>
                    {one.note}
                  </span>
                )}
              </th>
              <td className="cell max-md:text-right max-md:pr-0!">
                <Mark tone={tone}>{word}</Mark>
              </td>
              <td className="cell text-right whitespace-nowrap max-md:hidden">
                {dayText(one.last)}
              </td>
              <td className="cell text-right whitespace-nowrap text-ink-2 max-md:hidden">
                {dayText(one.expected)}
              </td>
              <td className="cell text-right max-md:hidden">
                {one.missing > 0 ? formatCount(one.missing, locale) : '–'}
              </td>
              <td className="cell text-right max-md:hidden">
                {one.gaps > 0 ? formatCount(one.gaps, locale) : '–'}
              </td>
              <td className="cell pl-8! text-ink-2 whitespace-nowrap max-lg:hidden">
                <span className="block max-w-48 truncate" title={one.source}>
                  {one.source || '–'}
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
