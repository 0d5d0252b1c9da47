export { HoldingsTable } from './HoldingsTable.tsx';
