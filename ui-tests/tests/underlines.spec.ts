/** Story: a user sees in the editor which name is missing, and fixes it there. */
import { look } from './look';
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

test('A missing name is underlined, without alarm while its cell waits', async ({
  page,
  story
}) => {
  const alarming = story.cell(3).locator('.jp-NamespaceViz-underline.jp-mod-blocked');
  await expectUnderlined(story, 3, 'cs', 'x');
  await expect(alarming).toHaveCount(0);
  await story.run(2);
  await story.select(3);
  await expectUnderlined(story, 3, 'cs');

  await test.step('the card on it says why, and fixes it', async () => {
    await story.cell(3).locator('.jp-NamespaceViz-underline').hover();
    const card = page.getByRole('group', { name: 'About cs' });
    await expect(card).toContainText(
      'cs is missing: cell import colorsys as cs has not run since the kernel started.'
    );
    await expect(card.getByRole('button')).toHaveText([
      'import colorsys as cs',
      'Restore Imports',
      'Run Dependencies',
      'Go to “import colorsys as cs”'
    ]);
    await page.keyboard.press('Escape');
    await expect(card).toHaveCount(0);
    await story.count(3).hover();
    await story.cell(3).locator('.jp-NamespaceViz-underline').hover();
    await card.getByRole('button', { name: 'Restore Imports' }).click();
    await expectUnderlined(story, 3);
  });
});

test('The keyboard opens the card on an underlined name, and fixes it', async ({ page, story }) => {
  await story.edit(3, 'print(x)\nhue = cs.rgb_to_hsv(x, 0, 0)');
  await expectUnderlined(story, 3, 'x', 'cs');
  const about = (name: string) => page.getByRole('group', { name: `About ${name}`, exact: true });

  await page.keyboard.press('ControlOrMeta+.');
  await expect(about('cs').getByRole('button', { name: 'Restore Imports' })).toBeFocused();
  await look(page, story, 'card on an underlined name');

  await test.step('Escape leads back into the text', async () => {
    await page.keyboard.press('Escape');
    await expect(about('cs')).toHaveCount(0);
    await expect(story.cell(3).getByRole('textbox')).toBeFocused();
  });

  await test.step('Tab past its last button goes on to what follows the text', async () => {
    await page.keyboard.press('ControlOrMeta+.');
    await expect(about('cs').getByRole('button', { name: 'Restore Imports' })).toBeFocused();
    const last = about('cs').getByRole('button').last();
    await last.focus();
    await page.keyboard.press('Tab');
    await expect(about('cs')).toHaveCount(0);
    await expect(story.activeCell.getByRole('textbox')).not.toBeFocused();
    expect(await story.activeCell.evaluate(it => it.contains(document.activeElement))).toBe(true);
    await story.cell(3).getByRole('textbox').click();
  });

  await test.step('Shift+Tab from its first button leads back into the text', async () => {
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.press('ControlOrMeta+.');
    await expect(about('cs').getByRole('button', { name: 'Restore Imports' })).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(about('cs').getByRole('button').first()).toBeFocused(); // the link to the cell
    await page.keyboard.press('Shift+Tab');
    await expect(about('cs')).toHaveCount(0);
    await expect(story.cell(3).getByRole('textbox')).toBeFocused();
  });

  await test.step('it is the name at the cursor, and typing takes the card away', async () => {
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('ControlOrMeta+.');
    await expect(about('x').getByRole('button', { name: 'Run Dependencies' })).toBeFocused();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+.');
    await expect(about('x')).toBeVisible();
    await story.cell(3).getByRole('textbox').click();
    await expect(about('x')).toHaveCount(0);
  });

  await test.step('its buttons are those of the mouse', async () => {
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.press('ControlOrMeta+.');
    await expect(about('cs').getByRole('button', { name: 'Restore Imports' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expectUnderlined(story, 3, 'x');
  });

  await test.step('where no name is underlined it says so', async () => {
    await story.run(2);
    await story.select(3);
    await expectUnderlined(story, 3);
    await page.keyboard.press('ControlOrMeta+.');
    await expect(page.getByText('No name is underlined in the active cell.')).toBeVisible();
  });
});

test('The icon of a mark opens a menu with what can be done', async ({ page, story }) => {
  const menu = page.getByRole('menu');
  await test.step('of a cell that only waits', async () => {
    await story.select(3);
    await expect(story.mark(3)).toContainText('Not run yet');
    await story.mark(3).getByRole('button', { name: 'Actions for the cell' }).click();
    await expect(menu.getByRole('menuitem')).toContainText([
      'Restore Imports of Cell',
      'Run Dependencies',
      'Run Cell with Dependencies',
      'Run Dependent Cells',
      'Go to Definition of “cs”',
      'Go to Definition of “x”',
      'Show Namespace Panel',
      'Hide Marks in This Notebook',
      'Hide Marks Everywhere',
      'Settings…'
    ]);
    await look(page, story, 'menu');
  });

  await test.step('it leads to the cell that defines a name', async () => {
    await menu.getByText('Go to Definition of “x”').click();
    await expect(menu).toHaveCount(0);
    await expect(story.cell(2)).toHaveClass(/jp-mod-active/);
  });

  await test.step('with the keyboard, and what it runs is shown first', async () => {
    await story.select(3);
    await story.mark(3).getByRole('button', { name: 'Actions for the cell' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(story.steps).toContainText(['import colorsys as cs', 'x = 1']);
    await story.dialog.getByRole('button', { name: 'Run 2 Cells' }).click();
    await expect(story.mark(3)).toHaveCount(0);
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
  const offsets = () =>
    story.notebook
      .locator('.jp-CodeCell')
      .evaluateAll(cells => cells.map(cell => cell.getBoundingClientRect().top));
  await story.select(1);
  await expect(story.mark(3)).toHaveCount(0);
  const before = await offsets();
  await story.select(3);
  await expect(story.mark(3)).toContainText('cs is missing');
  await expect(story.mark(3).getByRole('button', { name: 'Restore Imports' })).toBeVisible();
  expect(await offsets()).toEqual(before);
  await page.keyboard.press('k');
  await expect(story.mark(3)).toHaveCount(0);
  expect(await offsets()).toEqual(before);
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

test('Marks are hidden in one notebook, and shown again from the menu', async ({ page, story }) => {
  const isMarked = () =>
    expect(story.cell(3)).toHaveClass(/jp-NamespaceViz-cell-(waiting|blocked-import)/);
  await story.select(3);
  await story.mark(3).getByRole('button', { name: 'Actions for the cell' }).click();
  await page.getByRole('menuitem', { name: 'Hide Marks in This Notebook' }).click();
  await expect(story.cell(3)).not.toHaveClass(/jp-NamespaceViz-/);
  await expect(story.marks).toHaveCount(0);
  await expectUnderlined(story, 3);

  await test.step('others keep theirs', async () => {
    await story.openNotebook(NOTEBOOK, { name: 'other.ipynb' });
    await isMarked();
    await page.activity.activateTab('story.ipynb');
  });

  await test.step('the View menu brings them back', async () => {
    await expect(story.cell(3)).not.toHaveClass(/jp-NamespaceViz-/);
    await page.menu.clickMenuItem('View>Show Marks in This Notebook');
    await isMarked();
    await expectUnderlined(story, 3, 'cs', 'x');
  });
});
