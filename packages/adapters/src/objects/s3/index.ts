import { parseS3Address } from './parse-address.ts';
import { openS3Store } from './s3-store.ts';

/** Files in a bucket of Amazon S3, MinIO, Ceph, Garage, R2 or whatever else speaks S3. */
export default { id: 's3', title: 'S3', parse: parseS3Address, open: openS3Store } as const;
