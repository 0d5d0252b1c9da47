/** Where a command's words go: answers to stdout, remarks to stderr. */
export interface Output {
  readonly print: (text: string) => void;
  readonly json: (value: unknown) => void;
  readonly note: (text: string) => void;
}

/** The output of this process. */
export const processOutput: Output = {
  print: (text) => void process.stdout.write(`${text}\n`),
  json: (value) => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
};

/** A reader that stops reading (`plimsoll transactions | head`) ends us quietly. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
}
