import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { S3Options } from './s3-requests.ts';

export type S3Address = Pick<S3Options, 'endpoint' | 'region' | 'bucket' | 'prefix'>;

const bucketName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const prefixName = /^[A-Za-z0-9_=-][A-Za-z0-9._=-]*(\/[A-Za-z0-9_=-][A-Za-z0-9._=-]*)*$/;
const regionName = /^[a-z0-9-]{1,40}$/;

/** Reads `s3://bucket/prefix?endpoint=http://127.0.0.1:9000&region=eu-central-1`. */
export function parseS3Address(text: string): Result<S3Address> {
  const url = URL.parse(text);
  const no = (why: string) =>
    refuse({
      code: 'objects.address',
      detail: `${why} An address looks like s3://bucket/prefix?endpoint=https://host&region=eu-central-1.`,
    });
  if (url === null || url.protocol !== 's3:') return no('This is not an s3:// address.');
  if (url.username !== '' || url.password !== '') {
    return no(
      'Keys do not belong into the address: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  }
  const unknown = [...url.searchParams.keys()].find(
    (key) => key !== 'endpoint' && key !== 'region',
  );
  if (unknown !== undefined) return no(`"${unknown}" is not something that can be set.`);
  const bucket = url.hostname;
  if (!bucketName.test(bucket)) return no(`"${bucket}" is not the name of a bucket.`);
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
  if (prefix !== '' && !prefixName.test(prefix)) return no(`"${prefix}" is not a prefix.`);
  const region = url.searchParams.get('region') ?? 'us-east-1';
  if (!regionName.test(region)) return no(`"${region}" is not a region.`);
  const endpoint = url.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`;
  const server = URL.parse(endpoint);
  if (server === null || !/^https?:$/.test(server.protocol) || server.username !== '') {
    return no(`"${endpoint}" is not an address of a server.`);
  }
  return ok({ endpoint: endpoint.replace(/\/+$/, ''), region, bucket, prefix });
}
