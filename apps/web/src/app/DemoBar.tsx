import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FlaskConical } from 'lucide-react';
import { workspacesQuery } from '../data/queries.ts';
import { useScope } from '../data/scope.ts';

/** Says on every page of the demo that nothing here is real, and leads back to what is. */
export function DemoBar() {
  const scope = useScope();
  const workspaces = useQuery(workspacesQuery(scope));
  const here = workspaces.data?.find(({ id }) => id === scope.workspace);
  // The demo's own name is enough before the list is there: the bar must not come late and push.
  const demo = here ? here.demo : scope.workspace === 'demo';
  if (!demo) return null;
  return (
    <section
      aria-label="Simulated data"
      className="bg-warn-wash border-b border-line px-4 sm:px-6 lg:px-9 py-2 flex flex-wrap items-center gap-x-3 gap-y-1 lg:sticky lg:top-0 z-10"
    >
      <FlaskConical size={15} aria-hidden className="text-warn" />
      <p className="grow">
        <b>Simulated data.</b>{' '}
        <span className="max-sm:hidden">
          Companies, prices and transactions of this demo are invented.
        </span>
      </p>
      <Link
        to="/overview"
        search={{ w: undefined, p: undefined, base: undefined }}
        className="font-med text-accent-ink hover:underline min-h-6 inline-flex items-center"
      >
        Go to my own portfolio
      </Link>
    </section>
  );
}
