/** Which plugins does JupyterLab load, and what can other extensions import? */

import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { commandsPlugin } from './plugins/commands';
import { graphPlugin } from './plugins/graph';
import { marksPlugin } from './plugins/marks';
import { minimapPlugin } from './plugins/minimap';
import { modelsPlugin } from './plugins/models';
import { panelPlugin } from './plugins/panel';
import { restoreImportsPlugin } from './plugins/restoreImports';
import { statusPlugin } from './plugins/status';
import { underlinesPlugin } from './plugins/underlines';
import { visibilityPlugin } from './plugins/visibility';

export { CommandIds } from './tokens/commands';
export type { CommandId, ICellArgs, ViewName } from './tokens/commands';
export { INamespaceModels, NotConnectedError } from './tokens/models';
export type {
  AttentionKind,
  ICellEntry,
  INamespaceModel,
  INameTable,
  IProblem,
  ShownCount,
  Wanted
} from './tokens/models';
export type { ConnectionState } from './tokens/connection';
export type {
  CellReport,
  Definition,
  Edge,
  Finding,
  ImportReport,
  Kernel,
  NameReport,
  Need,
  Planned,
  PlanRequest,
  Step,
  Summary,
  Unresolved,
  Use
} from './protocol';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  modelsPlugin,
  panelPlugin,
  marksPlugin,
  underlinesPlugin,
  minimapPlugin,
  statusPlugin,
  commandsPlugin,
  graphPlugin,
  restoreImportsPlugin,
  visibilityPlugin
];

export default plugins;
