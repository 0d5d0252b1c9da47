export { bookSnapshot } from './book-snapshot.ts';
export { Draw } from './draw.ts';
export {
  foldByHand,
  type HandResult,
  type HandRow,
  type HandSetting,
  handAccount,
  handOptions,
  handTransactions,
} from './hand-ledger.ts';
export { freePort, type OwnServer, ownServer } from './own-server.ts';
export { sampleAccounts } from './sample-accounts.ts';
export { sampleCurrencies, sampleInstruments } from './sample-instruments.ts';
export { samplePrices, sampleRates } from './sample-market.ts';
export { anyWorld, buildWorld, type SampleWorld, sampleOptions } from './sample-world.ts';
