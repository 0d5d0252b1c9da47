import { ObjectRefusal, type ObjectStore } from '@plimsoll/ports';
import { checkName } from '../../objects-kit/check-name.ts';
import { openFolderStore } from '../../objects-kit/folder-store.ts';
import { hashBytes } from '../../objects-kit/hash-file.ts';
import { damaged } from '../../objects-kit/refusals.ts';
import { readListing } from './read-listing.ts';
import { type S3Options, S3Requests } from './s3-requests.ts';

/** Files that were fetched are kept here, each held against its hash before it is used again. */
export interface S3StoreOptions extends S3Options {
  readonly cacheFolder: string;
}

/**
 * Keeps files in a bucket of any server that speaks S3, with its name in the path of the address.
 * Opening sends nothing; a bucket that is not there, or keys that are refused, show at the first use.
 */
export async function openS3Store(options: S3StoreOptions): Promise<ObjectStore> {
  return new S3Store(new S3Requests(options), await openFolderStore(options.cacheFolder), options);
}

class S3Store implements ObjectStore {
  readonly id = 's3';
  readonly #requests: S3Requests;
  readonly #cache: ObjectStore;
  readonly #options: S3StoreOptions;

  constructor(requests: S3Requests, cache: ObjectStore, options: S3StoreOptions) {
    this.#requests = requests;
    this.#cache = cache;
    this.#options = options;
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    checkName(name);
    // What is kept locally is older from here on, whatever becomes of the request.
    await this.#cache.remove(name);
    await this.#requests.send('PUT', this.#key(name), { body: bytes });
  }

  async get(name: string): Promise<Uint8Array | null> {
    checkName(name);
    const reply = await this.#requests.send('GET', this.#key(name));
    return reply.status === 404 ? null : reply.bytes;
  }

  async list(prefix: string): Promise<readonly string[]> {
    const names: string[] = [];
    let token: string | null = null;
    do {
      const query: Record<string, string> = { 'list-type': '2', prefix: this.#key(prefix) };
      if (token !== null) query['continuation-token'] = token;
      const page = readListing((await this.#requests.send('GET', '', { query })).bytes);
      for (const key of page.keys) names.push(key.slice(this.#key('').length));
      token = page.next;
    } while (token !== null);
    return names.sort();
  }

  async remove(name: string): Promise<void> {
    checkName(name);
    await this.#cache.remove(name);
    await this.#requests.send('DELETE', this.#key(name));
  }

  async localPath(name: string, sha256?: string): Promise<string | null> {
    checkName(name);
    const kept = sha256 === undefined ? null : await this.#kept(name, sha256);
    if (kept !== null) return kept;
    const bytes = await this.get(name);
    if (bytes === null) return null;
    if (sha256 !== undefined && hashBytes(bytes) !== sha256) {
      throw damaged(name, `in the bucket ${this.#options.bucket}`);
    }
    await this.#cache.put(name, bytes);
    return this.#cache.localPath(name);
  }

  /** A file of another hash is an older one, or has suffered; it is fetched anew. */
  async #kept(name: string, sha256: string): Promise<string | null> {
    try {
      return await this.#cache.localPath(name, sha256);
    } catch (error) {
      if (error instanceof ObjectRefusal && error.fault.code === 'objects.damaged') return null;
      throw error;
    }
  }

  #key(name: string): string {
    return this.#options.prefix === '' ? name : `${this.#options.prefix}/${name}`;
  }
}
