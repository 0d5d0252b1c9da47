import { type IncomeType, incomeTypes, type Transaction } from '@plimsoll/domain';
import { addDays, whole } from '@plimsoll/kernel';
import {
  anyAccount,
  anyCharges,
  anyCurrency,
  anySettlement,
  instrumentOf,
  otherCurrency,
  roughly,
  type Scene,
} from './scene.ts';

export function cashFlowStep(scene: Scene): Transaction {
  const type = scene.draw.chance(65) ? 'deposit' : 'withdrawal';
  return {
    ...scene.stamp(anyAccount(scene).id),
    type,
    amount: scene.draw.money(20_000),
    currency: anyCurrency(scene),
  };
}

export function cashTransferStep(scene: Scene): Transaction | null {
  const account = anyAccount(scene);
  const target = scene.draw.any(scene.accounts.filter(({ id }) => id !== account.id));
  if (!target) return null;
  return {
    ...scene.stamp(account.id),
    type: 'transfer',
    toAccountId: target.id,
    quantity: scene.draw.money(8_000),
    currency: anyCurrency(scene),
  };
}

const anyIncomeType = (scene: Scene): IncomeType => scene.draw.any(incomeTypes) ?? 'dividend';

/** Gross with charges beside it; a correction is negative; some is taken in units. */
export function incomeStep(scene: Scene): Transaction {
  const { draw } = scene;
  const holding = draw.chance(70) ? draw.any(scene.held.where((units) => units !== 0n)) : undefined;
  const accountId = holding?.accountId ?? anyAccount(scene).id;
  const currency = holding
    ? instrumentOf(scene, holding.instrumentId).currency
    : anyCurrency(scene);
  const amount = draw.money(400);
  const base = { ...scene.stamp(accountId), type: anyIncomeType(scene), currency };
  const of = holding ? { instrumentId: holding.instrumentId } : {};
  if (holding && draw.chance(30)) {
    const quantity = draw.quantity();
    scene.held.add(accountId, holding.instrumentId, quantity);
    const reinvested = { instrumentId: holding.instrumentId, quantity };
    return { ...base, ...of, amount, ...anyCharges(scene), reinvested };
  }
  const settled = anySettlement(scene, currency, amount);
  const charges = anyCharges(scene, settled.settlement);
  return { ...base, ...of, amount: draw.chance(12) ? -amount : amount, ...settled, ...charges };
}

export function expenseStep(scene: Scene): Transaction {
  const { draw } = scene;
  const holding = draw.chance(40) ? draw.any(scene.held.where((units) => units !== 0n)) : undefined;
  const amount = draw.money(60);
  return {
    ...scene.stamp(holding?.accountId ?? anyAccount(scene).id),
    type: draw.pick(['fee', 'tax', 'margin-interest'] as const),
    amount: draw.chance(20) ? -amount : amount,
    currency: anyCurrency(scene),
    ...(holding ? { instrumentId: holding.instrumentId } : {}),
  };
}

export function conversionStep(scene: Scene): Transaction {
  const currency = anyCurrency(scene);
  const amount = scene.draw.money(6_000);
  const into = otherCurrency(scene, currency);
  return {
    ...scene.stamp(anyAccount(scene).id),
    type: 'fx',
    sold: { currency, amount },
    bought: { currency: into, amount: roughly(scene, amount) },
    currency: scene.draw.pick([currency, into, anyCurrency(scene)]),
    ...anyCharges(scene),
  };
}

export function openingBalanceStep(scene: Scene): Transaction {
  const { draw } = scene;
  const account = anyAccount(scene);
  if (draw.chance(30)) {
    const amount = draw.money(5_000);
    const quantity = draw.chance(25) ? -amount : amount;
    return {
      ...scene.stamp(account.id),
      type: 'opening-balance',
      quantity,
      cost: 0n,
      currency: anyCurrency(scene),
    };
  }
  const instrument = draw.any(scene.instruments) ?? instrumentOf(scene, 'eur-share');
  const quantity = draw.quantity();
  scene.held.add(account.id, instrument.id, quantity);
  return {
    ...scene.stamp(account.id),
    type: 'opening-balance',
    instrumentId: instrument.id,
    quantity,
    cost: draw.chance(15) ? 0n : draw.money(4_000),
    currency: instrument.currency,
    ...(draw.chance(50) ? { openedOn: addDays(scene.effectiveAt, -draw.below(300)) } : {}),
  };
}

export function adjustmentStep(scene: Scene): Transaction {
  const { draw } = scene;
  const stamped = (accountId: string) => ({
    ...scene.stamp(accountId),
    type: 'adjustment' as const,
    reason: 'Differs from the statement',
  });
  const holding = draw.chance(60) ? draw.any(scene.held.where((units) => units > 0n)) : undefined;
  if (!holding) {
    const quantity = draw.chance(50) ? draw.money(300) : -draw.money(300);
    const account = anyAccount(scene);
    return { ...stamped(account.id), quantity, amount: 0n, currency: anyCurrency(scene) };
  }
  const { accountId, instrumentId } = holding;
  const taken = draw.partOf(scene.held.get(accountId, instrumentId));
  const quantity = draw.chance(50) ? -taken : whole(1 + draw.below(5));
  scene.held.add(accountId, instrumentId, quantity);
  return {
    ...stamped(accountId),
    instrumentId,
    quantity,
    amount: draw.chance(30) ? 0n : draw.money(500),
    currency: instrumentOf(scene, instrumentId).currency,
  };
}
