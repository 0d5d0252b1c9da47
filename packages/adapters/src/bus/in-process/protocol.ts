import type { BusFault, BusHealth, BusMessage, BusSubscription, Delivery } from '@plimsoll/ports';

/** A subscription as far as it crosses between threads. */
export interface SentSubscription extends Omit<BusSubscription, 'onDead'> {
  readonly takesDead: boolean;
}

/** What a thread asks of the thread that has the bus. */
export type Request =
  | { readonly kind: 'publish'; readonly messages: readonly BusMessage[] }
  | { readonly kind: 'subscribe'; readonly number: number; readonly subscription: SentSubscription }
  | { readonly kind: 'stop'; readonly number: number }
  | {
      readonly kind: 'replay';
      readonly number: number;
      readonly topics: readonly string[];
      readonly since: string;
    }
  | { readonly kind: 'health' };

/** What the thread that has the bus asks of a thread: take this message. */
export interface Take {
  readonly kind: 'take';
  /** Of the subscription or the replay. */
  readonly number: number;
  readonly delivery: Delivery;
  /** Given where it is a dead letter. */
  readonly reason: string | null;
}

export type Answer =
  | { readonly ok: true; readonly value: BusHealth | null }
  | { readonly ok: false; readonly fault: BusFault | null; readonly reason: string };

/** One side asks under a number of its own, the other answers under the same. */
export type Parcel<Asked> =
  | { readonly kind: 'asks'; readonly id: number; readonly asked: Asked }
  | { readonly kind: 'answers'; readonly id: number; readonly answer: Answer };
