import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Scope, useScope } from './scope.ts';

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
