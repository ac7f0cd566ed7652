/** Story: both cells import what they use, so no cell is ever marked. */
import { expect, test } from './story';

test('A notebook that imports in each cell is never marked', async ({ page, story }) => {
  // Records every mark from now on, also one that would disappear before the test looks.
  const seen: string[] = [];
  await page.exposeFunction('onNote', (text: string) => seen.push(text));
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      for (const note of document.querySelectorAll('.jp-Cell [role="note"]')) {
        (window as unknown as { onNote: (text: string) => void }).onNote(note.textContent ?? '');
      }
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });

  await story.openExample('2-import-in-each-cell.ipynb');
  await story.expectStatuses('Ready', 'Ready');
  await expect(story.summary).toHaveText('Everything this notebook needs is available.');
  await expect(await story.defines(1)).toHaveText('Definestf');
  await expect(await story.needs(2)).toHaveCount(0);

  await story.run(2);
  await story.expectStatuses('Ready', 'Fresh');
  await story.run(1);
  await story.expectStatuses('Fresh', 'Fresh');

  await story.restart();
  await story.expectStatuses('Ready', 'Ready');
  await story.run(1);
  await story.expectStatuses('Fresh', 'Ready');
  await expect(story.summary).toHaveText('Everything this notebook needs is available.');
  expect(seen).toEqual([]);
});
