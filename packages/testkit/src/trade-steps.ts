import type { LotChoice, Transaction } from '@plimsoll/domain';
import { addDays, type Decimal, least, pricePer } from '@plimsoll/kernel';
import {
  accountOf,
  anyAccount,
  anyCharges,
  anySettlement,
  instrumentOf,
  type Scene,
  tradeCurrency,
} from './scene.ts';

const anyInstrument = (scene: Scene) => {
  const found = scene.draw.any(scene.instruments);
  return found ?? instrumentOf(scene, 'eur-share');
};

/** Price, accrued interest, settlement and charges of a trade. */
function tradeMoney(scene: Scene, instrumentId: string, quantity: Decimal) {
  const { draw } = scene;
  const instrument = instrumentOf(scene, instrumentId);
  const currency = tradeCurrency(scene, instrument);
  const amount = draw.chance(5) ? 0n : draw.money(5_000);
  const settled = anySettlement(scene, currency, amount);
  return {
    amount,
    currency,
    ...(draw.chance(50) ? { price: pricePer(amount, quantity) } : {}),
    ...(instrument.kind === 'bond' && draw.chance(60) ? { accrued: draw.money(30) } : {}),
    ...settled,
    ...anyCharges(scene, settled.settlement),
  };
}

export function buyStep(scene: Scene): Transaction {
  const account = anyAccount(scene);
  const instrumentId = anyInstrument(scene).id;
  const quantity = scene.draw.quantity();
  scene.held.add(account.id, instrumentId, quantity);
  const money = tradeMoney(scene, instrumentId, quantity);
  return { ...scene.stamp(account.id), type: 'buy', instrumentId, quantity, ...money };
}

/** Choices among the lots open at the close before; the day ends so that nothing else takes them. */
function anyLots(
  scene: Scene,
  accountId: string,
  instrumentId: string,
  most: Decimal,
): { lots?: readonly LotChoice[] } {
  if (!scene.firstOfDay || !scene.draw.chance(35)) return {};
  const open = new Map<string, Decimal>();
  for (const lot of scene.before.holding(accountId, instrumentId).lots) {
    if (lot.quantity > 0n) {
      open.set(lot.openedBy, (open.get(lot.openedBy) ?? 0n) + lot.quantity);
    }
  }
  const lots: LotChoice[] = [];
  let left = most;
  for (const [openedBy, quantity] of [...open].reverse()) {
    if (left <= 0n || !scene.draw.chance(60)) continue;
    const chosen = scene.draw.partOf(least(quantity, left));
    lots.push({ openedBy, quantity: chosen });
    left -= chosen;
  }
  scene.endDay();
  return lots.length > 0 ? { lots } : {};
}

export function sellStep(scene: Scene): Transaction | null {
  const from = scene.draw.any(scene.held.where((units) => units > 0n));
  if (!from) return null;
  const { accountId, instrumentId } = from;
  const units = scene.held.get(accountId, instrumentId);
  const through = accountOf(scene, accountId).allowShort && scene.draw.chance(25);
  const quantity = through ? units + scene.draw.quantity() : scene.draw.partOf(units);
  scene.held.add(accountId, instrumentId, -quantity);
  const money = tradeMoney(scene, instrumentId, quantity);
  const lots = anyLots(scene, accountId, instrumentId, least(quantity, units));
  return { ...scene.stamp(accountId), type: 'sell', instrumentId, quantity, ...money, ...lots };
}

export function shortStep(scene: Scene): Transaction | null {
  const account = scene.draw.any(scene.accounts.filter((candidate) => candidate.allowShort));
  if (!account) return null;
  const instrumentId = anyInstrument(scene).id;
  const quantity = scene.draw.quantity();
  scene.held.add(account.id, instrumentId, -quantity);
  const money = tradeMoney(scene, instrumentId, quantity);
  return { ...scene.stamp(account.id), type: 'short', instrumentId, quantity, ...money };
}

export function coverStep(scene: Scene): Transaction | null {
  if (scene.unordered && !scene.firstOfDay) return null;
  const from = scene.draw.any(scene.held.where((units) => units < 0n));
  if (!from) return null;
  const { accountId, instrumentId } = from;
  const quantity = scene.draw.partOf(-scene.held.get(accountId, instrumentId));
  scene.held.add(accountId, instrumentId, quantity);
  const money = tradeMoney(scene, instrumentId, quantity);
  return { ...scene.stamp(accountId), type: 'cover', instrumentId, quantity, ...money };
}

export function redemptionStep(scene: Scene): Transaction | null {
  const from = scene.draw.any(scene.held.where((units) => units > 0n));
  if (!from) return null;
  const { accountId, instrumentId } = from;
  const type = scene.draw.pick(['redemption', 'amortisation'] as const);
  const units = scene.held.get(accountId, instrumentId);
  const quantity = type === 'redemption' ? units : scene.draw.partOf(units);
  scene.held.add(accountId, instrumentId, -quantity);
  const money = tradeMoney(scene, instrumentId, quantity);
  return { ...scene.stamp(accountId), type, instrumentId, quantity, ...money };
}

export function deliveryInStep(scene: Scene): Transaction {
  const account = anyAccount(scene);
  const instrumentId = anyInstrument(scene).id;
  const { draw } = scene;
  const quantity = draw.quantity();
  scene.held.add(account.id, instrumentId, quantity);
  const { accrued: _, price: __, amount, ...money } = tradeMoney(scene, instrumentId, quantity);
  return {
    ...scene.stamp(account.id),
    type: 'delivery-in',
    instrumentId,
    quantity,
    ...money,
    ...(draw.chance(60) || money.settlement ? { amount } : {}),
    ...(draw.chance(50) ? { cost: draw.money(4_000) } : {}),
    ...(draw.chance(50) ? { openedOn: addDays(scene.effectiveAt, -draw.below(300)) } : {}),
  };
}

export function deliveryOutStep(scene: Scene): Transaction | null {
  const from = scene.draw.any(scene.held.where((units) => units > 0n));
  if (!from) return null;
  const { accountId, instrumentId } = from;
  const units = scene.held.get(accountId, instrumentId);
  const quantity = scene.draw.partOf(units);
  scene.held.add(accountId, instrumentId, -quantity);
  const { accrued: _, price: __, amount, ...money } = tradeMoney(scene, instrumentId, quantity);
  return {
    ...scene.stamp(accountId),
    type: 'delivery-out',
    instrumentId,
    quantity,
    ...money,
    ...(scene.draw.chance(60) || money.settlement ? { amount } : {}),
    ...anyLots(scene, accountId, instrumentId, quantity),
  };
}

export function transferStep(scene: Scene): Transaction | null {
  const from = scene.draw.any(scene.held.where((units) => units > 0n));
  if (!from) return null;
  const { accountId, instrumentId } = from;
  const target = scene.draw.any(scene.accounts.filter((account) => account.id !== accountId));
  if (!target) return null;
  const units = scene.held.get(accountId, instrumentId);
  const quantity = scene.draw.partOf(units);
  scene.held.add(accountId, instrumentId, -quantity);
  scene.held.add(target.id, instrumentId, quantity);
  return {
    ...scene.stamp(accountId),
    type: 'transfer',
    toAccountId: target.id,
    instrumentId,
    quantity,
    currency: tradeCurrency(scene, instrumentOf(scene, instrumentId)),
    ...(scene.draw.chance(40) ? { worth: scene.draw.money(3_000) } : {}),
    ...anyLots(scene, accountId, instrumentId, quantity),
  };
}
