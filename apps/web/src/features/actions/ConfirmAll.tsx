import type { ActionProposal } from '@plimsoll/contracts';
import { tell, useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { describe, Note } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';
import { countByKind } from './action-words.ts';

/** The most that the server decides at once. */
const most = 1000;

interface ConfirmAllProps {
  /** Newest first. */
  readonly proposals: readonly ActionProposal[];
  readonly onClose: () => void;
}

/** Confirms many as they are reckoned, after saying how many and of what kind. */
export function ConfirmAll({ proposals, onClose }: ConfirmAllProps) {
  const confirm = useWrite(async ({ client }, ids: readonly string[]) => {
    let recorded = 0;
    for (let from = 0; from < ids.length; from += most) {
      const part = ids
        .slice(from, from + most)
        .map((id) => ({ id, decision: 'confirmed' as const }));
      recorded += (await client.decideProposals(part)).transactionIds.length;
    }
    return recorded;
  });
  const accounts = new Set(proposals.map(({ accountId }) => accountId)).size;
  const run = () =>
    tell(
      // Oldest first: what an action does to the units counts for those after it.
      confirm.mutateAsync(proposals.map(({ id }) => id).reverse()),
      (recorded) => {
        toast(
          `Confirmed: ${recorded} ${recorded === 1 ? 'transaction' : 'transactions'} recorded.`,
        );
        onClose();
      },
      // The dialog shows what was refused.
      () => undefined,
    );
  return (
    <Dialog
      title={`Confirm ${proposals.length} corporate actions?`}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" busy={confirm.isPending} onClick={run}>
            Confirm {proposals.length}
          </Button>
        </>
      }
    >
      {confirm.isError && (
        <div role="alert" className="mb-3">
          <Note tone="bad">{describe(confirm.error)}</Note>
        </div>
      )}
      <p>
        {countByKind(proposals)}, in {accounts} {accounts === 1 ? 'account' : 'accounts'}. They are
        recorded as reckoned; dividends without tax withheld.
      </p>
      <p className="mt-2 text-ink-2">
        Each transaction can be reversed in the list of transactions; its proposal is then open
        again.
      </p>
    </Dialog>
  );
}
