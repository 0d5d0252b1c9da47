/** Where an order can be in its life. */
export const orderStates = [
  'draft',
  'pending_approval',
  'approved',
  'submitted',
  'accepted',
  'partially_filled',
  'pending_cancel',
  'pending_replace',
  'filled',
  'cancelled',
  'rejected',
  'expired',
] as const;

export type OrderState = (typeof orderStates)[number];

/** The states that may follow each; an order in a state that none follows is done. */
const following: Readonly<Record<OrderState, readonly OrderState[]>> = {
  draft: ['pending_approval', 'approved', 'cancelled', 'rejected', 'expired'],
  pending_approval: ['approved', 'cancelled', 'rejected', 'expired'],
  approved: ['submitted', 'cancelled', 'rejected', 'expired'],
  // A broker may fill an order before its acceptance is heard of.
  submitted: [
    'accepted',
    'partially_filled',
    'filled',
    'pending_cancel',
    'cancelled',
    'rejected',
    'expired',
  ],
  accepted: [
    'partially_filled',
    'filled',
    'pending_cancel',
    'pending_replace',
    'cancelled',
    'rejected',
    'expired',
  ],
  partially_filled: [
    'partially_filled',
    'filled',
    'pending_cancel',
    'pending_replace',
    'cancelled',
    'expired',
  ],
  // A fill may cross a request on its way, and a request may be turned down.
  pending_cancel: ['accepted', 'partially_filled', 'filled', 'cancelled', 'expired'],
  pending_replace: [
    'accepted',
    'partially_filled',
    'filled',
    'pending_cancel',
    'cancelled',
    'expired',
  ],
  filled: [],
  cancelled: [],
  rejected: [],
  expired: [],
};

/** Whether an order may go from one state to the other. */
export const mayFollow = (from: OrderState, to: OrderState): boolean =>
  following[from].includes(to);

/** Whether nothing can happen to an order in this state any more. */
export const isDone = (state: OrderState): boolean => following[state].length === 0;
