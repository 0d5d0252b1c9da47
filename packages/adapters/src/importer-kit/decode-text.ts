import type { ImportFile } from '@plimsoll/ports';

/** Larger files are refused before they are looked at. */
export const maxImportBytes = 64 * 1024 * 1024;

const bytesToJudgeBy = 4096;

/** UTF-16 text without a mark has a zero in every other byte wherever it writes plain letters. */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const head = bytes.subarray(0, bytesToJudgeBy & ~1);
  let evenZeros = 0;
  let oddZeros = 0;
  for (let at = 0; at + 1 < head.length; at += 2) {
    if (head[at] === 0) evenZeros++;
    if (head[at + 1] === 0) oddZeros++;
  }
  const most = head.length * 0.4;
  if (head.length < 4) return undefined;
  if (oddZeros >= most && evenZeros === 0) return 'utf-16le';
  if (evenZeros >= most && oddZeros === 0) return 'utf-16be';
  return undefined;
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return unmarkedUtf16(bytes) ?? 'utf-8';
}

/**
 * The bytes as text: byte order mark removed; UTF-8, UTF-16 and, for what is not valid UTF-8,
 * Windows-1252, in which every byte means something.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  if (encoding !== 'utf-8') return new TextDecoder(encoding).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: the only other encoding that brokers' exports are seen in.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const signatures = ['%PDF-', 'PK\u0003\u0004', '\u001f\u008b', '\u0089PNG', 'ÐÏ\u0011à', 'PAR1'];

const isStray = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32 && byte !== 27);

/** Whether the bytes are a PDF, an archive, a workbook, a picture or the like rather than text. */
export function looksBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, bytesToJudgeBy);
  const start = String.fromCharCode(...head.subarray(0, 8));
  if (signatures.some((signature) => start.startsWith(signature))) return true;
  if (encodingOf(bytes) !== 'utf-8') return false;
  return head.some((byte) => byte === 0) || head.filter(isStray).length > head.length / 10;
}

/** A file as importers want it. */
export const importFile = (name: string, bytes: Uint8Array): ImportFile => ({
  name,
  bytes,
  text: looksBinary(bytes) ? '' : decodeText(bytes),
});
