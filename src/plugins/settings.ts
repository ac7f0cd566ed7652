/** How does a plugin follow the user's settings? */

import type { ISettingRegistry } from '@jupyterlab/settingregistry';

/**
 * The id under which JupyterLab keeps all settings of the extension (`schema/plugin.json`).
 *
 * It is the id of the plugin that all others require. Saved settings of users carry it, so it must
 * not change.
 */
export const SETTINGS_ID = 'jupyter-namespace-viz:plugin';

export type SettingName =
  | 'confirmImports'
  | 'dimOldCounts'
  | 'markCells'
  | 'minimap'
  | 'openOnStart'
  | 'restoreImports'
  | 'showHelp'
  | 'underlineNames';

/** The settings; null where the application has none, or they cannot be loaded. */
export async function loadSettings(
  registry: ISettingRegistry | null
): Promise<ISettingRegistry.ISettings | null> {
  return (await registry?.load(SETTINGS_ID).catch(() => null)) ?? null;
}

/** Call `apply` with the value of a setting, now and after each change; undefined means no value. */
export function followSetting(
  settings: ISettingRegistry.ISettings | null,
  name: SettingName,
  apply: (value: unknown) => void
): void {
  const update = (): void => apply(settings?.get(name).composite);
  settings?.changed.connect(update);
  update();
}
