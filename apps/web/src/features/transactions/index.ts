export { readNumber } from './read-number.ts';
export { TransactionRows } from './TransactionRows.tsx';
export { entryForms, entryTypes, typeLabel } from './transaction-forms.ts';
