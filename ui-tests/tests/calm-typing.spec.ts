/** Story: while a user types, nothing moves, nothing is announced, and nothing is said too early. */
import { expect, test } from './story';
import type { Story } from './story';

const LINES = ['total = sum(values)', 'share = total / 2', 'print(share)'];

/** The names as they stand after each key but the last. */
const HALVES = ['total', 'values', 'share', 'print'].flatMap(name =>
  Array.from({ length: name.length - 1 }, (_, index) => name.slice(0, index + 1))
);

/** An entry of the browser's Layout Instability API, which the types of the DOM do not have. */
interface ILayoutShift extends PerformanceEntry {
  sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

/** What the page did while it was watched. */
interface IWatched {
  /** By its classes, how far each element of the notebook moved up or down, other than the cursor. */
  pixelsMoved: Record<string, number>;
  /** The texts that screen readers announced for the extension. */
  announcements: string[];
  /** The texts that marks, rows and the status bar showed. */
  texts: string[];
}

test('Three lines typed into a new cell move and announce nothing', async ({ page, story }) => {
  await story.openNotebook(['values = [1, 2]', 'len(values)', '', 'len(values)']);
  await story.run(1);
  await story.expectStatuses('Fresh', 'Ready', 'Empty', 'Ready');
  await expect(story.announcement).toHaveText('Everything this notebook needs is available.');

  const type = async (): Promise<IWatched> => {
    await story.cell(3).getByRole('textbox').click();
    await startWatching(story);
    for (const line of LINES) {
      await page.keyboard.type(line, { delay: 60 });
      await page.keyboard.press('Enter');
    }
    return stopWatching(story);
  };

  const typed = await type();
  expect(typed.announcements).toEqual([]);
  await story.expectStatuses('Fresh', 'Ready', 'Ready', 'Ready');
  await expect(await story.defines(3)).toHaveText('Definessharetotal');
  for (const text of typed.texts) {
    for (const half of HALVES) {
      expect(text).not.toMatch(new RegExp(`\\b${half}\\b is`));
    }
  }

  await test.step('a cell grows as it does without the extension', async () => {
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('Delete');
    await story.expectStatuses('Fresh', 'Ready', 'Empty', 'Ready');
    await story.execute('jupyter-namespace-viz:hide-marks');
    await story.execute('jupyter-namespace-viz:show-panel');
    const without = await type();
    expect(typed.pixelsMoved).toEqual(without.pixelsMoved);
  });
});

test('One line typed and left does not move anything at all', async ({ page, story }) => {
  await story.openNotebook(['values = [1, 2]', '', 'len(values)']);
  await story.run(1);
  await story.expectStatuses('Fresh', 'Empty', 'Ready');
  await story.cell(2).getByRole('textbox').click();
  await startWatching(story);
  await page.keyboard.type('print(missing)', { delay: 60 });
  await expect(story.mark(2)).toHaveCount(0);
  await expect(story.mark(2)).toContainText('missing is missing');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowUp');
  await expect(story.mark(2)).toHaveText('');
  const { pixelsMoved } = await stopWatching(story);
  expect(pixelsMoved).toEqual({});
});

test('A definition that is renamed letter by letter marks its dependents once', async ({
  page,
  story
}) => {
  await story.openNotebook(['value = 1', 'print(value)']);
  await story.run(1);
  await story.run(2);
  await story.expectStatuses('Fresh', 'Fresh');
  await story.cell(1).getByRole('textbox').click();
  await page.keyboard.press('Home');
  await startWatching(story);
  await page.keyboard.type('new_', { delay: 100 });
  const { texts } = await stopWatching(story);
  expect(texts.filter(text => /stale|at risk|new/i.test(text))).toEqual([]);
  await page.keyboard.press('End'); // the cursor has left the name
  await expect(story.status(2)).not.toHaveText('Fresh');
});

test('The beginning of a known name is not missing while the cursor stands at its end', async ({
  page,
  story
}) => {
  await story.openNotebook(['distances = [1, 2]', '', 'print(other)']);
  await story.run(1);
  await story.cell(2).getByRole('textbox').click();
  await page.keyboard.type('1 + dist');
  await page.keyboard.press('Home');
  await expect(story.mark(2)).toContainText('dist is missing');
  await page.keyboard.press('End');
  await page.keyboard.type('ances');
  await expect(story.mark(2)).toHaveCount(0);
});

/** Watch the page from now on. */
async function startWatching(story: Story): Promise<void> {
  await story.page.evaluate(() => {
    const watched: IWatched = { pixelsMoved: {}, announcements: [], texts: [] };
    const note = (entries: PerformanceEntryList): void => {
      for (const entry of entries as ILayoutShift[]) {
        for (const { node, previousRect, currentRect } of entry.sources) {
          const element = node instanceof Element ? node : node?.parentElement;
          if (element?.closest('.jp-Notebook') && !element.closest('.cm-cursorLayer')) {
            const pixels = Math.abs(currentRect.top - previousRect.top);
            watched.pixelsMoved[element.className] =
              (watched.pixelsMoved[element.className] ?? 0) + pixels;
          }
        }
      }
    };
    const shifts = new PerformanceObserver(list => note(list.getEntries()));
    shifts.observe({ type: 'layout-shift' });
    const live = '[role="status"], [role="alert"], [aria-live]';
    const shown =
      '[role="note"], .jp-NamespaceViz-statusItem, [aria-label="Status"], [aria-label="Reason"]';
    const changes = new MutationObserver(records => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest(live);
        if (region?.textContent && region.closest('[class*="jp-NamespaceViz"]')) {
          watched.announcements.push(region.textContent);
        }
      }
      for (const element of document.querySelectorAll(shown)) {
        const text = `${element.getAttribute('aria-label')} ${element.textContent}`;
        if (!watched.texts.includes(text)) {
          watched.texts.push(text);
        }
      }
    });
    changes.observe(document.body, { characterData: true, childList: true, subtree: true });
    Object.assign(window, {
      stopWatching: async () => {
        // A shift is recorded only after the frame in which it is drawn.
        await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        note(shifts.takeRecords());
        shifts.disconnect();
        changes.disconnect();
        return watched;
      }
    });
  });
}

/** What the page did since `startWatching`. */
async function stopWatching(story: Story): Promise<IWatched> {
  return story.page.evaluate(() =>
    (window as unknown as { stopWatching: () => Promise<IWatched> }).stopWatching()
  );
}
