import type { Decimal } from '@plimsoll/kernel';

/** Why a transaction cannot be part of the ledger. */
export type LedgerFault =
  | {
      readonly code: 'ledger.not-held';
      readonly detail: string;
      readonly transactionId: string;
      readonly accountId: string;
      readonly instrumentId: string;
      readonly effectiveAt: string;
      readonly wanted: Decimal;
      readonly held: Decimal;
    }
  | {
      readonly code: 'transaction.invalid';
      readonly detail: string;
      readonly transactionId: string;
      /** The member at fault, `quantity`. */
      readonly member: string;
    };
