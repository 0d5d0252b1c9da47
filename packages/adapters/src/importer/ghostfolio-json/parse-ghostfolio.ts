// "Import Activities" in the README, the export service and the import samples of
// github.com/ghostfolio/ghostfolio (seen 2026-11-21).
import type { ParsedFile } from '@plimsoll/ports';
import { Reading, wholeFileRefused } from '../../importer-kit/index.ts';
import { AssetProfiles } from './asset-profiles.ts';
import { readActivity } from './read-activity.ts';
import { itemsOf, type JsonNode, memberOf, readJson, textOf } from './read-json.ts';

/** The list of activities; the oldest exports called them orders. */
const activitiesOf = (root: JsonNode): readonly JsonNode[] | undefined => {
  const list = memberOf(root, 'activities') ?? memberOf(root, 'orders');
  return list?.kind === 'array' ? list.items : undefined;
};

const accountId = (activity: JsonNode): string =>
  textOf(activity, 'accountId') ||
  textOf(memberOf(activity, 'account') ?? memberOf(activity, 'Account'), 'id');

/** Names of accounts by id; two of one name are told apart by their id. */
function accountNames(root: JsonNode): ReadonlyMap<string, string> {
  const accounts = itemsOf(root, 'accounts');
  const counts = new Map<string, number>();
  for (const account of accounts) {
    const name = textOf(account, 'name');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Map(
    accounts.map((account) => {
      const id = textOf(account, 'id');
      const name = textOf(account, 'name');
      return [id, name !== '' && counts.get(name) === 1 ? name : `${name} ${id}`.trim()];
    }),
  );
}

/** The currency of the one account that the activities are in. */
function currencyOf(root: JsonNode, ids: ReadonlySet<string>): string | undefined {
  const [only] = ids;
  if (ids.size !== 1) return undefined;
  const account = itemsOf(root, 'accounts').find((candidate) => textOf(candidate, 'id') === only);
  const currency = textOf(account, 'currency');
  return /^[A-Z]{3}$/.test(currency) ? currency : undefined;
}

function takeActivities(root: JsonNode, activities: readonly JsonNode[]): ParsedFile {
  const profiles = new AssetProfiles(root);
  const names = accountNames(root);
  const ids = new Set(activities.map(accountId));
  const reading = new Reading();
  for (const activity of activities) {
    const outcome = readActivity(activity, profiles.hintOf(activity));
    if ('ignored' in outcome) reading.ignore(activity.line, outcome.ignored);
    else if ('refused' in outcome) reading.refuse(outcome.refused);
    else {
      const owner = accountId(activity);
      const id = textOf(activity, 'id');
      reading.take({
        line: activity.line,
        ...(id === '' ? {} : { externalId: id }),
        ...(ids.size > 1 && owner !== '' ? { account: names.get(owner) ?? owner } : {}),
        transaction: outcome.transaction,
      });
    }
  }
  const currency = currencyOf(root, ids);
  return reading.finish(currency === undefined ? {} : { currency });
}

/** Reads Ghostfolio's export of activities. */
export function parseGhostfolio(text: string): ParsedFile {
  const json = readJson(text);
  if (!json.ok) {
    return wholeFileRefused({
      value: text.trim().slice(0, 80),
      code: json.fault.code,
      reason: `The file is not whole JSON. ${json.fault.detail}`,
      fix: 'Export the activities again; the file was cut off or edited.',
    });
  }
  const activities = activitiesOf(json.value);
  if (activities) return takeActivities(json.value, activities);
  return wholeFileRefused({
    value:
      json.value.kind === 'object' ? [...json.value.members.keys()].join(', ') : json.value.kind,
    code: 'import.no-activities',
    reason: 'The file has no list called "activities".',
    fix: 'In Ghostfolio, open Portfolio → Activities and choose Export Activities from the menu.',
  });
}
