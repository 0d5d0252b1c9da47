import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useLocale } from '../../data/prefs.ts';
import { formatsQuery, importsQuery } from '../../data/queries.ts';
import { useScope } from '../../data/scope.ts';
import { formatInstant } from '../../format/days.ts';
import { Section } from '../../ui/Page.tsx';
import { Failure, Skeleton } from '../../ui/states.tsx';
import { UndoButton } from './UndoButton.tsx';

/** What was imported before, newest first, each with its undo. */
export function PastImports() {
  const scope = useScope();
  const locale = useLocale();
  const imports = useQuery(importsQuery(scope));
  const formats = useQuery(formatsQuery(scope));
  const titleOf = (format: string) =>
    formats.data?.find(({ id }) => id === format)?.title ?? format;
  return (
    <Section title="Imports so far" count={imports.data?.length} className="mt-9">
      {imports.isPending && <Skeleton className="h-24 w-full" />}
      {imports.isError && (
        <Failure
          error={imports.error}
          what="The imports could not be fetched"
          onRetry={() => imports.refetch()}
        />
      )}
      {imports.data?.length === 0 && (
        <p className="border-t border-line pt-3 text-ink-2">
          None yet. Each will be listed here and can be undone as a whole.
        </p>
      )}
      <ul className="border-t border-line empty:border-0">
        {imports.data?.map((each) => (
          <li
            key={each.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] sm:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)_auto_auto] gap-x-6 gap-y-0.5 items-center py-3 border-b border-line"
          >
            <span className="min-w-0">
              <Link
                to="/transactions"
                search={{ import: each.id }}
                className="font-semi hover:underline block truncate"
              >
                {each.files.map(({ name }) => name).join(', ')}
              </Link>
              <span className="text-sm text-ink-2">
                {titleOf(each.format)}, into {each.account}
              </span>
            </span>
            <span className="text-sm text-ink-2 max-sm:row-start-2">
              {formatInstant(each.importedAt, locale)}
            </span>
            <span className="text-sm text-ink-2 max-sm:hidden">
              {each.added} added{each.skipped > 0 && `, ${each.skipped} known`}
              {each.refused > 0 && `, ${each.refused} left out`}
            </span>
            <span className="w-20 text-right">
              {each.undoneAt === null ? (
                <UndoButton id={each.id} rows={each.added} />
              ) : (
                <span className="text-ink-3 text-sm">undone</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
