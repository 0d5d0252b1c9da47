import type { Currency, Ratio, Transaction } from '@plimsoll/domain';
import { absolute, type Decimal, decimal, mulDiv, multiply, whole } from '@plimsoll/kernel';
import { accountOf, anyCharges, instrumentOf, type Scene, tradeCurrency } from './scene.ts';

const ratios: readonly [readonly [number, number], ...(readonly [number, number])[]] = [
  [2, 1],
  [10, 1],
  [3, 2],
  [7, 5],
  [1, 10],
  [1, 3],
  [1, 7],
];

const anyRatio = (scene: Scene): Ratio => {
  const [gained, given] = scene.draw.pick(ratios);
  return { new: whole(gained), old: whole(given) };
};

const ruled = (units: Decimal, ratio: Ratio): Decimal => mulDiv(units, ratio.new, ratio.old);
const fractionOf = (units: Decimal): Decimal => absolute(units) % whole(1);

const anyInLieu = (scene: Scene, currency: Currency) => ({
  cashInLieu: { amount: scene.draw.money(40), currency },
});

/** One split, recorded in one account or in each that holds the instrument. */
export function splitStep(scene: Scene): Transaction[] {
  const { draw, held } = scene;
  const first = draw.any(held.where((units) => units !== 0n));
  if (!scene.atOpen || !first) return [];
  const { instrumentId } = first;
  const ratio = anyRatio(scene);
  const type = draw.pick(['split', 'stock-dividend'] as const);
  const everywhere = draw.chance(60);
  const { currency } = instrumentOf(scene, instrumentId);
  return held
    .where((units) => units !== 0n)
    .filter((at) => at.instrumentId === instrumentId)
    .filter((at) => everywhere || at.accountId === first.accountId)
    .map(({ accountId }) => {
      const units = held.get(accountId, instrumentId);
      const after = ruled(units, ratio);
      const stated = after !== 0n && draw.chance(30);
      const inLieu = after > 0n && draw.chance(40);
      held.add(accountId, instrumentId, after - units - (inLieu ? fractionOf(after) : 0n));
      return {
        ...scene.stamp(accountId),
        type,
        instrumentId,
        ...(stated ? { added: after - units } : { ratio }),
        ...(inLieu ? anyInLieu(scene, currency) : {}),
      };
    });
}

const childIds = ['chf-child', 'usd-child', 'usd-share'] as const;

export function spinOffStep(scene: Scene): Transaction | null {
  const { draw, held } = scene;
  const parent = draw.any(held.where((units) => units > 0n));
  if (!scene.atOpen || !parent) return null;
  const { accountId, instrumentId } = parent;
  const childId = draw.pick(childIds);
  if (childId === instrumentId) return null;
  const quantity = draw.quantity();
  held.add(accountId, childId, quantity);
  const costShare = draw.pick([0n, whole(1), decimal('0.2371'), draw.dust(whole(1))]);
  return {
    ...scene.stamp(accountId),
    type: 'spin-off',
    instrumentId,
    childId,
    quantity,
    costShare,
  };
}

export function exchangeStep(scene: Scene): Transaction | null {
  const { draw, held } = scene;
  const from = draw.any(held.where((units) => units !== 0n));
  if (!scene.atOpen || !from) return null;
  const { accountId, instrumentId } = from;
  const intoId = draw.pick(childIds);
  if (intoId === instrumentId) return null;
  const ratio = anyRatio(scene);
  const units = held.get(accountId, instrumentId);
  const got = ruled(units, ratio);
  const boot = draw.chance(50);
  const inLieu = got > 0n && held.get(accountId, intoId) >= 0n && draw.chance(40);
  held.add(accountId, instrumentId, -units);
  held.add(accountId, intoId, got - (inLieu ? fractionOf(got) : 0n));
  const currency = tradeCurrency(scene, instrumentOf(scene, instrumentId));
  return {
    ...scene.stamp(accountId),
    type: draw.pick(['merger', 'symbol-change'] as const),
    instrumentId,
    intoId,
    ratio,
    ...(boot ? { boot: { amount: draw.money(900), currency } } : {}),
    ...(inLieu ? anyInLieu(scene, currency) : {}),
  };
}

export function returnOfCapitalStep(scene: Scene): Transaction | null {
  const at = scene.draw.any(scene.held.where((units) => units > 0n));
  if (!scene.atOpen || !at) return null;
  const currency = tradeCurrency(scene, instrumentOf(scene, at.instrumentId));
  return {
    ...scene.stamp(at.accountId),
    type: 'return-of-capital',
    instrumentId: at.instrumentId,
    amount: scene.draw.money(1_500),
    currency,
  };
}

export function delistingStep(scene: Scene): Transaction | null {
  const at = scene.draw.any(scene.held.where((units) => units !== 0n));
  if (!scene.atOpen || !at) return null;
  const { accountId, instrumentId } = at;
  scene.held.add(accountId, instrumentId, -scene.held.get(accountId, instrumentId));
  return {
    ...scene.stamp(accountId),
    type: 'delisting',
    instrumentId,
    amount: scene.draw.chance(50) ? 0n : scene.draw.money(700),
    currency: instrumentOf(scene, instrumentId).currency,
  };
}

/** Exercise of what we hold, assignment of what we wrote, expiry of either. */
export function optionStep(scene: Scene): Transaction | null {
  const { draw, held } = scene;
  const at = draw.any(
    held
      .where((units) => units !== 0n)
      .filter(({ instrumentId }) => instrumentOf(scene, instrumentId).option),
  );
  if (!at) return null;
  const { accountId, instrumentId } = at;
  const units = held.get(accountId, instrumentId);
  const long = units > 0n;
  if (!long && scene.unordered && !scene.firstOfDay) return null;
  const instrument = instrumentOf(scene, instrumentId);
  const quantity = draw.partOf(absolute(units));
  const sign = long ? -1n : 1n;
  const stamped = {
    ...scene.stamp(accountId),
    instrumentId,
    quantity,
    currency: instrument.currency,
    ...anyCharges(scene),
  };
  const underlyingId = instrument.option?.underlyingId ?? '';
  const moved = multiply(quantity, instrument.multiplier);
  const comes = (instrument.option?.right === 'call') === long;
  const covered = held.get(accountId, underlyingId) >= moved;
  // On an unordered day a delivery into a short would come before sales that were made earlier.
  const mayShort = accountOf(scene, accountId).allowShort && (!scene.unordered || scene.firstOfDay);
  const enough = comes || covered || mayShort;
  if (!long) scene.endDay();
  held.add(accountId, instrumentId, sign * quantity);
  if (!enough || draw.chance(35)) return { ...stamped, type: 'option-expiry' };
  held.add(accountId, underlyingId, comes ? moved : -moved);
  return { ...stamped, type: long ? 'option-exercise' : 'option-assignment' };
}
