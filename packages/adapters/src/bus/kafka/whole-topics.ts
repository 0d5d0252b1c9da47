import { Consumer, stringDeserializers } from '@platformatic/kafka';
import type { KafkaMessage, KafkaServer } from './kafka-server.ts';

/** A reader of every partition of some topics, in a group of its own that nobody joins. */
export interface WholeTopics {
  /** Offset after the last message of each partition, as `topic:partition`, when it began. */
  readonly ends: ReadonlyMap<string, bigint>;
  readonly messages: AsyncIterable<KafkaMessage>;
  close(): Promise<void>;
}

/** Opens a reader from the oldest message kept, or from what comes. */
export async function readWholeTopics(
  server: KafkaServer,
  topics: readonly string[],
  from: 'earliest' | 'latest',
): Promise<WholeTopics> {
  const names = topics.map((topic) => server.name(topic));
  const consumer = new Consumer({
    ...server.options(),
    groupId: server.name(`alone-${String(server.world.random()).slice(2)}`),
    deserializers: stringDeserializers,
    autocommit: false,
    maxWaitTime: 200,
  });
  consumer.on('error', (error: unknown) => server.trouble(error));
  const close = () =>
    consumer.close(true).catch((error: unknown) => {
      server.trouble(error);
    });
  try {
    return await server.run(async () => {
      await consumer.metadata({ topics: names, autocreateTopics: true });
      const offsets = async (timestamp: bigint) =>
        new Map(
          [...(await consumer.listOffsets({ topics: names, timestamp }))].flatMap(
            ([topic, partitions]) =>
              partitions.map((offset, i) => [`${topic}:${i}`, offset] as const),
          ),
        );
      const ends = await offsets(-1n);
      const begins = from === 'latest' ? ends : await offsets(-2n);
      const messages = await consumer.consume({
        topics: names,
        mode: 'manual',
        offsets: [...begins].map(([place, offset]) => {
          const [topic = '', partition = ''] = place.split(':');
          return { topic, partition: Number(partition), offset };
        }),
      });
      return { ends, messages, close };
    });
  } catch (error) {
    await close();
    throw error;
  }
}
