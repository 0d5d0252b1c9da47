import { z } from 'zod';
import { busMessage, topics } from './events.ts';
import { quoteMessage, quoteRequest } from './quotes.ts';

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

/** The socket of quotes, and what is said on it in both directions. */
const socket = {
  address: '/ws/quotes',
  says: 'socket.quotes',
  asks: 'socket.requests',
} as const;

const socketChannel = {
  address: socket.address,
  title: 'Live quotes',
  description:
    'A WebSocket of the server itself. A subscription is answered with a snapshot; after it come updates with the newest state of what changed, never a queue of what came between. The workspace is named by the header `plimsoll-workspace` or the query `workspace`.',
  messages: {
    [socket.says]: pointer('components', 'messages', socket.says),
    [socket.asks]: pointer('components', 'messages', socket.asks),
  },
};

const socketOperations = {
  'tell quotes': {
    action: 'send',
    channel: pointer('channels', socket.address),
    messages: [pointer('channels', socket.address, 'messages', socket.says)],
  },
  'take requests for quotes': {
    action: 'receive',
    channel: pointer('channels', socket.address),
    messages: [pointer('channels', socket.address, 'messages', socket.asks)],
  },
};

const socketMessages = {
  [socket.says]: {
    name: socket.says,
    title: 'What the server says',
    payload: pointer('components', 'schemas', socket.says),
  },
  [socket.asks]: {
    name: socket.asks,
    title: 'What a client says',
    payload: pointer('components', 'schemas', socket.asks),
  },
};

/** The events of the bus and the socket of quotes as an AsyncAPI 3.0 document. */
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
    channels: {
      ...each((name, { title, summary }) => ({
        address: name,
        title,
        description: summary,
        messages: { message: pointer('components', 'messages', name) },
      })),
      [socket.address]: socketChannel,
    },
    operations: {
      ...Object.fromEntries(
        entries.map(([name]) => [
          `publish ${name}`,
          { action: 'send', channel: pointer('channels', name) },
        ]),
      ),
      ...socketOperations,
    },
    components: {
      messages: {
        ...socketMessages,
        ...each((name, { title, summary, kind, key }) => ({
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
      },
      schemas: {
        [socket.says]: schemaOf(quoteMessage),
        [socket.asks]: schemaOf(quoteRequest),
        message: { ...schemaOf(busMessage), additionalProperties: true },
        ...each((_, { payload }) => schemaOf(payload)),
      },
    },
  };
}
