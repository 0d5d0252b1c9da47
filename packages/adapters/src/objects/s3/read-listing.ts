import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { unavailable } from '../../objects-kit/refusals.ts';

const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => name === 'Contents',
});

const listing = z.object({
  ListBucketResult: z.object({
    Contents: z.array(z.object({ Key: z.string() })).default([]),
    IsTruncated: z.string().default('false'),
    NextContinuationToken: z.string().optional(),
  }),
});

/** One page of `ListObjectsV2`. Source: Amazon S3 API reference, ListObjectsV2, response syntax. */
export function readListing(bytes: Uint8Array): {
  readonly keys: readonly string[];
  readonly next: string | null;
} {
  const parsed = listing.safeParse(parser.parse(new TextDecoder().decode(bytes)));
  if (!parsed.success) {
    throw unavailable('The server answered a listing with something that is none.', parsed.error);
  }
  const { Contents, IsTruncated, NextContinuationToken } = parsed.data.ListBucketResult;
  const more = IsTruncated === 'true';
  if (more && NextContinuationToken === undefined) {
    throw unavailable('The server cut a listing short and did not say where it goes on.');
  }
  return {
    keys: Contents.map(({ Key }) => Key),
    next: more ? (NextContinuationToken ?? null) : null,
  };
}
