/** Story: after installing the extension, JupyterLab starts as cleanly as before. */
import { expect, test } from '@jupyterlab/galata';

const PLUGIN = 'jupyter-namespace-viz:plugin';

test.use({ autoGoto: false });

test('JupyterLab starts with the plugin and without a complaint about it', async ({ page }) => {
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') {
      complaints.push(message.text());
    }
  });

  await page.goto();

  expect(await page.evaluate(id => window.jupyterapp.isPluginActivated(id), PLUGIN)).toBe(true);
  expect(complaints.filter(text => text.includes('namespace-viz'))).toEqual([]);
});
