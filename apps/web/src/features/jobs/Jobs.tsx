import type { Job } from '@plimsoll/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { isUnfinished, jobsQuery } from '../../data/market-queries.ts';
import { useLocale } from '../../data/prefs.ts';
import { useScope } from '../../data/scope.ts';
import { formatInstant } from '../../format/days.ts';
import { Mark } from '../../ui/Mark.tsx';
import { Section } from '../../ui/Page.tsx';
import { Empty, Failure, Skeleton } from '../../ui/states.tsx';
import { CancelJob } from './CancelJob.tsx';
import { JobDrawer } from './JobDrawer.tsx';
import { countText, jobState, leftText, tookText } from './job-words.ts';

/** Work in the background: what runs, how far it is, and what came of what ran before. */
export function Jobs() {
  const jobs = useQuery(jobsQuery(useScope()));
  const { job: open } = useSearch({ from: '/data' });
  const navigate = useNavigate({ from: '/data' });
  useFreshAfter(jobs.data);
  const running = jobs.data?.filter(isUnfinished) ?? [];
  const over = jobs.data?.filter((job) => !isUnfinished(job)) ?? [];
  return (
    <>
      {jobs.isPending && <Skeleton className="h-80 w-full" />}
      {jobs.isError && (
        <Failure
          error={jobs.error}
          what="The jobs could not be fetched"
          onRetry={() => jobs.refetch()}
        />
      )}
      {jobs.data?.length === 0 && (
        <Empty title="No job has run yet">
          Fetching prices is a job: it goes on while you look elsewhere, and where it stopped after
          a restart.
        </Empty>
      )}
      <div className="space-y-9">
        {running.length > 0 && (
          <Section title="Under way" count={running.length}>
            <JobList jobs={running} />
          </Section>
        )}
        {over.length > 0 && (
          <Section title="Before">
            <JobList jobs={over} />
          </Section>
        )}
      </div>
      {open && (
        <JobDrawer
          id={open}
          onClose={() =>
            navigate({
              search: (before) => ({ ...before, job: undefined }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      )}
    </>
  );
}

/** What a job brought changes every figure: all is read again when the last one ends. */
function useFreshAfter(jobs: readonly Job[] | undefined): void {
  const { workspace } = useScope();
  const queries = useQueryClient();
  const wasRunning = useRef(false);
  const isRunning = jobs?.some(isUnfinished) ?? false;
  useEffect(() => {
    if (wasRunning.current && !isRunning)
      void queries.invalidateQueries({
        queryKey: [workspace],
        predicate: ({ queryKey }) => queryKey[1] !== 'jobs',
      });
    wasRunning.current = isRunning;
  }, [isRunning, queries, workspace]);
}

function JobList({ jobs }: { readonly jobs: readonly Job[] }) {
  return (
    <ul className="border-t border-line">
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </ul>
  );
}

function JobRow({ job }: { readonly job: Job }) {
  const locale = useLocale();
  const { tone, word } = jobState(job);
  const unfinished = isUnfinished(job);
  const left = leftText(job, Date.now());
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-5 gap-y-1 items-center py-3 border-b border-line">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <Link
            from="/data"
            to="/data"
            search={(before) => ({ ...before, job: job.id })}
            resetScroll={false}
            className="font-semi hover:underline break-words min-w-0"
          >
            {job.title}
          </Link>
          <Mark tone={tone}>{word}</Mark>
        </p>
        <p className="text-sm text-ink-2">
          {[
            countText(job),
            left || tookText(job),
            `begun by ${job.requestedBy}`,
            formatInstant(job.createdAt, locale),
          ]
            .filter((text) => text !== '')
            .join(' · ')}
        </p>
        {job.error !== '' && <p className="text-sm text-bad break-words">{job.error}</p>}
      </div>
      {unfinished && <CancelJob job={job} />}
      {unfinished && (
        <progress
          aria-label={`Progress of ${job.title}`}
          className="job-progress col-span-2 w-full"
          max={Math.max(1, job.total)}
          value={job.done + job.failed}
        />
      )}
    </li>
  );
}
