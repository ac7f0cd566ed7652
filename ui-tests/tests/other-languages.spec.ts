/** Story: the kernel does not run Python; the panel says so, and no cell is marked. */
import { look } from './look';
import { expect, test } from './story';

test('A kernel of another language', async ({ page, story }) => {
  await story.openNotebook(['(import math)', 'math.pi'], { kernel: 'echo' });

  await expect(story.notice).toContainText('The kernel is not a Python kernel');
  await expect(story.notice).toContainText('This kernel runs echo');
  await look(page, story, 'another language');
  await story.run(1);
  await expect(story.output(1)).toHaveText('(import math)');
  await expect(story.notice).toContainText('The kernel is not a Python kernel');
  await expect(story.marks).toHaveCount(0);
});
