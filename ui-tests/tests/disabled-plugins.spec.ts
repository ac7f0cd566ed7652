/** Story: a user disables one plugin, and everything else works as before. */
import type { Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { SERVER, startOf } from '../servers';
import { expect, test } from './story';
import type { Story } from './story';

/** What each plugin shows; `commands` shows nothing by itself. */
const PARTS = ['panel', 'marks', 'underlines', 'minimap', 'status'] as const;
type Part = (typeof PARTS)[number];

/** A notebook that is long enough for the minimap: cell 2 lost its import, cell 3 never had one. */
const CELLS = [
  'import math',
  { source: 'math.pi', count: 2 },
  'json.dumps(1)',
  ...Array.from({ length: 22 }, (_, index) => `x${index} = ${index}`)
];

/** Disable or enable a plugin for all pages that are loaded later, as users do in a terminal. */
function switchPlugin(action: 'disable' | 'enable', id: string): void {
  const { env } = startOf('server', SERVER);
  execFileSync('jupyter', ['labextension', action, '--level=user', `jupyter-namespace-viz:${id}`], {
    env: { ...process.env, ...env },
    stdio: 'ignore'
  });
}

async function expectAllBut(disabled: Part | null, page: Page, story: Story): Promise<void> {
  const parts = {
    panel: story.panel,
    marks: story.mark(3),
    underlines: story.cell(2).locator('.jp-NamespaceViz-underline'),
    minimap: page.getByRole('group', { name: 'Cells that need attention' }).getByRole('button'),
    status: page.getByRole('button', { name: '1 problem' })
  };
  for (const part of PARTS.filter(it => it !== disabled)) {
    await expect(parts[part], part).toBeVisible();
  }
  if (disabled) {
    await expect(parts[disabled], disabled).toHaveCount(0);
  }
}

for (const disabled of ['minimap', 'status', 'marks'] as const) {
  test(`The plugin ${disabled} is disabled, and enabled again`, async ({ page, story }) => {
    test.slow(); // the page is loaded three times
    switchPlugin('disable', disabled);
    try {
      await page.reload();
      await story.openNotebook(CELLS);
      await expectAllBut(disabled, page, story);
      await (await story.unfolded(2)).getByRole('button', { name: /^Run Dependencies/ }).click();
      await story.dialog.getByRole('button', { name: 'Run 1 Cell' }).click();
      await expect(story.status(2)).toHaveText('Ready');
    } finally {
      switchPlugin('enable', disabled);
    }
    await page.reload();
    await story.openNotebook(CELLS, { name: 'again.ipynb' });
    await expectAllBut(null, page, story);
  });
}

test('Without the commands, a button says which plugin it needs', async ({ page, story }) => {
  switchPlugin('disable', 'commands');
  try {
    await page.reload();
    await story.openNotebook(CELLS);
    await expectAllBut(null, page, story);
    await (await story.unfolded(2)).getByRole('button', { name: /^Run Dependencies/ }).click();
    await expect(
      page.getByText('The plugin jupyter-namespace-viz:commands is disabled.')
    ).toBeVisible();
  } finally {
    switchPlugin('enable', 'commands');
  }
});
