import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { marketProvidersQuery, marketStatusQuery } from '../../data/market-queries.ts';
import { useScope } from '../../data/scope.ts';
import { Button } from '../../ui/Button.tsx';
import { useWork } from './use-work.ts';

/** Fetches for all that is held. Nothing to press where nobody could be asked, or for nothing. */
export function WorkButtons() {
  const scope = useScope();
  const providers = useQuery(marketProvidersQuery(scope));
  const status = useQuery(marketStatusQuery(scope));
  const { run, busy } = useWork();
  const canAsk = providers.data?.providers.some(({ enabled }) => enabled) ?? false;
  if (!canAsk || (status.data?.prices.length ?? 0) === 0) return null;
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
