import { useQuery } from '@tanstack/react-query';
import { marketProvidersQuery, marketStatusQuery } from '../../data/market-queries.ts';
import { useScope } from '../../data/scope.ts';
import { Failure, Skeleton } from '../../ui/states.tsx';
import { PriceStates } from './PriceStates.tsx';
import { Providers } from './Providers.tsx';

/** Who is asked for prices, and how old those of each instrument are. */
export function Prices() {
  const scope = useScope();
  const providers = useQuery(marketProvidersQuery(scope));
  const status = useQuery(marketStatusQuery(scope));
  const failed = [providers, status].find(({ isError }) => isError);
  if (failed?.error) {
    return (
      <Failure
        error={failed.error}
        what="The state of the prices could not be fetched"
        onRetry={() => Promise.all([providers.refetch(), status.refetch()])}
      />
    );
  }
  if (!providers.data || !status.data) {
    return (
      <div role="status" aria-label="Fetching the state of the prices">
        <Skeleton className="h-40 w-full mb-9" />
        <Skeleton className="h-80 w-full" />
      </div>
    );
  }
  return (
    <div className="space-y-10">
      <Providers reply={providers.data} health={status.data.providers} />
      <PriceStates prices={status.data.prices} />
    </div>
  );
}
