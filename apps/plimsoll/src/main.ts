import { endWithReader, processOutput } from './cli/output.ts';
import { runCommandLine } from './cli/run-command-line.ts';

endWithReader();
process.exitCode = await runCommandLine(process.argv.slice(2), processOutput);
