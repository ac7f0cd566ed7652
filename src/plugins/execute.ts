/** How does one plugin execute a command of another, which may be disabled? */

import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { CommandIds } from '../tokens/commands';
import type { CommandId, ExecuteCommand } from '../tokens/commands';
import { PluginIds } from './pluginIds';

/** The plugins that add their own commands; `commands` adds the rest. */
const OTHER_PLUGINS: Partial<Record<CommandId, string>> = {
  [CommandIds.showPanel]: PluginIds.panel,
  [CommandIds.showGraph]: PluginIds.graph,
  [CommandIds.showNameCard]: PluginIds.underlines,
  [CommandIds.showMarks]: PluginIds.visibility,
  [CommandIds.hideMarks]: PluginIds.visibility,
  [CommandIds.hideMarksEverywhere]: PluginIds.visibility,
  [CommandIds.openSettings]: PluginIds.visibility
};

/** A function that executes a command, or says which plugin has it where that is disabled. */
export function newExecute(commands: CommandRegistry, trans: TranslationBundle): ExecuteCommand {
  return (command, args = {}) => {
    if (commands.hasCommand(command)) {
      void commands.execute(command, { ...args });
    } else {
      const plugin = OTHER_PLUGINS[command] ?? PluginIds.commands;
      const text = trans.__('The plugin %1 is disabled.', plugin);
      Notification.warning(text, { autoClose: 8000 });
    }
  };
}
