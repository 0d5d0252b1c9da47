import { useQuery } from '@tanstack/react-query';
import { isUnfinished, jobQuery } from '../../data/market-queries.ts';
import { useLocale } from '../../data/prefs.ts';
import { useScope } from '../../data/scope.ts';
import { formatInstant } from '../../format/days.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { Failure, Skeleton } from '../../ui/states.tsx';
import { CancelJob } from './CancelJob.tsx';
import { countText, itemState, jobState, leftText, tookText } from './job-words.ts';

interface JobDrawerProps {
  readonly id: string;
  readonly onClose: () => void;
}

const most = 200;

/** A job with the items that failed or wait for another try. */
export function JobDrawer({ id, onClose }: JobDrawerProps) {
  const locale = useLocale();
  const detail = useQuery(jobQuery(useScope(), id));
  const job = detail.data;
  const state = job && jobState(job);
  const items = job?.items.filter((one) => one.state !== 'done' || one.note !== '') ?? [];
  return (
    <Dialog
      title={job?.title ?? 'Job'}
      place="side"
      onClose={onClose}
      footer={job && isUnfinished(job) && <CancelJob job={job} />}
    >
      {detail.isPending && <Skeleton className="h-60 w-full" />}
      {detail.isError && (
        <Failure
          error={detail.error}
          what="The job could not be fetched"
          onRetry={() => detail.refetch()}
        />
      )}
      {job && state && (
        <>
          <p className="font-semi">
            <Mark tone={state.tone}>{state.word}</Mark>
          </p>
          <p className="text-ink-2 mt-1">
            {[countText(job), leftText(job, Date.now()), tookText(job)]
              .filter((text) => text !== '')
              .join(' · ')}
          </p>
          <p className="text-ink-2">
            Begun by {job.requestedBy}, {formatInstant(job.createdAt, locale)}
          </p>
          {job.error !== '' && <p className="mt-2 text-bad break-words">{job.error}</p>}
          <h3 className="font-semi mt-6 mb-2">Not done yet, and remarks</h3>
          {items.length === 0 ? (
            <p className="text-ink-2">Nothing failed and nothing waits.</p>
          ) : (
            <ul className="border-t border-line">
              {items.slice(0, most).map((item) => {
                const { tone, word } = itemState(item);
                return (
                  <li key={item.key} className="py-2.5 border-b border-line">
                    <p className="flex flex-wrap items-baseline gap-x-3">
                      <span className="font-med">{item.label}</span>
                      <Mark tone={tone}>{word}</Mark>
                    </p>
                    {item.note !== '' && <p className="text-ink-2 break-words">{item.note}</p>}
                    {item.state === 'waiting' && item.notBefore !== null && (
                      <p className="text-sm text-ink-2">
                        Again at {formatInstant(item.notBefore, locale)}
                      </p>
                    )}
                  </li>
                );
              })}
            </ul>
          )}
          {items.length > most && (
            <p className="mt-2 text-sm text-ink-2">And {items.length - most} more.</p>
          )}
        </>
      )}
    </Dialog>
  );
}
