import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowRight, FileUp, FlaskConical } from 'lucide-react';
import { workspacesQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { Failure } from '../../ui/states.tsx';

/** An empty record: a look around with invented figures, or one's own file. */
export function FirstRun() {
  const scope = useScope();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const workspaces = useQuery(workspacesQuery(scope));
  const demo = workspaces.data?.find((each) => each.demo);
  const open = useMutation({
    mutationFn: async () => demo ?? (await scope.client.makeDemo()),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['', 'workspaces'] });
      await navigate({ to: '/overview', search: { w: id } });
    },
  });
  return (
    <Page title="Overview">
      <div className="max-w-[860px] pt-4 lg:pt-10">
        <p className="text-2xl font-semi tracking-[-0.012em] max-w-[28ch]">
          What you hold, what it is worth, and what it really earned.
        </p>
        <p className="mt-2 text-lg text-ink-2 max-w-[60ch]">
          Nothing is recorded yet. Everything stays on this machine, and every number can be asked
          how it was made.
        </p>
        <div className="grid sm:grid-cols-2 gap-5 mt-9">
          <section
            className="bg-panel border border-line rounded-lg p-6 flex flex-col"
            aria-labelledby="own"
          >
            <FileUp size={22} aria-hidden className="text-accent-ink" />
            <h2 id="own" className="text-lg font-semi mt-4">
              Import a broker file
            </h2>
            <p className="text-ink-2 mt-1 mb-5">
              Drop an export of your broker. You see every row before anything is recorded, and an
              import can be undone as a whole.
            </p>
            <Link to="/import" className={buttonClass('primary', 'mt-auto w-fit')}>
              Import a broker file <ArrowRight size={15} aria-hidden />
            </Link>
          </section>
          <section
            className="bg-panel border border-line rounded-lg p-6 flex flex-col"
            aria-labelledby="demo"
          >
            <FlaskConical size={22} aria-hidden className="text-accent-ink" />
            <h2 id="demo" className="text-lg font-semi mt-4">
              Look around the demo
            </h2>
            <p className="text-ink-2 mt-1 mb-5">
              A simulated portfolio of several years, in a place of its own. It is marked as
              simulated on every page and never mixes with yours.
            </p>
            <Button className="mt-auto w-fit" busy={open.isPending} onClick={() => open.mutate()}>
              {open.isPending ? 'Making the demo …' : 'Look around the demo'}
            </Button>
          </section>
        </div>
        {open.isError && (
          <div className="mt-5">
            <Failure
              error={open.error}
              what="The demo could not be made"
              onRetry={() => open.mutate()}
            />
          </div>
        )}
        <p className="mt-6 text-ink-2">
          No file at hand?{' '}
          <Link
            to="/transactions"
            search={{ add: 'opening-balance' }}
            className="text-accent-ink font-med hover:underline"
          >
            Enter an opening balance by hand
          </Link>
          .
        </p>
      </div>
    </Page>
  );
}
