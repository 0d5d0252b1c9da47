// Written by `npm run gen` from the folders of this package. Do not edit.
import buyingPowerEntry from './buying-power/index.ts';
import dailyLossEntry from './daily-loss/index.ts';
import drawdownEntry from './drawdown/index.ts';
import grossEntry from './gross/index.ts';
import instrumentAllowedEntry from './instrument-allowed/index.ts';
import netEntry from './net/index.ts';
import orderValueEntry from './order-value/index.ts';
import ordersPerDayEntry from './orders-per-day/index.ts';
import positionEntry from './position/index.ts';
import positionsEntry from './positions/index.ts';
import priceCollarEntry from './price-collar/index.ts';
import sameOrdersEntry from './same-orders/index.ts';
import sectorEntry from './sector/index.ts';

/** All gates, by the order of their ids. */
export const gates = [
  buyingPowerEntry,
  dailyLossEntry,
  drawdownEntry,
  grossEntry,
  instrumentAllowedEntry,
  netEntry,
  orderValueEntry,
  ordersPerDayEntry,
  positionEntry,
  positionsEntry,
  priceCollarEntry,
  sameOrdersEntry,
  sectorEntry,
] as const;
