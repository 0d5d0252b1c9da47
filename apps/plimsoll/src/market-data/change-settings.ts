import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type SettingsEdit, textOf } from './edit-settings.ts';
import { parseMarketDataSettings, type SettingsSurroundings } from './read-settings.ts';
import { type SettingsMistake, settingsFileName } from './settings.ts';

/** What was written, and what is still wrong in the file. */
export interface ChangedSettings {
  readonly path: string;
  readonly mistakes: readonly SettingsMistake[];
}

/**
 * Edits the settings file of a data folder. An edit that makes mistakes which were not there is not
 * written. The file may hold keys: only its owner may read it.
 */
export function changeSettings(
  { folder, registry, env }: SettingsSurroundings,
  edit: SettingsEdit,
): Result<ChangedSettings> {
  const path = join(folder, settingsFileName);
  const before = textOf(path);
  const edited = edit(before);
  if (!edited.ok) return edited;
  const parse = (text: string) => parseMarketDataSettings(text, { folder, registry, env }).mistakes;
  const known = new Set(parse(before).map(({ detail }) => detail));
  const mistakes = parse(edited.value);
  // A variable may be set where the server runs and not here.
  const isUnset = (detail: string): boolean => /: the variable \S+ is not set\.$/.test(detail);
  const caused = mistakes.filter(({ detail }) => !known.has(detail) && !isUnset(detail));
  if (caused.length > 0) {
    const detail = caused.map((one) => one.detail).join(' ');
    return refuse({ code: 'market-data.settings', detail });
  }
  mkdirSync(folder, { recursive: true });
  const draft = `${path}.new`;
  writeFileSync(draft, edited.value, { mode: 0o600 });
  renameSync(draft, path);
  return ok({ path, mistakes });
}
