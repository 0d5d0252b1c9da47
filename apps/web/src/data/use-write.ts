import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Scope, useScope } from './scope.ts';

/**
 * What is said of a write when it is over. The callbacks of `mutate` are not called once what asked
 * for it has gone from the page, as a row does that is decided; these are.
 */
export function tell<Output>(
  work: Promise<Output>,
  done: (output: Output) => void,
  failed: (error: Error) => void,
): void {
  void work.then(done, failed);
}

/**
 * A write. Afterwards every read of the workspace is out of date: one transaction changes holdings,
 * figures and their derivations alike, and the server answers warm reads in milliseconds.
 */
export function useWrite<Input, Output>(write: (scope: Scope, input: Input) => Promise<Output>) {
  const scope = useScope();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => write(scope, input),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: [scope.workspace] }),
        queries.invalidateQueries({ queryKey: ['', 'workspaces'] }),
      ]),
  });
}
