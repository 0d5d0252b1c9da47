import {
  assetClassOf,
  type BookValue,
  type ExposureFacts,
  type ExposureLine,
  type FundPart,
  groupExposure,
  type Instrument,
  instrumentLabel,
  lookThrough,
  sectorOf,
} from '@plimsoll/domain';
import { decimal, formatDecimal } from '@plimsoll/kernel';
import type { FundHoldings } from '@plimsoll/ports';
import { type ConstituentIndex, coveredBy } from './constituents.ts';
import type { ExposureQuery, ExposureView } from './reference-use-cases.ts';

/** What an exposure is worked out from. */
export interface ExposureParts {
  readonly value: BookValue;
  readonly currency: string;
  readonly at: string;
  /** Lists of holdings by the fund's id. */
  readonly funds: ReadonlyMap<string, FundHoldings>;
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly index: ConstituentIndex;
}

const sectorNamed = (text: string | undefined): string | null =>
  text === undefined || text === '' ? null : (sectorOf(text)?.name ?? text);

const factsOf = (instrument: Instrument): ExposureFacts => ({
  instrumentId: instrument.id,
  label: instrumentLabel(instrument),
  sector: sectorNamed(instrument.sector),
  country: instrument.country ?? null,
  currency: instrument.currency,
  assetClass: assetClassOf(instrument) ?? null,
});

/** What is held with its value in the base currency; cash by its currency. */
function linesOf({ value }: ExposureParts): readonly ExposureLine[] {
  const holdings = value.holdings.flatMap(({ instrument, baseValue }) =>
    baseValue === null ? [] : [{ ...factsOf(instrument), value: baseValue }],
  );
  const cash = value.cash.flatMap(({ currency, baseValue }) =>
    baseValue === null
      ? []
      : [
          {
            instrumentId: `cash:${currency}`,
            label: `${currency} cash`,
            sector: 'Cash',
            country: null,
            currency,
            assetClass: 'cash',
            value: baseValue,
          },
        ],
  );
  return [...holdings, ...cash];
}

/** The parts of a fund: what a list leaves out is taken from the instrument where it is known. */
const partsOf =
  ({ funds, index }: ExposureParts) =>
  ({ instrumentId }: ExposureFacts): readonly FundPart[] | undefined =>
    funds.get(instrumentId ?? '')?.constituents.map((one) => {
      const known = index.find(one);
      const facts = known && factsOf(known);
      return {
        instrumentId: known?.id ?? null,
        label: known ? instrumentLabel(known) : one.label,
        sector: sectorNamed(one.sector ?? undefined) ?? facts?.sector ?? null,
        country: one.country ?? facts?.country ?? null,
        currency: one.currency ?? facts?.currency ?? null,
        assetClass: one.assetClass ?? facts?.assetClass ?? null,
        weight: decimal(one.weight),
      };
    });

/** Exposure of what is held, funds looked through or not; rows add up to the value exactly. */
export function exposureView(
  parts: ExposureParts,
  { by, lookThrough: through }: ExposureQuery,
): ExposureView {
  const lines = linesOf(parts);
  const opened = lookThrough(lines, through ? partsOf(parts) : () => undefined);
  const rows = groupExposure(opened, by);
  const looked = [...parts.funds].filter(([id]) => through && parts.instruments.has(id));
  return {
    at: parts.at,
    baseCurrency: parts.currency,
    by,
    lookThrough: through,
    total: formatDecimal(lines.reduce((sum, { value }) => sum + value, 0n)),
    rows: rows.map(({ key, label, value, gross, through: within, share }) => ({
      key,
      label,
      value: formatDecimal(value),
      gross: formatDecimal(gross),
      through: formatDecimal(within),
      share: share === null ? null : formatDecimal(share),
    })),
    funds: looked.map(([id, holdings]) => ({
      label: labelOf(parts, id),
      asOf: holdings.asOf,
      covered: coveredBy(holdings),
    })),
    leftOut: [...parts.value.leftOut],
  };
}

const labelOf = ({ instruments }: ExposureParts, id: string): string => {
  const instrument = instruments.get(id);
  return instrument === undefined ? id : instrumentLabel(instrument);
};
