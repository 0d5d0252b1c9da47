import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** An ext4 file system in an image file that can lose power. */
export interface FragileDisk {
  /** Where it is mounted. */
  readonly path: string;
  /** From here on nothing reaches the disk; what was not synced is gone. */
  losePower(): void;
  /** Mounts again what is left; nothing may have a file open. */
  restore(): void;
  remove(): void;
}

/** Why no disk can be made here, or null. */
export function whyNoFragileDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs root on Linux';
  for (const program of ['xfs_io', 'mkfs.ext4', 'losetup']) {
    if (spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0) return `it needs ${program}`;
  }
  return spawnSync('losetup', ['-f']).status === 0 ? null : 'there is no free loop device';
}

/** Makes a disk of half a gigabyte beneath `folder`. */
export function fragileDisk(folder: string): FragileDisk {
  const [image, path] = [join(folder, 'image'), join(folder, 'disk')];
  mkdirSync(path, { recursive: true });
  run('truncate', ['-s', '512M', image]);
  run('mkfs.ext4', ['-q', '-F', image]);
  const mount = (): void => run('mount', ['-o', 'loop', image, path]);
  mount();
  return {
    path,
    losePower: () => run('xfs_io', ['-x', '-c', 'shutdown', path]),
    restore: () => {
      run('umount', [path]);
      mount();
    },
    remove: () => {
      // A database that failed to open may have left files open in this process.
      run('umount', ['--lazy', path]);
      rmSync(image);
    },
  };
}

function run(program: string, args: readonly string[]): void {
  const ended = spawnSync(program, args, { encoding: 'utf8' });
  if (ended.error) throw ended.error;
  if (ended.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${ended.stderr}`);
}
