/** A notebook that is decorated, with a connection that the test answers. */

import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookTracker } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import type { IDecorationOptions } from '../../decorations/decoration';
import { NamespaceModels } from '../../model/models';
import type { INamespaceModel } from '../../tokens/models';
import { PerNotebook } from '../../plugins/perNotebook';
import { openNotebook, TestConnection } from '../notebooks';
import type { ICellSource, WindowingMode } from '../notebooks';
import { until } from '../reports';

/** A decorated notebook; `fixed` has what its buttons did. */
export interface IDecorated {
  readonly panel: NotebookPanel;
  readonly connection: TestConnection;
  readonly decorations: PerNotebook;
  readonly model: INamespaceModel;
  readonly fixed: { command: string; args: unknown }[];
}

/** Open a notebook and decorate it; resolves when the first update was sent. */
export async function openDecorated(
  cells: ICellSource[],
  decorate: (options: IDecorationOptions) => IDisposable,
  windowingMode: WindowingMode = 'none'
): Promise<IDecorated> {
  const panel = await openNotebook(cells, windowingMode);
  const connection = new TestConnection();
  const tracker = new NotebookTracker({ namespace: 'test' });
  const models = new NamespaceModels(() => connection);
  const fixed: IDecorated['fixed'] = [];
  const decorations = new PerNotebook(tracker, notebook =>
    decorate({
      model: models.modelOf(notebook),
      fix: ({ args, command }) => fixed.push({ command, args }),
      openMenu: ({ id }) => fixed.push({ command: 'menu', args: id }),
      owner: null,
      runAllAbove: () => fixed.push({ command: 'run all above', args: {} }),
      trans: nullTranslator.load('test')
    })
  );
  decorations.isOn = true;
  await tracker.add(panel);
  await until(() => connection.sent.length > 0);
  return { panel, connection, decorations, fixed, model: models.modelOf(panel) };
}
