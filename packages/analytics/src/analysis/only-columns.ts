import type { PanelInput } from '@plimsoll/kernel';

/** The panel with only the columns of those names, so that gaps elsewhere cost no rows. */
export function onlyColumns(panel: PanelInput, names: readonly string[]): PanelInput {
  if (names.length === panel.names.length) return panel;
  const places = names.map((name) => panel.names.indexOf(name));
  return {
    ...panel,
    names,
    values: panel.values.map((row) => places.map((j) => row[j] ?? null)),
  };
}
