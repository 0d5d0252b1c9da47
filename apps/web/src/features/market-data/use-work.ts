import type { Job } from '@plimsoll/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useScope } from '../../data/scope.ts';
import { useWrite } from '../../data/use-write.ts';
import { describe } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';

/** What is to be fetched: of these instruments, or of all where none is named. */
export interface Work {
  readonly kind: 'refresh' | 'backfill';
  readonly instruments: readonly string[];
  readonly from?: string | undefined;
}

/** Starts fetching. What comes of it is a job, which can be cancelled from the message. */
export function useWork() {
  const scope = useScope();
  const queries = useQueryClient();
  const start = useWrite(
    ({ client }, { kind, instruments, from }: Work): Promise<Job> =>
      kind === 'refresh'
        ? client.refreshPrices(instruments)
        : client.backfillPrices(instruments, from),
  );
  const cancel = async (id: string) => {
    try {
      await scope.client.cancelJob(id);
      toast('The job is cancelled. What it had fetched is kept.');
    } catch (error) {
      toast(describe(error as Error), { tone: 'bad' });
    }
    await queries.invalidateQueries({ queryKey: [scope.workspace] });
  };
  const run = (work: Work) =>
    start.mutate(work, {
      onSuccess: ({ id, title }) =>
        toast(`Started: ${title}.`, { action: { label: 'Cancel', run: () => void cancel(id) } }),
      onError: (error) => toast(describe(error), { tone: 'bad' }),
    });
  return { run, busy: start.isPending };
}
