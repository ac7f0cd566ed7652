/** Story: a user looks at a notebook as cells, as names, as imports and as problems. */
import { expect, test } from './story';
import type { Story } from './story';

const NOTEBOOK = [
  'import colorsys as cs\nimport no_such_module_anywhere',
  'hue = cs.rgb_to_hsv(1, 0, 0)',
  'print(hue)',
  'print(late)',
  'late = 3'
];

/** The names of the rows in the list of names, with the word on each. */
async function expectNames(story: Story, ...rows: string[]): Promise<void> {
  await expect(story.names.getByRole('row')).toHaveText(rows);
}

test('Every name is listed, with who defines and who uses it', async ({ story }) => {
  await story.openNotebook(['import colorsys as cs', ...NOTEBOOK.slice(1)]);
  await story.chooseView('Names');
  await expectNames(story, 'latemissing', 'csnot run yet', 'huenot run yet');

  await test.step('what runs becomes available, and what no cell defines stays in the kernel', async () => {
    await story.run(1);
    await story.run(2);
    await story.execute('notebook:insert-cell-below');
    await story.edit(3, 'ghost = [1, 2]');
    await story.execute('notebook:run-cell');
    await expectNames(
      story,
      'latemissing',
      'cscolorsysavailable',
      'ghostlistavailable',
      'huetupleavailable'
    );
    await story.execute('notebook:delete-cell');
    await expectNames(
      story,
      'ghostlistdefined by no cell',
      'latemissing',
      'cscolorsysavailable',
      'huetupleavailable'
    );
  });

  await test.step('a click unfolds what is known of it', async () => {
    await story.nameRow('ghost').click();
    await expect(story.nameRow('ghost')).toContainText(
      'ghost was defined by a deleted cell; a restart will lose it.'
    );
    await story.nameRow('hue').click();
    const facts = story.nameRow('hue').getByRole('definition');
    await expect(facts).toHaveText([
      'tuple 3 items',
      'cell hue = cs.rgb_to_hsv(1, 0, 0) [2]',
      'hue = cs.rgb_to_hsv(1, 0, 0) [2]',
      'print(hue)'
    ]);
    await story.nameRow('hue').getByRole('button', { name: 'print(hue)' }).click();
    await expect(story.cell(3)).toHaveClass(/jp-mod-active/);
  });

  await story.nameRow('ghost').locator('.jp-NamespaceViz-label').click(); // folded again
  await test.step('filter, sort, and only what is in trouble', async () => {
    await story.panel.getByRole('combobox', { name: 'Sort by' }).selectOption('By cell');
    await expect(story.names.getByRole('row').first()).toContainText('cs');
    await story.panel.getByRole('searchbox', { name: 'Filter names' }).fill('tup');
    await expect(story.names.getByRole('row')).toHaveCount(1);
    await story.panel.getByRole('searchbox', { name: 'Filter names' }).fill('');
    await story.panel.getByRole('checkbox', { name: 'Only problems' }).check();
    await expectNames(story, 'latemissing', 'ghostlistdefined by no cell');
    await story.panel.getByRole('searchbox', { name: 'Filter names' }).fill('nothing');
    await expect(story.panel).toContainText('No matching names');
  });
});

test('Lines join the active cell with what it depends on, and with what depends on it', async ({
  story
}) => {
  await story.openNotebook(NOTEBOOK);
  await story.select(2);
  await expect(story.row(1)).toHaveAccessibleName(/the active cell depends on it$/);
  await expect(story.row(3)).toHaveAccessibleName(/it depends on the active cell$/);
  const lines = story.page.locator('.jp-NamespaceViz-lane');
  const joined = story.rows.filter({ has: lines });
  await expect(joined).toHaveCount(3);
  await story.select(5);
  await expect(story.row(4)).toHaveAccessibleName(/it depends on the active cell$/);
  await expect(joined).toHaveCount(2);

  await test.step('a line is drawn on one side only, dashed where it leads upwards', async () => {
    const bordered = await lines.evaluateAll(all =>
      all.map(line => {
        const { borderInlineEndStyle, borderWidth } = getComputedStyle(line);
        return `${borderInlineEndStyle} ${borderWidth}`;
      })
    );
    expect(bordered).toEqual(Array<string>(2).fill('dashed 0px 1px 0px 0px'));
  });

  await test.step('on demand, those of all cells are drawn', async () => {
    const toggle = story.panel.getByRole('button', { name: 'Show All Lines' });
    await toggle.click();
    await expect(joined).toHaveCount(5);
    await toggle.click();
    await expect(joined).toHaveCount(2);
  });
});

test('Every import is listed, with module, version, file and state', async ({ story }) => {
  await story.openNotebook(NOTEBOOK);
  await story.chooseView('Imports');
  const imports = story.panel.getByRole('treegrid', { name: 'Imports' }).getByRole('row');
  await expect(imports).toHaveCount(2);
  await expect(imports.nth(0)).toContainText(/^cscolorsysnot run yet/);
  await expect(imports.nth(1)).toContainText(/^no_such_module_anywherenot installed/);
  await story.run(1);
  await expect(imports.nth(0)).toContainText(/^cscolorsysavailable/);
  await imports.nth(0).click();
  await expect(imports.nth(0)).toContainText(/colorsys\.py$/);
  await imports.nth(1).click();
  await imports.nth(1).getByRole('button', { name: 'import colorsys as cs' }).click();
  await expect(story.cell(1)).toHaveClass(/jp-mod-active/);
});

test('Problems come with their remedies, and are counted where the panel is hidden', async ({
  page,
  story
}) => {
  await story.openNotebook(NOTEBOOK);
  const status = page.getByRole('button', { name: /^\d+ problems?$/ });
  await story.run(2);
  await expect(status).toHaveText('3 problems');
  await expect(page.getByRole('tab', { name: 'Namespace: 3 problems' })).toBeVisible();
  await story.execute('application:toggle-right-area');
  await status.click();
  await expect(story.problems).toHaveText([
    /^csmissing import/,
    /^no_such_module_anywherenot installed/,
    /^latemissing/
  ]);
  const first = await story.unfolded(story.problems.first());
  await expect(first).toContainText(
    'cs is missing: cell import colorsys as cs has not run since the kernel started.hue = cs.rgb_to_hsv'
  );

  await test.step('one click fixes what is missing', async () => {
    await story.problems.getByRole('button', { name: 'Restore Imports: cs' }).click();
    await expect(story.problems).toHaveText([
      /^no_such_module_anywherenot installed/,
      /^latemissing/
    ]);
    await story.problems.getByRole('button', { name: 'Run Dependencies: late' }).click();
    await story.dialog.getByRole('button', { name: 'Run 1 Cell' }).click();
  });

  await test.step('what only a restart would bring out is listed, not counted', async () => {
    await expect(story.problems).toHaveText([
      /^no_such_module_anywherenot installed/,
      /^huemissing/, // a cell below it has run now
      /^latewould fail after a restart/
    ]);
    await expect(status).toHaveText('2 problems');
  });
});

test('The chosen view is there again after a reload, and the keyboard reaches all', async ({
  page,
  story
}) => {
  const path = await story.openNotebook(NOTEBOOK);
  const goOnTo = async (name: string): Promise<void> => {
    await page.keyboard.press('ArrowRight');
    await expect(story.panel.getByRole('tab', { name })).toBeFocused();
    await expect(story.panel.getByRole('tab', { name, selected: true })).toHaveCount(1);
  };
  await story.panel.getByRole('tab', { name: 'Cells' }).focus();
  for (const name of ['Names', 'Imports', 'Problems', 'Cells']) {
    await goOnTo(name);
  }
  // JupyterLab saves its state some time after a change.
  const isSaved = page.waitForRequest(
    request => request.method() === 'PUT' && (request.postData() ?? '').includes('"names"')
  );
  await goOnTo('Names');
  await page.keyboard.press('Tab');
  await expect(story.panel.getByRole('searchbox', { name: 'Filter names' })).toBeFocused();
  await isSaved;
  await page.goto(`tree/${path}`);
  await story.openPanel();
  await expect(story.panel.getByRole('tab', { name: 'Names', selected: true })).toBeVisible();
});
