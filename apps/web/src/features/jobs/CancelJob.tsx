import type { Job } from '@plimsoll/contracts';
import { tell, useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { describe } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';

/** Ends a job. What it had done stays; the same can be started again, so it does not ask. */
export function CancelJob({ job }: { readonly job: Pick<Job, 'id' | 'title'> }) {
  const cancel = useWrite(({ client }, _: null) => client.cancelJob(job.id));
  return (
    <Button
      busy={cancel.isPending}
      aria-label={`Cancel: ${job.title}`}
      onClick={() =>
        tell(
          cancel.mutateAsync(null),
          () => toast('The job is cancelled. What it had done is kept.'),
          (error) => toast(describe(error), { tone: 'bad' }),
        )
      }
    >
      Cancel
    </Button>
  );
}
