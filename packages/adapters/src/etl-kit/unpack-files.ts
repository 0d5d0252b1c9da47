import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { EtlFile } from '@plimsoll/ports';
import { unzipSync } from 'fflate';

const mostFiles = 500;
/** What an archive may unpack to, as the archive itself says; more is never made. */
const mostBytes = 256 * 1024 * 1024;

const startsWith = (bytes: Uint8Array, ...signs: readonly number[]): boolean =>
  signs.every((sign, at) => bytes[at] === sign);

const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, 0x50, 0x4b, 3, 4);

/** A workbook is an archive as well; this member is in every one. */
const isWorkbook = (names: readonly string[]): boolean => names.includes('xl/workbook.xml');

/** A file, or what it is an archive of. */
export interface Unpacked {
  readonly file: EtlFile;
  readonly isWorkbook: boolean;
}

/** Files as they are; of an archive those in it, but for hidden ones. Refused by name where it is damaged or too large. */
export function unpackFile(file: EtlFile): Result<readonly Unpacked[]> {
  if (!isZip(file.bytes)) return ok([{ file, isWorkbook: false }]);
  const names: string[] = [];
  let bytes = 0;
  try {
    unzipSync(file.bytes, {
      filter: ({ name, originalSize }) => {
        names.push(name);
        bytes += originalSize;
        return false;
      },
    });
    if (names.length > mostFiles || bytes > mostBytes) {
      return refused(
        file.name,
        `holds ${names.length} files of ${bytes} bytes; at most ${mostFiles} files of ${mostBytes} bytes are read.`,
      );
    }
    if (isWorkbook(names)) return ok([{ file, isWorkbook: true }]);
    const members = unzipSync(file.bytes, { filter: ({ name }) => isWanted(name) });
    return ok(
      Object.entries(members).map(([name, content]) => ({
        file: { name: name.split('/').at(-1) ?? name, bytes: content },
        isWorkbook: false,
      })),
    );
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return refused(file.name, `is damaged and cannot be unpacked (${error.message}).`);
  }
}

const isWanted = (name: string): boolean =>
  !name.endsWith('/') && !name.startsWith('__MACOSX/') && !/(?:^|\/)\./.test(name);

const refused = (name: string, why: string) =>
  refuse({ code: 'etl.unreadable', detail: `${name} ${why}` });
