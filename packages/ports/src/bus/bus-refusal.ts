import type { Fault } from '@plimsoll/kernel';

/** Why a bus did not do what it was asked for, in words its owner can act on. */
export type BusFault = Fault & {
  readonly code:
    | 'bus.unavailable'
    | 'bus.too-large'
    | 'bus.invalid-address'
    | 'bus.invalid-name'
    | 'bus.closed';
};

/** A refusal that ends the call at hand. Its text never holds credentials. */
export class BusRefusal extends Error {
  override readonly name = 'BusRefusal';
  readonly fault: BusFault;

  constructor(fault: BusFault, options?: ErrorOptions) {
    super(fault.detail, options);
    this.fault = fault;
  }
}
