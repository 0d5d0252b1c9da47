import { BusRefusal } from '@plimsoll/ports';

/** The address of a bus, read. */
export interface BusAddress {
  readonly url: URL;
  /** What the names of all our things on the bus begin with, so that several may share it. */
  readonly prefix: string;
  /** The address as it may be shown: no credentials. */
  readonly shown: string;
}

const prefixName = /^[a-z][a-z0-9-]{0,39}$/;

/** Reads an address such as `redis://user:password@host:6379?prefix=plimsoll`; never repeats it whole. */
export function readAddress(address: string, example: string): BusAddress {
  const url = URL.parse(address);
  if (url === null || url.hostname === '') {
    throw invalid(`The address of the bus is not like ${example}.`);
  }
  const prefix = url.searchParams.get('prefix') ?? 'plimsoll';
  if (!prefixName.test(prefix)) {
    throw invalid(
      `The prefix "${prefix.slice(0, 60)}" is not a word of small letters like plimsoll.`,
    );
  }
  return { url, prefix, shown: `${url.protocol}//${url.host}` };
}

/** A refusal of an address. */
export const invalid = (detail: string): BusRefusal =>
  new BusRefusal({ code: 'bus.invalid-address', detail });

/** A text of somebody else (a client's error) without the user, the password or the token of the address. */
export function withoutSecrets(text: string, { username, password }: URL): string {
  return [username, password]
    .flatMap((secret) => [secret, decodeURIComponent(secret)])
    .filter((secret) => secret !== '')
    .reduce((clean, secret) => clean.replaceAll(secret, '…'), text);
}
