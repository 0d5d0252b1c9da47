export { decodeText, importFile, looksBinary, maxImportBytes } from './decode-text.ts';
export { defineImporter } from './define-importer.ts';
export { isFiat } from './fiat.ts';
export { inPounds, isPence, priceInPounds, quotedIn, wholeCurrency } from './pence.ts';
export {
  type CsvRecord,
  type CsvTable,
  type Delimiter,
  guessDelimiter,
  headHasHeader,
  readCsv,
  readRecords,
} from './read-csv.ts';
export { type DayFormat, readDay, type When, whenFields } from './read-day.ts';
export { type DecimalMark, markOf, readEither, readings } from './read-either.ts';
export { readNumber, readPrice } from './read-number.ts';
export {
  headerMissing,
  type Outcome,
  Reading,
  wholeFileRefused,
} from './reading.ts';
export { all, type Complaint, type Read, Row, refusedRow, rowsOf } from './row.ts';
