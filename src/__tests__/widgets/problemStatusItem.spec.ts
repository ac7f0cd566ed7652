import { NotebookTracker } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { NamespaceModels } from '../../model/models';
import type { NotebookProblem } from '../../protocol';
import { ProblemCount } from '../../widgets/problemCount';
import { ProblemStatusItem } from '../../widgets/problemStatusItem';
import { openNotebook, TestConnection } from '../notebooks';
import { cellReport, problem, problemsMessage, report, until } from '../reports';

it('has the number of problems and the icon of the most urgent, and nothing without any', async () => {
  const connection = new TestConnection();
  const models = new NamespaceModels(() => connection);
  const tracker = new NotebookTracker({ namespace: 'test' });
  const panel = await openNotebook([
    { id: 'a', source: '%run m.py' },
    { id: 'b', source: 'x' }
  ]);
  await tracker.add(panel);
  models.modelOf(panel).setWanted('test', 'everything');
  connection.say(report(1, [cellReport('a'), cellReport('b')]));
  const problemCount = new ProblemCount({ models, tracker });
  const trans = nullTranslator.load('test');
  const item = new ProblemStatusItem({ execute: () => undefined, problemCount, trans });
  Widget.attach(item, document.body);
  const say = (now: NotebookProblem[]): void => connection.say(problemsMessage({ now }));

  const unknown = problem('unknown', { cells: ['a'] });
  say([unknown, problem('stale', { cells: ['b'] })]);
  await until(() => item.node.textContent === '2 problems');
  expect(item.node.querySelector('.jp-mod-at-risk')).not.toBeNull();

  say([problem('failed', { cells: ['a'] }), unknown]);
  await until(() => item.node.querySelector('.jp-mod-failed') !== null);
  expect(item.node.textContent).toBe('2 problems');

  say([]);
  await until(() => item.node.textContent === '');
  item.dispose();
  problemCount.dispose();
  tracker.dispose();
  panel.dispose();
  connection.dispose();
});
