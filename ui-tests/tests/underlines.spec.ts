/** Story: somebody sees in the text itself which name is missing, and mends it from there. */
import { expect, test } from './story';
import type { Story } from './story';

const NOTEBOOK = ['import colorsys as cs', 'x = 1', 'hue = cs.rgb_to_hsv(x, 0, 0)\nprint(hue)'];

/** The texts that are underlined in a cell. */
async function expectUnderlined(story: Story, n: number, ...names: string[]): Promise<void> {
  await expect(story.cell(n).locator('.jp-NamespaceViz-underline')).toHaveText(names);
}

test.beforeEach(async ({ story }) => {
  await story.openNotebook(NOTEBOOK);
});

test('A missing name is underlined once its cell is the next to run', async ({ page, story }) => {
  await expect(story.mark(3)).toBeVisible();
  await expectUnderlined(story, 3); // it waits for its turn
  await story.run(2);
  await story.select(3);
  await expectUnderlined(story, 3, 'cs');

  await test.step('the card on it says why, and mends it', async () => {
    await story.cell(3).locator('.jp-NamespaceViz-underline').hover();
    const card = page.getByRole('group', { name: 'About cs' });
    await expect(card).toContainText(
      'cs is not in the kernel: cell 1 has not run since the kernel started.'
    );
    await expect(card.getByRole('button')).toHaveText([
      'Restore imports',
      'Run what it needs',
      'Go to cell 1'
    ]);
    await card.getByRole('button', { name: 'Restore imports' }).click();
    await story.dialog.getByRole('button', { name: 'Run 1 import' }).click();
    await expectUnderlined(story, 3);
  });
});

test('Typing moves underlines along, and takes away what it touches', async ({ page, story }) => {
  await story.run(2);
  await story.edit(3, 'print(missing_one)\nprint(missing_two)');
  await expectUnderlined(story, 3, 'missing_one', 'missing_two');
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.insertText('x; ');
  await expectUnderlined(story, 3, 'missing_one', 'missing_two');
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.insertText('_and_more');
  await expectUnderlined(story, 3, 'missing_one', 'missing_two_and_more');
});

test('Going from cell to cell tells what each lacks, and moves nothing', async ({
  page,
  story
}) => {
  const places = () =>
    story.notebook
      .locator('.jp-CodeCell')
      .evaluateAll(cells => cells.map(cell => cell.getBoundingClientRect().top));
  await story.select(1);
  await expect(story.mark(3)).toHaveText('Waiting');
  const before = await places();
  await story.select(3);
  await expect(story.mark(3)).toContainText('cs is not in the kernel');
  await expect(story.mark(3).getByRole('button', { name: 'Restore imports' })).toBeVisible();
  expect(await places()).toEqual(before);
  await page.keyboard.press('k');
  await expect(story.mark(3)).toHaveText('Waiting');
  expect(await places()).toEqual(before);
});

test('Underlines can be switched off and on', async ({ page, story }) => {
  await story.run(2);
  await story.select(3);
  await expectUnderlined(story, 3, 'cs');
  const set = (value: boolean): Promise<void> =>
    page.evaluate(async isOn => {
      const settings = await window.galata.getPlugin('@jupyterlab/apputils-extension:settings');
      await settings!.set('jupyter-namespace-viz:plugin', 'underlineNames', isOn);
    }, value);
  await set(false);
  await expectUnderlined(story, 3);
  await set(true);
  await expectUnderlined(story, 3, 'cs');
});
