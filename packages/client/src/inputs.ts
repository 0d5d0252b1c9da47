import type {
  accountChange,
  columnMapping,
  explainQuery,
  holdingsQuery,
  importOptions,
  newAccount,
  newCorporateAction,
  newInstrument,
  newPortfolio,
  newPrices,
  newTransaction,
  newWorkspace,
  performanceQuery,
  posting,
  proposalDecisions,
  transactionQuery,
} from '@plimsoll/contracts';

/** What a caller gives to a schema: fields with a default may be left out. */
type Input<Schema extends { _zod: { input: unknown } }> = Schema['_zod']['input'];

export type NewWorkspace = Input<typeof newWorkspace>;
export type NewAccount = Input<typeof newAccount>;
export type AccountChange = Input<typeof accountChange>;
export type NewPortfolio = Input<typeof newPortfolio>;
export type NewInstrument = Input<typeof newInstrument>;
export type NewCorporateAction = Input<typeof newCorporateAction>;
export type ProposalDecisions = Input<typeof proposalDecisions>['decisions'];
export type NewPrices = Input<typeof newPrices>;
export type NewTransactionInput = Input<typeof newTransaction>;
export type HoldingsQuery = Input<typeof holdingsQuery>;
export type PerformanceQuery = Input<typeof performanceQuery>;
export type ExplainQuery = Input<typeof explainQuery>;
export type TransactionQuery = Partial<Input<typeof transactionQuery>>;
export type ImportChoices = Input<typeof importOptions>;
export type ColumnMapping = Input<typeof columnMapping>;
export type Posting = Input<typeof posting>;

/** A file as a form sends it. */
export interface UploadedFile {
  readonly name: string;
  readonly content: Blob;
}
