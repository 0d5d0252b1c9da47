import type { RunView } from '@plimsoll/engine';
import type { Call } from '../command.ts';
import { processOutput } from '../output.ts';
import { plain } from '../table.ts';

/** `running: 41 %, done about 22:41:07 UTC`. */
export function progressText({ done, of, doing, expectedAt }: NonNullable<RunView['progress']>) {
  const until = expectedAt === null ? '' : `, done about ${expectedAt.slice(11, 19)} UTC`;
  return plain(`${doing}: ${of > 0 ? Math.floor((100 * done) / of) : 0} %${until}`);
}

/** A line that is written over; nothing where nobody looks. */
export function progressLineOf({ output, json }: Call) {
  const { stderr } = process;
  if (json || output !== processOutput || !stderr.isTTY) {
    return { show: () => undefined, clear: () => undefined };
  }
  const erase = '\r\u001b[2K';
  return {
    show: (text: string) => void stderr.write(`${erase}${text.slice(0, stderr.columns - 1)}`),
    clear: () => void stderr.write(erase),
  };
}
