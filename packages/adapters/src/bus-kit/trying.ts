import type { BusSubscription, Delivery } from '@plimsoll/ports';
import { reasonOf } from './refusals.ts';

const longestWaitMs = 60_000;

/** How long to wait before the next try, after `attempt` of them failed. */
export const retryDelayMs = ({ retryAfterMs = 250 }: BusSubscription, attempt: number): number =>
  Math.min(longestWaitMs, retryAfterMs * 2 ** Math.min(20, attempt - 1));

/**
 * One try of a message of a group: handles it, or at its last attempt has it given up. Answers whether
 * it is done with.
 */
export async function tried(
  subscription: BusSubscription,
  delivery: Delivery,
  handle: (delivery: Delivery) => Promise<void>,
): Promise<boolean> {
  try {
    await handle(delivery);
    return true;
  } catch (error) {
    const { attempts = 8, onDead } = subscription;
    if (delivery.attempt < attempts || onDead === undefined) return false;
    return givenUp(onDead(delivery, reasonOf(error)));
  }
}

/** Whether the dead letter was taken; if not, the message is tried again and comes back to it. */
async function givenUp(taking: Promise<void>): Promise<boolean> {
  return taking.then(
    () => true,
    () => false,
  );
}

/** A message of a broadcast: handled once, or handed on with the reason. Never rejects. */
export async function triedOnce(
  { onDead }: BusSubscription,
  delivery: Delivery,
  handle: (delivery: Delivery) => Promise<void>,
  onTrouble: (detail: string) => void,
): Promise<void> {
  try {
    await handle(delivery);
  } catch (error) {
    const reason = reasonOf(error);
    if (onDead !== undefined && (await givenUp(onDead(delivery, reason)))) return;
    onTrouble(`A subscriber to ${delivery.topic} did not take ${delivery.id}: ${reason}`);
  }
}
