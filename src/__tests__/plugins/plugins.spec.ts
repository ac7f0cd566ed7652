import packageData from '../../../package.json';
import settings from '../../../schema/plugin.json';
import plugin from '../../index';

describe('the plugin', () => {
  it('has the id under which JupyterLab looks for its settings', () => {
    expect(plugin.id).toBe(`${packageData.name}:plugin`);
    expect(Object.keys(settings.properties)).toEqual([
      'openOnStart',
      'markCells',
      'underlineNames',
      'minimap',
      'restoreImports',
      'showHelp'
    ]);
  });
});
