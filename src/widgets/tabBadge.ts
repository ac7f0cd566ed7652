/** How does the panel's tab in the side bar show the number of problems? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { Title, Widget } from '@lumino/widgets';
import type { ProblemCount } from './problemCount';

/** The attribute of the tab (with `data-` before it) whose value the style sheet draws. */
const COUNT = 'namespace-viz-count';

/** Show the count on the tab, now and after each change. */
export function showCountOnTab(
  title: Title<Widget>,
  problemCount: ProblemCount,
  trans: TranslationBundle
): void {
  const update = (): void => {
    const { count } = problemCount;
    title.dataset = { ...title.dataset, [COUNT]: `${count}` };
    title.caption =
      count > 0
        ? trans._n('Namespace: %1 problem', 'Namespace: %1 problems', count)
        : trans.__('Namespace');
  };
  problemCount.countChanged.connect(update);
  if (problemCount.count > 0) {
    update();
  }
}
