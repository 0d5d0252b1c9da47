import type { Fault } from '@plimsoll/kernel';

/** Why a store cannot be opened or used, in words its owner can act on. */
export type StoreFault = Fault & {
  readonly code:
    | 'store.locked'
    | 'store.unknown-folder'
    | 'store.unfit-file-system'
    | 'store.not-durable'
    | 'store.needs-check'
    | 'store.unsafe-settings'
    | 'store.newer-schema'
    | 'store.changed-migration'
    | 'store.unavailable'
    | 'store.unknown-workspace'
    | 'store.invalid-cursor';
};

/** A refusal that ends the work at hand: the store is locked, unreachable, unfit or asked for what is not there. */
export class StoreRefusal extends Error {
  override readonly name = 'StoreRefusal';
  readonly fault: StoreFault;

  constructor(fault: StoreFault, options?: ErrorOptions) {
    super(fault.detail, options);
    this.fault = fault;
  }
}
