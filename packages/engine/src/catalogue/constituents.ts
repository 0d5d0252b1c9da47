import { assetClassNamed, type Instrument, instrumentLabel, sectorOf } from '@plimsoll/domain';
import { type Day, formatDecimal, ok, parseDecimal, type Result } from '@plimsoll/kernel';
import type { Constituent, FundHoldings, UnitOfWork } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import type { ConstituentsView, NewConstituents } from './reference-use-cases.ts';

/** Instruments by what lists of holdings call them: ISIN, then symbol and venue, then symbol. */
export class ConstituentIndex {
  readonly #byKey = new Map<string, Instrument>();

  /** Those named first are found before later ones. */
  constructor(instruments: Iterable<Instrument>) {
    for (const instrument of instruments) {
      const { isin, symbol, mic, currency } = instrument;
      const keys = [
        isin && `isin:${isin}`,
        symbol && mic && `symbol:${symbol}@${mic}`,
        symbol && `symbol:${symbol}:${currency}`,
      ];
      for (const key of keys) if (key && !this.#byKey.has(key)) this.#byKey.set(key, instrument);
    }
  }

  /** A symbol alone names many things over the world: its currency must be that of the instrument. */
  find({ isin, symbol, mic, currency }: Constituent): Instrument | undefined {
    const keys = [
      isin && `isin:${isin}`,
      symbol && mic && `symbol:${symbol}@${mic}`,
      symbol && currency && `symbol:${symbol}:${currency}`,
    ];
    for (const key of keys) {
      const found = key ? this.#byKey.get(key) : undefined;
      const isOther = isin && found?.isin !== undefined && found.isin !== isin;
      if (found !== undefined && !isOther) return found;
    }
    return undefined;
  }
}

const total = (constituents: readonly Constituent[]): string => {
  const sum = constituents.reduce((all, { weight }) => {
    const read = parseDecimal(weight);
    return all + (read.ok ? read.value : 0n);
  }, 0n);
  return formatDecimal(sum);
};

/** Sum of the weights of a list, exact. */
export const coveredBy = ({ constituents }: FundHoldings): string => total(constituents);

export const constituentsView = (
  fund: Instrument,
  holdings: FundHoldings | undefined,
  index: ConstituentIndex,
): ConstituentsView => ({
  fundId: fund.id,
  label: instrumentLabel(fund),
  asOf: holdings?.asOf ?? null,
  source: holdings?.source ?? null,
  covered: total(holdings?.constituents ?? []),
  constituents: (holdings?.constituents ?? []).map((one) => ({
    ...one,
    instrumentId: index.find(one)?.id ?? null,
  })),
});

/** Keeps a list of holdings entered by hand. */
export async function saveConstituents(
  unit: UnitOfWork,
  fundId: string,
  { asOf, constituents }: NewConstituents,
): Promise<Result<null, EngineFault>> {
  const read: Constituent[] = [];
  for (const one of constituents) {
    const weight = parseDecimal(one.weight);
    if (!weight.ok)
      return fault('request.invalid', `weight of ${one.label}: ${weight.fault.detail}`);
    read.push({
      isin: one.isin ?? null,
      symbol: one.symbol ?? null,
      mic: one.mic ?? null,
      label: one.label,
      weight: formatDecimal(weight.value),
      sector: sectorOf(one.sector ?? '')?.name ?? one.sector ?? null,
      country: one.country ?? null,
      currency: one.currency ?? null,
      assetClass: assetClassNamed(one.assetClass ?? '') ?? null,
    });
  }
  await unit.reference.saveHoldings({ fundId, asOf, constituents: read, source: 'by hand' });
  return ok(null);
}

/** The newest lists of funds by the fund's own id, its own before that of its listing. */
export async function holdingsOf(
  unit: UnitOfWork,
  fundIds: readonly string[],
  on: Day,
): Promise<ReadonlyMap<string, FundHoldings>> {
  const links = new Map(
    (await unit.links.links()).flatMap(({ instrumentId, listingId }) =>
      listingId === null ? [] : [[instrumentId, listingId] as const],
    ),
  );
  const ids = [...new Set(fundIds.flatMap((id) => [id, links.get(id) ?? id]))];
  const byId = new Map((await unit.reference.holdings(ids, on)).map((one) => [one.fundId, one]));
  return new Map(
    fundIds.flatMap((id) => {
      const found = byId.get(id) ?? byId.get(links.get(id) ?? id);
      return found === undefined ? [] : [[id, found] as const];
    }),
  );
}
