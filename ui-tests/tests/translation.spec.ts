/** Story: a user reads another language than English, or from right to left. */
import type { Page } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, galata, test } from './story';

const SOURCES = join(__dirname, '..', '..', 'src');
const LOCALE = 'eo';

/** All texts in the sources that are translated, with both plural forms. */
function texts(): [string, string | null][] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' });
  const sources = files.filter(name => /\.tsx?$/.test(name) && !name.includes('__tests__'));
  return sources.flatMap(name => {
    const source = readFileSync(join(SOURCES, name), 'utf8');
    const one = [...source.matchAll(/trans\.__\(\s*'((?:[^'\\]|\\.)*)'/g)];
    const two = [...source.matchAll(/trans\._n\(\s*'([^']*)',\s*'([^']*)'/g)];
    return [
      ...one.map(([, text]): [string, null] => [text!, null]),
      ...two.map(([, single, plural]): [string, string] => [single!, plural!])
    ];
  });
}

/** A visibly translated text, a third longer than the original, as German would be. */
function pseudo(text: string): string {
  return `⟦${text}${'~'.repeat(Math.ceil(text.length / 3))}⟧`;
}

/** Answer the requests for the language pack. */
async function translate(page: Page): Promise<void> {
  const catalog: Record<string, unknown> = {
    '': {
      domain: 'jupyter_namespace_viz',
      language: LOCALE,
      plural_forms: 'nplurals=2; plural=(n != 1);'
    }
  };
  for (const [single, plural] of texts()) {
    catalog[single] = plural === null ? [pseudo(single)] : [pseudo(single), pseudo(plural)];
  }
  await page.route(`**/translations/${LOCALE}*`, route =>
    route.fulfill({ json: { data: { jupyter_namespace_viz: catalog }, message: '' } })
  );
}

/** The texts of the panel that are not translated, except code, names and the server's sentences. */
function untranslated(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const kept =
      'code, pre, .jp-NamespaceViz-chip, .jp-NamespaceViz-message, .jp-NamespaceViz-kernelText, ' +
      '.jp-NamespaceViz-summary, .jp-NamespaceViz-details p, .jp-NamespaceViz-nameType, ' +
      '.jp-NamespaceViz-path, .jp-NamespaceViz-badge, .jp-NamespaceViz-count, ' +
      '.jp-NamespaceViz-heading, .jp-NamespaceViz-spoken';
    const panel = document.querySelector('.jp-NamespaceViz')!;
    const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent!.trim();
      if (/[a-z]{2}/i.test(text) && !text.includes('⟦') && !node.parentElement!.closest(kept)) {
        found.push(text);
      }
    }
    return found;
  });
}

/** The controls and words of the panel that are partly cut off. */
function cut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parts = document.querySelectorAll<HTMLElement>(
      '.jp-NamespaceViz, .jp-NamespaceViz :is(button, label, h2, h3, li, [role="row"], p, .jp-NamespaceViz-word)'
    );
    const panel = document.querySelector('.jp-NamespaceViz')!.getBoundingClientRect();
    return [...parts]
      .filter(part => part.closest('.jp-NamespaceViz-spoken') === null)
      .filter(part => {
        const { left, right, width } = part.getBoundingClientRect();
        return width > 0 && (right > panel.right + 1 || left < panel.left - 1);
      })
      .map(part => `${part.className}: ${part.textContent}`);
  });
}

test.use({
  mockSettings: {
    ...galata.DEFAULT_SETTINGS,
    '@jupyterlab/translation-extension:plugin': { locale: LOCALE }
  }
});

test.beforeEach(async ({ page }) => {
  await translate(page);
  await page.reload();
  await page.waitForFunction(() => 'jupyterapp' in window);
  await page.evaluate(async () => window.jupyterapp.restored);
});

test('Every text of the panel is translated, and none is cut off', async ({ page, story }) => {
  await story.openNotebook([
    'import colorsys as cs\nimport no_such_module_anywhere',
    'hue = cs.rgb_to_hsv(1, 0, 0)',
    { source: 'print(hue)', count: 3 },
    'print(late)',
    'late = 3',
    'np.ones(3)'
  ]);
  for (const view of ['cells', 'names', 'imports', 'problems']) {
    await page.locator(`.jp-NamespaceViz-tab[data-view=${view}]`).click();
    await expect(page.locator('.jp-NamespaceViz-view').getByRole('row').first()).toBeVisible();
    expect(await untranslated(page), view).toEqual([]);
    expect(await cut(page), view).toEqual([]);
  }
});

test('From right to left, nothing leaves the panel', async ({ page, story }) => {
  await story.openNotebook([
    'import colorsys as cs',
    { source: 'print(cs, late)', count: 2 },
    'late = 3'
  ]);
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  for (const view of ['cells', 'names', 'imports', 'problems']) {
    await page.locator(`.jp-NamespaceViz-tab[data-view=${view}]`).click();
    await expect(page.locator('.jp-NamespaceViz-view').getByRole('row').first()).toBeVisible();
    expect(await cut(page), view).toEqual([]);
  }

  await test.step('and the arrow keys follow the direction', async () => {
    await page.locator('.jp-NamespaceViz-tab[data-view=cells]').click();
    await page.keyboard.press('ArrowLeft');
    await expect(page.locator('.jp-NamespaceViz-tab[data-view=names]')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    const row = page.locator('.jp-NamespaceViz-view').getByRole('row').nth(2);
    await row.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(row).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowRight');
    await expect(row).toHaveAttribute('aria-expanded', 'false');
  });
});
