import { existsSync, readFileSync } from 'node:fs';
import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';

/** The text of a settings file with one provider turned on or off; comments stay. */
export type SettingsEdit = (text: string) => Result<string>;

/**
 * Turns the provider on with these settings; those that it has already and that are not named stay.
 */
export const enabling =
  (id: string, settings: Readonly<Record<string, string | number | boolean>>): SettingsEdit =>
  (text) =>
    edited(text, (document) => {
      const at = ['providers', id];
      if (!isMap(document.getIn(at, true))) document.setIn(at, document.createNode({}));
      for (const [name, value] of Object.entries(settings)) document.setIn([...at, name], value);
    });

/** Turns the provider off and takes it out of every order. */
export const disabling =
  (id: string): SettingsEdit =>
  (text) =>
    edited(text, (document) => {
      document.deleteIn(['providers', id]);
      const order = document.getIn(['order'], true);
      for (const { value: ids } of isMap(order) ? order.items : []) {
        if (isSeq(ids)) ids.items = ids.items.filter((item) => nameOf(item) !== id);
      }
    });

const nameOf = (item: unknown): unknown => (isScalar(item) ? item.value : undefined);

function edited(text: string, change: (document: Document.Parsed) => void): Result<string> {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    const detail = `The file is not YAML and is left as it is: ${error.message}`;
    return refuse({ code: 'market-data.settings', detail });
  }
  if (!isMap(document.contents)) document.contents = document.createNode({}) as never;
  if (!isMap(document.getIn(['providers'], true))) {
    document.setIn(['providers'], document.createNode({}));
  }
  change(document);
  return ok(document.toString({ lineWidth: 100 }));
}

/** The text of the file; empty where there is none. */
export const textOf = (path: string): string =>
  existsSync(path) ? readFileSync(path, 'utf8') : '';
