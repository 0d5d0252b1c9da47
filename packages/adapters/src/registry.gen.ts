// Written by `npm run gen` from the folders of this package. Do not edit.
import importerBitvavo from './importer/bitvavo/index.ts';
import importerBunq from './importer/bunq/index.ts';
import importerBux from './importer/bux/index.ts';
import importerCentraalBeheer from './importer/centraal-beheer/index.ts';
import importerCharlesSchwab from './importer/charles-schwab/index.ts';
import importerCoinbase from './importer/coinbase/index.ts';
import importerDegiro from './importer/degiro/index.ts';
import importerEtoro from './importer/etoro/index.ts';
import importerFreetrade from './importer/freetrade/index.ts';
import importerGeneric from './importer/generic/index.ts';
import importerGhostfolioJson from './importer/ghostfolio-json/index.ts';
import importerIbkrCsv from './importer/ibkr-csv/index.ts';
import importerIbkrFlexXml from './importer/ibkr-flex-xml/index.ts';
import importerMappedCsv from './importer/mapped-csv/index.ts';
import importerNexo from './importer/nexo/index.ts';
import importerNibc from './importer/nibc/index.ts';
import importerOfx from './importer/ofx/index.ts';
import importerParqet from './importer/parqet/index.ts';
import importerPlimsollCsv from './importer/plimsoll-csv/index.ts';
import importerPortfolioPerformanceCsv from './importer/portfolio-performance-csv/index.ts';
import importerQif from './importer/qif/index.ts';
import importerRevolut from './importer/revolut/index.ts';
import importerSaxo from './importer/saxo/index.ts';
import importerScalableCapital from './importer/scalable-capital/index.ts';
import importerSwissquote from './importer/swissquote/index.ts';
import importerTradeRepublic from './importer/trade-republic/index.ts';
import importerTrading212 from './importer/trading-212/index.ts';
import importerTrine from './importer/trine/index.ts';
import importerXtb from './importer/xtb/index.ts';
import marketDataAlpaca from './market-data/alpaca/index.ts';
import marketDataAlphaVantage from './market-data/alpha-vantage/index.ts';
import marketDataBinance from './market-data/binance/index.ts';
import marketDataCoingecko from './market-data/coingecko/index.ts';
import marketDataCsvFolder from './market-data/csv-folder/index.ts';
import marketDataEcb from './market-data/ecb/index.ts';
import marketDataFinnhub from './market-data/finnhub/index.ts';
import marketDataFred from './market-data/fred/index.ts';
import marketDataPolygon from './market-data/polygon/index.ts';
import marketDataSimulated from './market-data/simulated/index.ts';
import marketDataStooq from './market-data/stooq/index.ts';
import marketDataTiingo from './market-data/tiingo/index.ts';
import marketDataUpstox from './market-data/upstox/index.ts';
import marketDataYahoo from './market-data/yahoo/index.ts';

/** Every importer adapter, by id. */
export const importerAdapters = {
  bitvavo: importerBitvavo,
  bunq: importerBunq,
  bux: importerBux,
  'centraal-beheer': importerCentraalBeheer,
  'charles-schwab': importerCharlesSchwab,
  coinbase: importerCoinbase,
  degiro: importerDegiro,
  etoro: importerEtoro,
  freetrade: importerFreetrade,
  generic: importerGeneric,
  'ghostfolio-json': importerGhostfolioJson,
  'ibkr-csv': importerIbkrCsv,
  'ibkr-flex-xml': importerIbkrFlexXml,
  'mapped-csv': importerMappedCsv,
  nexo: importerNexo,
  nibc: importerNibc,
  ofx: importerOfx,
  parqet: importerParqet,
  'plimsoll-csv': importerPlimsollCsv,
  'portfolio-performance-csv': importerPortfolioPerformanceCsv,
  qif: importerQif,
  revolut: importerRevolut,
  saxo: importerSaxo,
  'scalable-capital': importerScalableCapital,
  swissquote: importerSwissquote,
  'trade-republic': importerTradeRepublic,
  'trading-212': importerTrading212,
  trine: importerTrine,
  xtb: importerXtb,
} as const;

/** Every market-data adapter, by id. */
export const marketDataAdapters = {
  alpaca: marketDataAlpaca,
  'alpha-vantage': marketDataAlphaVantage,
  binance: marketDataBinance,
  coingecko: marketDataCoingecko,
  'csv-folder': marketDataCsvFolder,
  ecb: marketDataEcb,
  finnhub: marketDataFinnhub,
  fred: marketDataFred,
  polygon: marketDataPolygon,
  simulated: marketDataSimulated,
  stooq: marketDataStooq,
  tiingo: marketDataTiingo,
  upstox: marketDataUpstox,
  yahoo: marketDataYahoo,
} as const;
