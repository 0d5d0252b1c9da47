import type { Json } from '@plimsoll/kernel';
import { type BusMessage, BusRefusal } from '@plimsoll/ports';
import { z } from 'zod';
import { checkTopics } from './names.ts';

/** Of a payload as JSON in UTF-8; with its envelope it fits into what NATS and Kafka take unasked. */
const maxPayloadBytes = 1_000_000;

/**
 * A message as one JSON text: what every bus carries. A text never holds a character that a bus would
 * have to escape. Throws `bus.too-large`.
 */
export function encodeMessage(message: BusMessage): string {
  const { id, topic, key, workspaceId, at, payload, publication } = message;
  checkTopics([topic]);
  const body = JSON.stringify(payload);
  // A character takes three bytes at most: most messages are small enough whatever they say.
  if (body.length * 3 > maxPayloadBytes && Buffer.byteLength(body) > maxPayloadBytes) {
    throw new BusRefusal({
      code: 'bus.too-large',
      detail: `Message ${id} of ${topic} has a payload of ${Buffer.byteLength(body)} bytes; at most ${maxPayloadBytes} are carried. Send where to find it instead.`,
    });
  }
  const head = JSON.stringify({ id, topic, key, workspaceId, at, publication });
  return `${head.slice(0, -1)},"payload":${body}}`;
}

const wireMessage = z.object({
  id: z.string(),
  topic: z.string(),
  key: z.string(),
  workspaceId: z.string().nullable(),
  at: z.string(),
  payload: z.custom<Json>((value) => value !== undefined, 'is missing'),
  publication: z.number().optional(),
});

/** The message of a text, or null where the text is none of ours. */
export function decodeMessage(text: string): BusMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null; // someone else wrote to our place on the bus; the caller tells of it
  }
  const read = wireMessage.safeParse(value);
  if (!read.success) return null;
  const { publication, ...message } = read.data;
  return publication === undefined ? message : { ...message, publication };
}
