import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { marketProvidersQuery } from '../../data/market-queries.ts';
import { useScope } from '../../data/scope.ts';
import { Button } from '../../ui/Button.tsx';
import { useWork } from './use-work.ts';

/** Fetches for all that is held. Nothing to press where nobody could be asked. */
export function WorkButtons() {
  const providers = useQuery(marketProvidersQuery(useScope()));
  const { run, busy } = useWork();
  if (!providers.data?.providers.some(({ enabled }) => enabled)) return null;
  return (
    <>
      <Button busy={busy} onClick={() => run({ kind: 'backfill', instruments: [] })}>
        Back-fill all
      </Button>
      <Button look="primary" busy={busy} onClick={() => run({ kind: 'refresh', instruments: [] })}>
        <RotateCw size={15} aria-hidden /> Refresh all
      </Button>
    </>
  );
}
