import type { StoreConnection } from '@plimsoll/adapters/database';
import type { LiveNews } from '@plimsoll/engine';

/** What the main thread says to the thread of live quotes. */
export type LiveOrder =
  | {
      readonly kind: 'start';
      readonly store: StoreConnection;
      readonly ticks: StoreConnection;
      readonly dataFolder: string;
      /** The workspace of the simulated market, where somebody has looked at it. */
      readonly demo: string | null;
    }
  /** Somebody looks at the demo workspace. */
  | { readonly kind: 'demo'; readonly workspace: string }
  | { readonly kind: 'close' };

/** What it says to the main thread. */
export type LiveWord =
  | LiveNews
  /** No provider of quotes is turned on: it ends. */
  | { readonly kind: 'idle' }
  /** The settings have changed so that it had better be started anew: it ends. */
  | { readonly kind: 'again' };
