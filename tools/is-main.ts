import { pathToFileURL } from 'node:url';

/** Whether this module is the script that was started, rather than imported by a test. */
export function isMain(meta: ImportMeta): boolean {
  return meta.url === pathToFileURL(process.argv[1] ?? '').href;
}
