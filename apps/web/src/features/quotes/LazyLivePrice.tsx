import { lazy, Suspense } from 'react';
import type { LivePriceProps } from './LivePrice.tsx';

const Shown = lazy(() =>
  import('./LivePrice.tsx').then((module) => ({ default: module.LivePrice })),
);

/** A live price, whose code comes after the page: what counts is there first. */
export function LivePrice(props: LivePriceProps) {
  return (
    <Suspense fallback={null}>
      <Shown {...props} />
    </Suspense>
  );
}
