import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import packageData from '../../../package.json';
import settings from '../../../schema/plugin.json';
import { namespaceIcon } from '../../appearance/icons';
import plugins from '../../index';
import { SETTINGS_ID } from '../../plugins/settings';
import { CommandIds } from '../../tokens/commands';

const EXTENDING = join(__dirname, '../../../docs/extending.md');

describe('the plugins', () => {
  it('have ids that users may have disabled, which must not change', () => {
    expect(plugins.map(({ id }) => id)).toEqual([
      'jupyter-namespace-viz:plugin',
      'jupyter-namespace-viz:panel',
      'jupyter-namespace-viz:marks',
      'jupyter-namespace-viz:underlines',
      'jupyter-namespace-viz:minimap',
      'jupyter-namespace-viz:status',
      'jupyter-namespace-viz:commands',
      'jupyter-namespace-viz:graph',
      'jupyter-namespace-viz:restore-imports',
      'jupyter-namespace-viz:visibility'
    ]);
    expect(plugins.every(({ id }) => id.startsWith(`${packageData.name}:`))).toBe(true);
  });

  it('each say what they do, in the list of the plugin manager', () => {
    expect(plugins.filter(({ description }) => !description?.endsWith('.'))).toEqual([]);
  });

  it("have the panel's icon in the settings", () => {
    expect(settings['jupyter.lab.setting-icon']).toBe(namespaceIcon.name);
  });

  it('keep the settings under the id that saved settings of users carry', () => {
    expect(plugins.map(({ id }) => id)).toContain(SETTINGS_ID);
    expect(SETTINGS_ID).toBe(`${packageData.name}:plugin`);
    expect(Object.keys(settings.properties)).toEqual([
      'openOnStart',
      'markCells',
      'dimOldCounts',
      'underlineNames',
      'minimap',
      'restoreImports',
      'confirmImports',
      'showHelp'
    ]);
  });
});

describe('docs/extending.md', () => {
  it('has a row for each plugin and each command', () => {
    const rows = readFileSync(EXTENDING, 'utf8').matchAll(/^\| `(jupyter-namespace-viz:.+?)`/gm);
    expect([...rows].map(([, id]) => id)).toEqual([
      ...plugins.map(({ id }) => id),
      ...Object.values(CommandIds)
    ]);
  });
});
