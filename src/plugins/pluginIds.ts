/** Which plugins are there? */

import { SETTINGS_ID } from './settings';

/** The ids by which a user or an administrator disables plugins; they must not change. */
export const PluginIds = {
  models: SETTINGS_ID,
  panel: 'jupyter-namespace-viz:panel',
  marks: 'jupyter-namespace-viz:marks',
  underlines: 'jupyter-namespace-viz:underlines',
  minimap: 'jupyter-namespace-viz:minimap',
  status: 'jupyter-namespace-viz:status',
  commands: 'jupyter-namespace-viz:commands',
  graph: 'jupyter-namespace-viz:graph',
  restoreImports: 'jupyter-namespace-viz:restore-imports',
  visibility: 'jupyter-namespace-viz:visibility'
} as const;
