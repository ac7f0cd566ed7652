/** Story: a user sees the panel for the first time, and the help explains it. */
import { look } from './look';
import { expect, test } from './story';

test('The help is shown once, and again when the user asks for it', async ({ page, story }) => {
  const path = await story.openNotebook(['a = 1']);
  const help = story.panel.getByRole('note', { name: 'How to read this panel' });
  await expect(help).toContainText('All cells share one namespace.');
  await look(page, story, 'help');
  await help.getByRole('button', { name: 'Got it' }).click();
  await expect(help).toBeHidden();
  await page.goto(`tree/${path}`);
  await story.openPanel();
  await story.expectStatuses('Ready');
  await expect(help).toBeHidden();
  await story.panel.getByRole('button', { name: 'How to read this panel' }).click();
  await expect(help).toBeVisible();
});
