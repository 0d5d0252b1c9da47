import { BusRefusal, type BusSubscription } from '@plimsoll/ports';

const topicName = /^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*$/;
const groupName = /^[a-z][a-z0-9-]*$/;

/** Refuses names that one of the buses could not carry, so that each carries the same ones. */
export function checkTopics(topics: readonly string[]): void {
  for (const topic of topics) {
    if (topicName.test(topic) && topic.length <= 100) continue;
    throw invalid(`"${topic.slice(0, 100)}" is not a topic. Topics are words like prices.changed.`);
  }
}

/** Refuses the names of a subscription where they cannot be carried. */
export function checkSubscription({ topics, group }: BusSubscription): void {
  checkTopics(topics);
  if (group !== null && (!groupName.test(group) || group.length > 60)) {
    throw invalid(`"${group.slice(0, 100)}" is not a group. Groups are words like price-alerts.`);
  }
}

const invalid = (detail: string): BusRefusal =>
  new BusRefusal({ code: 'bus.invalid-name', detail });
