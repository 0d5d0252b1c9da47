import type { ActionRule } from '@plimsoll/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { actionRulesQuery, proposalsQuery } from '../../data/market-queries.ts';
import { useScope } from '../../data/scope.ts';
import { useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Toggle } from '../../ui/Field.tsx';
import { describe, Failure, Note, Skeleton } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { type ActionKind, actionKinds, isReady, kindHints, kindLabels } from './action-words.ts';

/** Which kinds are recorded without asking. */
export function Rules() {
  const scope = useScope();
  const rules = useQuery(actionRulesQuery(scope));
  const open = useQuery(proposalsQuery(scope));
  const [asking, setAsking] = useState<ActionKind | null>(null);
  const set = useWrite(({ client }, rule: ActionRule) => client.setActionRule(rule));
  const change = (rule: ActionRule) =>
    set.mutate(rule, {
      onSuccess: () => {
        setAsking(null);
        const kind = kindLabels[rule.kind];
        toast(rule.confirm ? `${kind}: recorded without asking.` : `${kind}: you are asked.`);
      },
      onError: (error) => {
        if (asking === null) toast(describe(error), { tone: 'bad' });
      },
    });
  if (rules.isError)
    return (
      <Failure
        error={rules.error}
        what="The rules could not be fetched"
        onRetry={() => rules.refetch()}
      />
    );
  if (!rules.data) return <Skeleton className="h-96 w-full max-w-[640px]" />;
  const taken = new Set(rules.data.filter(({ confirm }) => confirm).map(({ kind }) => kind));
  const waiting = (kind: ActionKind) =>
    open.data?.filter((one) => one.kind === kind && isReady(one)).length ?? 0;
  return (
    <div className="max-w-[640px]">
      <p className="mb-3 text-ink-2">
        What is marked here is recorded as soon as it is known, as if you had confirmed it. What
        needs an answer, or what your record refuses, still waits for you.
      </p>
      <ul className="border-t border-line">
        {actionKinds.map((kind) => (
          <li key={kind} className="py-2 border-b border-line">
            <Toggle
              label={kindLabels[kind]}
              hint={kindHints[kind]}
              checked={taken.has(kind)}
              onChange={(confirm) => {
                set.reset();
                if (confirm) setAsking(kind);
                else change({ kind, confirm: false });
              }}
            />
          </li>
        ))}
      </ul>
      {asking && (
        <Dialog
          title={`Record each ${kindLabels[asking].toLowerCase()} without asking?`}
          onClose={() => setAsking(null)}
          footer={
            <>
              <Button look="quiet" onClick={() => setAsking(null)}>
                Keep asking
              </Button>
              <Button
                look="primary"
                busy={set.isPending}
                onClick={() => change({ kind: asking, confirm: true })}
              >
                Record without asking
              </Button>
            </>
          }
        >
          {set.isError && (
            <div role="alert" className="mb-3">
              <Note tone="bad">{describe(set.error)}</Note>
            </div>
          )}
          <p>
            {waiting(asking) === 0
              ? 'None is open now; it counts for those to come.'
              : `${waiting(asking)} open ${waiting(asking) === 1 ? 'one is' : 'ones are'} recorded at once.`}{' '}
            {kindHints[asking]}
          </p>
        </Dialog>
      )}
    </div>
  );
}
