import type { ErrorComponentProps } from '@tanstack/react-router';
import { Page } from '../ui/Page.tsx';
import { Failure } from '../ui/states.tsx';

/** A page that broke: it says so, and the rest of the app goes on. */
export function RouteFailure({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="Something broke">
      <Failure
        error={error instanceof Error ? error : new Error(String(error))}
        what="This page could not be shown"
        onRetry={reset}
      />
    </Page>
  );
}
