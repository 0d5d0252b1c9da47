// Written by `npm run gen` from the folders of this package. Do not edit.
import busInProcess from './bus/in-process/index.ts';
import busKafka from './bus/kafka/index.ts';
import busNats from './bus/nats/index.ts';
import busRedis from './bus/redis/index.ts';

/** Every bus adapter, by id. */
export const busAdapters = {
  'in-process': busInProcess,
  kafka: busKafka,
  nats: busNats,
  redis: busRedis,
} as const;
