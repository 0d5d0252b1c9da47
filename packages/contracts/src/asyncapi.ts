import { z } from 'zod';
import { busMessage, topics } from './events.ts';

const pointer = (...parts: readonly string[]) => ({
  // https://www.rfc-editor.org/rfc/rfc6901: a slash within a name is written ~1.
  $ref: `#/${parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`,
});
const schemaOf = (type: z.ZodType) => {
  const { $schema, ...schema } = z.toJSONSchema(type, { target: 'draft-7' });
  return schema;
};
const entries = Object.entries(topics);
const each = <T>(make: (name: string, topic: (typeof entries)[number][1]) => T) =>
  Object.fromEntries(entries.map(([name, topic]) => [name, make(name, topic)]));

const promises = {
  kept: 'It leaves through the outbox and comes at least once; whoever notes its id acts on it once.',
  passing: 'It is published as it happens: what is missed is missed.',
} as const;

/** The events of the bus as an AsyncAPI 3.0 document. */
export function asyncApi() {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Plimsoll events',
      version: '1.0.0',
      license: { name: 'Apache-2.0' },
      description:
        'What Plimsoll publishes on its bus: within the process, over NATS JetStream, Redis Streams or Kafka. The bus is never the record: whatever it loses comes again from the outbox.',
    },
    defaultContentType: 'application/json',
    channels: each((name, { title, summary }) => ({
      address: name,
      title,
      description: summary,
      messages: { message: pointer('components', 'messages', name) },
    })),
    operations: Object.fromEntries(
      entries.map(([name]) => [
        `publish ${name}`,
        { action: 'send', channel: pointer('channels', name) },
      ]),
    ),
    components: {
      messages: each((name, { title, summary, kind, key }) => ({
        name,
        title,
        summary,
        description: `${promises[kind]} Its key is ${key}.`,
        payload: {
          allOf: [
            pointer('components', 'schemas', 'message'),
            {
              type: 'object',
              properties: {
                topic: { const: name },
                payload: pointer('components', 'schemas', name),
              },
              required: ['payload'],
            },
          ],
        },
      })),
      schemas: {
        message: { ...schemaOf(busMessage), additionalProperties: true },
        ...each((_, { payload }) => schemaOf(payload)),
      },
    },
  };
}
