import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useLocale } from '../../data/prefs.ts';
import {
  anyTransactionQuery,
  holdingsQuery,
  performanceQuery,
  seriesQuery,
} from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { dayOfDate, formatDay } from '../../format/days.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { cx } from '../../ui/class-names.ts';
import { Page } from '../../ui/Page.tsx';
import { Failure, Skeleton } from '../../ui/states.tsx';
import { ExplainPeriod } from '../explain/index.ts';
import { FirstRun } from '../first-run/index.ts';
import { Allocation } from './Allocation.tsx';
import { Chart } from './Chart.tsx';
import { GainParts } from './GainParts.tsx';
import { Hero } from './Hero.tsx';
import { LargestHoldings } from './LargestHoldings.tsx';
import { Measures } from './Measures.tsx';
import { Movers } from './Movers.tsx';
import { Needs } from './Needs.tsx';
import { freshness } from './overview-view.ts';
import { periodOf } from './search.ts';

/** What it is worth, what was paid in, what it earned, and what needs the reader. */
export function OverviewPage() {
  const scope = useScope();
  const any = useQuery(anyTransactionQuery(scope));
  if (any.data === false) return <FirstRun />;
  return <Figures />;
}

function Figures() {
  const scope = useScope();
  const locale = useLocale();
  const search = useSearch({ from: '/overview' });
  const period = periodOf(search, dayOfDate(new Date()));
  const performance = useQuery(performanceQuery(scope, period));
  const series = useQuery(seriesQuery(scope, period));
  const holdings = useQuery(holdingsQuery(scope));
  const dayText = (day: string) => formatDay(day, locale);
  const state = holdings.data && freshness(holdings.data.holdings, dayText);
  const failed = [performance, series, holdings].find(({ isError }) => isError);
  const stale = performance.isPlaceholderData;
  return (
    <Page
      title="Overview"
      status={
        state?.text && (
          <span className="flex items-center gap-2">
            <span
              aria-hidden
              className={cx('size-2 rounded-full shrink-0', state.fresh ? 'bg-ok' : 'bg-warn')}
            />
            {state.text}
          </span>
        )
      }
      actions={
        <>
          <Link to="/import" className={buttonClass('plain', 'hidden sm:inline-flex')}>
            Import
          </Link>
          <Link to="/transactions" search={{ add: 'buy' }} className={buttonClass('primary')}>
            <Plus size={15} aria-hidden />
            <span className="sm:hidden">Add</span>
            <span className="hidden sm:inline">Add transaction</span>
          </Link>
        </>
      }
    >
      {failed?.error && (
        <div className="mb-6">
          <Failure
            error={failed.error}
            what="Some figures could not be fetched"
            onRetry={() =>
              Promise.all([performance.refetch(), series.refetch(), holdings.refetch()])
            }
          />
        </div>
      )}
      <ExplainPeriod value={period}>
        <div
          className={cx('transition-opacity duration-(--dur-2)', stale && 'opacity-60')}
          aria-busy={performance.isFetching}
        >
          <div className="grid gap-x-11 gap-y-8 xl:grid-cols-[minmax(0,1fr)_336px]">
            <div className="min-w-0">
              <Hero performance={performance.data} />
              <Chart performance={performance.data} series={series.data} search={search} />
            </div>
            <div className="grid content-start gap-8 md:grid-cols-2 xl:grid-cols-1 min-w-0">
              {/* Together, so that the second does not move when the first arrives. */}
              {holdings.data && performance.data ? (
                <>
                  <Needs holdings={holdings.data} performance={performance.data} />
                  <Movers performance={performance.data} />
                </>
              ) : (
                <Skeleton className="h-[420px] w-full" />
              )}
            </div>
          </div>
          <Measures performance={performance.data} />
          <div className="grid gap-5 lg:grid-cols-2 mt-8">
            <Allocation holdings={holdings.data} />
            <GainParts performance={performance.data} />
          </div>
          <LargestHoldings holdings={holdings.data} />
        </div>
      </ExplainPeriod>
    </Page>
  );
}
