import { type Account, type Instrument, instrumentLabel, type Portfolio } from '@plimsoll/domain';
import { formatDecimal, formatPrice } from '@plimsoll/kernel';
import type { AccountView, InstrumentView, PortfolioView } from '../views.ts';

export const accountView = ({
  id,
  name,
  currency,
  lotMethod,
  cash,
  fees,
  allowShort,
}: Account): AccountView => ({
  id,
  name,
  currency,
  lotMethod,
  cash,
  fees,
  allowShort,
});

export const portfolioView = ({
  id,
  name,
  currency,
  accountIds,
  benchmarkId,
}: Portfolio): PortfolioView => ({
  id,
  name,
  currency,
  accountIds: [...accountIds],
  benchmarkId: benchmarkId ?? null,
});

export const instrumentView = (instrument: Instrument): InstrumentView => ({
  id: instrument.id,
  kind: instrument.kind,
  label: instrumentLabel(instrument),
  name: instrument.name,
  currency: instrument.currency,
  multiplier: formatDecimal(instrument.multiplier),
  priceFactor: formatPrice(instrument.priceFactor),
  isin: instrument.isin ?? null,
  figi: instrument.figi ?? null,
  cusip: instrument.cusip ?? null,
  symbol: instrument.symbol ?? null,
  mic: instrument.mic ?? null,
  sector: instrument.sector ?? null,
  country: instrument.country ?? null,
  industryGroup: instrument.industryGroup ?? null,
  industry: instrument.industry ?? null,
  industryCode: instrument.industryCode ?? null,
  assetClass: instrument.assetClass ?? null,
  subClass: instrument.subClass ?? null,
  simulated: instrument.simulated,
});
