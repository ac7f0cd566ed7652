/** An application that activates plugins, with the services of JupyterLab that they use. */

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, NotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry, SettingRegistry } from '@jupyterlab/settingregistry';
import { DataConnector } from '@jupyterlab/statedb';
import { IStatusBar } from '@jupyterlab/statusbar';
import { CommandRegistry } from '@lumino/commands';
import { PluginRegistry } from '@lumino/coreutils';
import type { IPlugin, Token } from '@lumino/coreutils';
import type { Widget } from '@lumino/widgets';
import settingsSchema from '../../../schema/plugin.json';
import { NamespaceModels } from '../../model/models';
import { PluginIds } from '../../plugins/pluginIds';
import { INamespaceModels } from '../../tokens/models';
import { TestConnection } from '../notebooks';

/** Settings as they stand in the schema, with those of the user over them. */
class Settings extends DataConnector<ISettingRegistry.IPlugin, string> {
  constructor(private readonly _raw: string) {
    super();
  }

  override fetch(id: string): Promise<ISettingRegistry.IPlugin> {
    const schema = settingsSchema as unknown as ISettingRegistry.ISchema;
    const data = { composite: {}, user: {} };
    return Promise.resolve({ id, data, raw: this._raw, schema, version: '1' });
  }
}

/** An application without a page around it. */
export class TestApplication {
  constructor(settings = '{}') {
    this._plugins.application = this;
    this.provide(INotebookTracker, this.tracker);
    this.provide(ISettingRegistry, new SettingRegistry({ connector: new Settings(settings) }));
    this.provide(IStatusBar, {
      registerStatusItem: (id, item) => {
        this.statusItems.set(id, item);
        return item.item;
      }
    });
  }

  readonly commands = new CommandRegistry();
  readonly restored = Promise.resolve();
  readonly serviceManager = { serverSettings: {} };
  readonly connection = new TestConnection();
  readonly statusItems = new Map<string, IStatusBar.IItem>();
  readonly tracker = new NotebookTracker({ namespace: 'test' });
  /** The widgets that plugins added, by their area. */
  readonly widgets: [string, Widget][] = [];
  readonly shell = {
    add: (widget: Widget, area: string) => this.widgets.push([area, widget]),
    activateById: () => undefined
  };

  /** Make a service available, as a plugin of JupyterLab does. */
  provide<T>(token: Token<T>, service: T): void {
    this._plugins.registerPlugin({
      id: `test:${token.name}`,
      provides: token,
      activate: () => service
    });
  }

  /** Register the plugins; the models talk to `connection`, not to a server. */
  register(plugins: readonly JupyterFrontEndPlugin<unknown>[]): void {
    for (const plugin of plugins) {
      const isModels = plugin.id === PluginIds.models;
      const models = new NamespaceModels(() => this.connection);
      const registered: IPlugin<unknown, unknown> = isModels
        ? { id: plugin.id, provides: INamespaceModels, activate: () => models }
        : (plugin as unknown as IPlugin<unknown, unknown>);
      this._plugins.registerPlugin(registered);
    }
  }

  activate(id: string): Promise<void> {
    return this._plugins.activatePlugin(id);
  }

  dispose(): void {
    this.widgets.forEach(([, widget]) => widget.dispose());
    this.statusItems.forEach(({ item }) => item.dispose());
    this.tracker.dispose();
  }

  private readonly _plugins = new PluginRegistry<unknown>();
}
