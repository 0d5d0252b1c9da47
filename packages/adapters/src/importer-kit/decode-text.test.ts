import { describe, expect, it } from 'vitest';
import { decodeText, importFile, looksBinary } from './decode-text.ts';

const utf16 = (text: string, littleEndian: boolean, mark: boolean): Uint8Array => {
  const units = [...(mark ? '\uFEFF' : ''), ...text].map((character) => character.charCodeAt(0));
  return Uint8Array.from(
    units.flatMap((unit) => (littleEndian ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  );
};

describe('decodeText', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode('Zürich €')],
    ['UTF-8 with a mark', new TextEncoder().encode('\uFEFFZürich €')],
    ['Windows-1252', Uint8Array.from([0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68, 0x20, 0x80])],
    ['UTF-16LE with a mark', utf16('Zürich €', true, true)],
    ['UTF-16BE with a mark', utf16('Zürich €', false, true)],
  ])('reads %s', (_name, bytes) => {
    expect(decodeText(bytes)).toBe('Zürich €');
  });

  it('reads UTF-16 without a mark', () => {
    expect(decodeText(utf16('Date;Sum', true, false))).toBe('Date;Sum');
    expect(decodeText(utf16('Date;Sum', false, false))).toBe('Date;Sum');
  });

  it('tells binary files from text', () => {
    expect(looksBinary(new TextEncoder().encode('%PDF-1.7'))).toBe(true);
    expect(looksBinary(Uint8Array.from([1, 0, 0, 7, 9, 0, 2]))).toBe(true);
    expect(looksBinary(new TextEncoder().encode('a,b\r\n\t1,2'))).toBe(false);
    expect(looksBinary(utf16('Date;Sum', true, true))).toBe(false);
    expect(importFile('x.pdf', new TextEncoder().encode('%PDF-1.7')).text).toBe('');
  });
});
