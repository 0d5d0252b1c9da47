import type { Fault } from '@plimsoll/kernel';

/** Why a file could not be kept or had, in words its owner can act on. */
export type ObjectFault = Fault & {
  readonly code:
    | 'objects.invalid-name'
    /** The file is there and is not the one that was kept. */
    | 'objects.damaged'
    /** The file is listed and not there. */
    | 'objects.missing'
    /** The disk or the server does not answer as it should. */
    | 'objects.unavailable'
    | 'objects.unauthorised';
};

/** A refusal that ends the work at hand: kept files cannot be had, or are not what was kept. */
export class ObjectRefusal extends Error {
  override readonly name = 'ObjectRefusal';
  readonly fault: ObjectFault;

  constructor(fault: ObjectFault, options?: ErrorOptions) {
    super(fault.detail, options);
    this.fault = fault;
  }
}
