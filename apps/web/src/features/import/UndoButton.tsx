import { useState } from 'react';
import { useWrite } from '../../data/use-write.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { describe, Note } from '../../ui/states.tsx';
import { toast } from '../../ui/toasts.tsx';

/** Takes an import back as one. It asks first, since what was built on it may change too. */
export function UndoButton({ id, rows }: { readonly id: string; readonly rows: number }) {
  const [asking, setAsking] = useState(false);
  const undo = useWrite((scope, _: null) => scope.client.undoImport(id));
  const confirm = () =>
    undo.mutate(null, {
      onSuccess: () => {
        setAsking(false);
        toast('The import is undone. The file can be imported again at any time.');
      },
    });
  return (
    <>
      <Button onClick={() => setAsking(true)}>Undo</Button>
      {asking && (
        <Dialog
          title="Undo this import?"
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button look="quiet" onClick={() => setAsking(false)}>
                Keep it
              </Button>
              <Button look="danger" busy={undo.isPending} onClick={confirm}>
                Undo the import
              </Button>
            </>
          }
        >
          {undo.isError && (
            <div role="alert" className="mb-3">
              <Note tone="bad">{describe(undo.error)}</Note>
            </div>
          )}
          <p>
            Its {rows} {rows === 1 ? 'transaction is' : 'transactions are'} reversed, and every
            figure is as it was before. The record keeps both. You can import the file again.
          </p>
        </Dialog>
      )}
    </>
  );
}
