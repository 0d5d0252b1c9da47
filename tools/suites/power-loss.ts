/** `npm run test:power-loss`: the embedded database on a disk that loses power (Linux, as root). */
import { hasProgram, installDebian } from './debian.ts';
import { isPresent, runVitest } from './suite.ts';

const needs = { xfs_io: 'xfsprogs', 'mkfs.ext4': 'e2fsprogs', mount: 'mount' };

if (isPresent('power-loss')) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error('The power-loss suite mounts a disk image: run it on Linux as root.');
  }
  const missing = Object.entries(needs).filter(([program]) => !hasProgram(program));
  if (missing.length > 0)
    installDebian(
      missing.map(([, name]) => name),
      'the power-loss suite',
    );
  process.exitCode = runVitest('power-loss', {});
}
