/** Story: JupyterLab starts with the extension, without errors. */
import { expect, test } from '@jupyterlab/galata';
import { complaintsOf } from './story';

const PLUGIN = 'jupyter-namespace-viz:plugin';

test.use({ autoGoto: false });

test('JupyterLab starts with the plugin and without a complaint about it', async ({ page }) => {
  const complaints = complaintsOf(page);
  await page.goto();

  expect(await page.evaluate(id => window.jupyterapp.isPluginActivated(id), PLUGIN)).toBe(true);
  expect(complaints).toEqual([]);
});
