import type { ProposalDecisions } from '@plimsoll/client';
import type { DecidedReply } from '@plimsoll/contracts';
import { useScope } from '../../data/scope.ts';
import { tell, useWrite } from '../../data/use-write.ts';
import { describe } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';

export type ProposalDecision = ProposalDecisions[number];

/** Undoing reverses transactions one by one; more of them are undone where they are listed. */
const mostUndone = 20;

const recorded = (count: number) =>
  count === 0
    ? 'Confirmed.'
    : `Confirmed: ${count} ${count === 1 ? 'transaction' : 'transactions'} recorded.`;

/** Confirms, declines and reopens proposals, with the way back in the message. */
export function useDecide() {
  const scope = useScope();
  const write = useWrite(({ client }, decisions: ProposalDecisions) =>
    client.decideProposals(decisions),
  );
  const reverse = useWrite(async ({ client }, ids: readonly string[]) => {
    // The last one first, so that none is left standing on what is gone.
    for (const id of [...ids].reverse()) {
      await client.reverseTransaction(id, 'The corporate action was confirmed by mistake.');
    }
  });
  const failed = (error: Error) => toast(describe(error), { tone: 'bad' });
  const reopen = (ids: readonly string[]) =>
    tell(
      write.mutateAsync(ids.map((id) => ({ id, decision: 'reopened' }))),
      () => toast('It is open again.'),
      failed,
    );
  const takeBack = (ids: readonly string[]) =>
    tell(reverse.mutateAsync(ids), () => toast('Reversed. It is open again.'), failed);
  const undoOf = (decisions: ProposalDecisions, { transactionIds }: DecidedReply) => {
    const isDeclined = decisions[0]?.decision === 'declined';
    if (isDeclined) return () => reopen(decisions.map(({ id }) => id));
    if (transactionIds.length === 0 || transactionIds.length > mostUndone) return null;
    return () => takeBack(transactionIds);
  };
  const decide = (
    decisions: ProposalDecisions,
    more: { readonly onDone?: () => void; readonly onError?: (error: Error) => void } = {},
  ) =>
    tell(
      write.mutateAsync(decisions),
      (reply) => {
        const run = undoOf(decisions, reply);
        const text =
          decisions[0]?.decision === 'declined'
            ? 'Declined. Nothing is recorded.'
            : recorded(reply.transactionIds.length);
        toast(text, run ? { action: { label: 'Undo', run } } : {});
        more.onDone?.();
      },
      more.onError ?? failed,
    );
  return {
    workspace: scope.workspace,
    busy: write.isPending || reverse.isPending,
    error: write.error,
    decide,
    reopen,
  };
}
