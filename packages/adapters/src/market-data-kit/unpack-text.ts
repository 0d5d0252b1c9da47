import { gunzipSync } from 'node:zlib';
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { decodeText, looksBinary } from '../importer-kit/index.ts';
import { unreadable } from './refusals.ts';

/** Price files larger than this on disk are refused before they are looked at. */
const maxFileBytes = 64 * 1024 * 1024;

/** A packed file may not unpack to more: a few kilobytes can claim to be gigabytes. */
const maxUnpackedBytes = 256 * 1024 * 1024;

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The text of a file, unpacked where it is gzip; refused by name where it is not text or too large. */
export function unpackText(
  name: string,
  bytes: Uint8Array,
  limit: number = maxUnpackedBytes,
): Result<string, MarketDataFault> {
  if (bytes.length > maxFileBytes) {
    return unreadable(name, `has ${bytes.length} bytes; at most ${maxFileBytes} are read.`);
  }
  const plain = isGzip(bytes) ? gunzip(name, bytes, limit) : ok(bytes);
  if (!plain.ok) return plain;
  if (looksBinary(plain.value)) {
    return unreadable(name, 'is not text. Unpack an archive, or save a workbook as CSV, first.');
  }
  return ok(decodeText(plain.value));
}

function gunzip(
  name: string,
  bytes: Uint8Array,
  limit: number,
): Result<Uint8Array, MarketDataFault> {
  try {
    return ok(gunzipSync(bytes, { maxOutputLength: limit }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      return unreadable(name, `unpacks to more than ${limit} bytes.`);
    }
    return unreadable(name, `is damaged and cannot be unpacked (${error.message}).`);
  }
}
