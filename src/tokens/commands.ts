/** Which commands exist, which arguments do they take, and which views can they show? */

/** The id of the side panel's widget. */
export const PANEL_ID = 'jp-NamespaceViz-panel';

/** The views of the panel, in the order of their tabs. */
export const VIEWS = ['cells', 'names', 'imports', 'problems'] as const;
export type ViewName = (typeof VIEWS)[number];

/** The commands; those about a cell take `ICellArgs`. */
export const CommandIds = {
  showPanel: 'jupyter-namespace-viz:show-panel',
  showGraph: 'jupyter-namespace-viz:show-graph',
  goToCell: 'jupyter-namespace-viz:go-to-cell',
  showNameCard: 'jupyter-namespace-viz:show-name-card',
  restoreImports: 'jupyter-namespace-viz:restore-imports',
  restoreCellImports: 'jupyter-namespace-viz:restore-cell-imports',
  runNeededCells: 'jupyter-namespace-viz:run-needed-cells',
  runWithNeeded: 'jupyter-namespace-viz:run-with-needed',
  runStaleCells: 'jupyter-namespace-viz:run-stale-cells',
  runDependents: 'jupyter-namespace-viz:run-dependents',
  restartAndCheck: 'jupyter-namespace-viz:restart-and-check',
  insertImports: 'jupyter-namespace-viz:insert-imports',
  restoreDeletedCell: 'jupyter-namespace-viz:restore-deleted-cell',
  copyInstallCommand: 'jupyter-namespace-viz:copy-install-command',
  changeKernel: 'jupyter-namespace-viz:change-kernel',
  showMarks: 'jupyter-namespace-viz:show-marks',
  hideMarks: 'jupyter-namespace-viz:hide-marks',
  hideMarksEverywhere: 'jupyter-namespace-viz:hide-marks-everywhere',
  openSettings: 'jupyter-namespace-viz:open-settings'
} as const;

export type CommandId = (typeof CommandIds)[keyof typeof CommandIds];

/**
 * Which cell a command is about: by default the active cell of the active notebook.
 *
 * docs/extending.md lists which command takes which arguments.
 */
export interface ICellArgs {
  /** The id of the notebook panel's widget (`notebookPanel.id`), not a path. */
  notebookId?: string;
  cellId?: string;
  /** The cells, if the command is about several. */
  cellIds?: string[];
  /** The name, if the command is about one. */
  name?: string;
  /** Whether to run the plan without showing it first. */
  isAgreed?: boolean;
  /** The name of the distribution to install, as the package index has it. */
  distribution?: string;
  /** Whether it is an item of a context menu, which is hidden where it would do nothing. */
  isContextMenu?: boolean;
  /** Whether it is a button of the cell's toolbar, which is hidden for other cells than code. */
  isToolbar?: boolean;
}

/** Executes a command of any plugin. */
export type ExecuteCommand = (command: CommandId, args?: ICellArgs & { view?: ViewName }) => void;

/** A way to fix a problem: the label of a button, and the command that it executes. */
export interface IRemedy {
  readonly command: CommandId;
  readonly args: ICellArgs;
  readonly label: string;
  /** The accessible name, which repeats what the button is about. */
  readonly ariaLabel: string;
}

/** The key by which a model says that a remedy runs: a command for some cells, or for all. */
export function remedyKey(command: CommandId, { cellId, cellIds }: ICellArgs = {}): string {
  return [command, ...(cellIds ?? [cellId ?? ''])].join(' ').trim();
}
