/** Story: a user has chosen German in JupyterLab, and reads the panel in it. */
import type { Locator } from '@playwright/test';
import { expect, galata, test } from './story';

/** The texts and buttons at the top of the panel. */
const PARTS =
  '.jp-NamespaceViz-bannerText, .jp-NamespaceViz-bannerActions, .jp-NamespaceViz-bannerActions button, ' +
  '.jp-NamespaceViz-top:not(.jp-mod-fresh) .jp-NamespaceViz-summaryText, .jp-NamespaceViz-kernelText';

test.use({
  mockSettings: {
    ...galata.DEFAULT_SETTINGS,
    '@jupyterlab/translation-extension:plugin': { locale: 'de_DE' }
  }
});

const NEVER_RAN =
  'cs fehlt: Zelle import colorsys as cs wurde seit dem Start des Kernels nicht ausgeführt.';

test('The panel and the sentences of the server are German', async ({ story }) => {
  await story.openNotebook(['import colorsys as cs', 'print(1)', 'hue = cs.rgb_to_hsv(1, 0, 0)']);
  await expect(story.panel.getByRole('tab', { name: 'Zellen' })).toBeVisible();
  await story.select(3);
  await expect(story.mark(3)).toContainText(NEVER_RAN);

  await test.step('A cell that the sentence mentions is a link to it', async () => {
    const link = story.mark(3).getByRole('button', { name: 'import colorsys as cs' });
    await expect(link).toHaveAttribute('title', 'import colorsys as cs\nZelle 1 von 3');
    await link.click();
    await expect(story.cell(1)).toHaveClass(/jp-mod-active/);
  });
});

test('In a narrow panel nothing at the top is cut off', async ({ page, story }) => {
  await story.openNotebook(['import colorsys as cs', 'print(1)', 'hue = cs.rgb_to_hsv(1, 0, 0)']);
  await page.addStyleTag({ content: '#jp-NamespaceViz-panel { width: 250px !important; }' });
  await story.select(3);
  await expect(story.panel.getByRole('button', { name: 'Alles oberhalb ausführen' })).toBeVisible();
  const cut = (): Promise<string[]> =>
    story.panel
      .locator(PARTS)
      .evaluateAll(parts =>
        parts
          .filter(it => it.scrollWidth > it.clientWidth || it.scrollHeight > it.clientHeight + 1)
          .map(it => it.textContent ?? '')
      );
  expect(await cut()).toEqual([]);
  await story.run(2);
  await expect(story.panel.getByRole('button', { name: 'Alles oberhalb ausführen' })).toBeHidden();
  expect(await cut()).toEqual([]);
});

test('In a narrow notebook the sentence at a cell gives way, and its buttons stay whole', async ({
  page,
  story
}) => {
  await page.setViewportSize({ width: 1000, height: 800 });
  await story.openNotebook([
    'a_long_name_of_the_data = [1, 2, 3]',
    'print(a_long_name_of_the_data)'
  ]);
  await story.select(2);
  const line = story.mark(2).locator('.jp-NamespaceViz-markLine');
  const button = line.getByRole('button', { name: 'Abhängigkeiten ausführen' });
  await expect(button).toBeVisible();
  const isCut = (part: Locator): Promise<boolean> =>
    part.evaluate(it => it.scrollWidth > it.clientWidth);
  expect(await isCut(line.locator('.jp-NamespaceViz-markText'))).toBe(true);
  expect(await isCut(button)).toBe(false);
});
