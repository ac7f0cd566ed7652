/** Story: two notebooks are open side by side, each with a kernel of its own. */
import { test } from './story';

test('The panel follows the notebook in front, and mixes up nothing', async ({ page, story }) => {
  await story.openNotebook(['import math', 'print(math.pi)'], { name: 'left.ipynb' });
  await story.run(1);
  await story.expectStatuses('Fresh', 'Ready');
  await story.openNotebook(['import json', 'print(json)', 'pass'], { name: 'right.ipynb' });
  await story.select(2);
  await story.expectStatuses('Ready', 'Not run yet', 'Ready');

  await page.getByRole('tab', { name: 'left.ipynb' }).click();
  await story.expectStatuses('Fresh', 'Ready');
  await story.run(2);
  await story.expectStatuses('Fresh', 'Fresh');

  await test.step('two views of one notebook agree, too', async () => {
    await story.execute('docmanager:clone');
    await story.expectStatuses('Fresh', 'Fresh');
    await story.execute('application:close');
  });

  await page.getByRole('tab', { name: 'right.ipynb' }).click();
  await story.expectStatuses('Ready', 'Not run yet', 'Ready');
  await story.run(1);
  await story.expectStatuses('Fresh', 'Ready', 'Ready');
});
