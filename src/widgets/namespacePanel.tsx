/** What is in the side panel, and which notebook does it follow? */

import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import * as React from 'react';
import { flushSync } from 'react-dom';
import { namespaceIcon } from '../appearance/icons';
import { RunningRemedy } from '../components/elements/RemedyButtons';
import { NamespaceView } from '../components/panel/NamespaceView';
import { CommandIds, PANEL_ID } from '../tokens/commands';
import type { CommandId, ExecuteCommand, ICellArgs, IRemedy, ViewName } from '../tokens/commands';
import type { INamespaceModel, INamespaceModels } from '../tokens/models';

export interface INamespacePanelOptions {
  execute: ExecuteCommand;
  models: INamespaceModels;
  tracker: INotebookTracker;
  trans: TranslationBundle;
  /** Runs all cells above the active one of the active notebook. */
  runAllAbove: () => void;
  /** Saves the chosen view for the next page. */
  rememberView: (view: ViewName) => void;
  /** Saves whether the help is shown. */
  rememberHelp: (isShown: boolean) => void;
}

/** The side panel; while it is hidden it requests nothing. */
export class NamespacePanel extends ReactWidget {
  constructor(private readonly _options: INamespacePanelOptions) {
    super();
    const { tracker, trans } = _options;
    this.id = PANEL_ID;
    this.addClass('jp-NamespaceViz');
    this.title.className = 'jp-NamespaceViz-sideTab';
    this.title.icon = namespaceIcon;
    this.title.caption = trans.__('Namespace');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Namespace'));
    this.node.tabIndex = -1;
    this.node.addEventListener('focus', event => this._onFocus(event));
    tracker.currentChanged.connect(this._follow, this);
    this._follow();
  }

  /** The model of the active notebook; null if there is none. */
  get model(): INamespaceModel | null {
    return this._model;
  }

  /** The current view. */
  get view(): ViewName {
    return this._view;
  }
  set view(view: ViewName) {
    if (view !== this._view) {
      this._view = view;
      this.update();
    }
  }

  /** Whether the help is shown. */
  get isHelpShown(): boolean {
    return this._isHelpShown;
  }
  set isHelpShown(isShown: boolean) {
    if (isShown !== this._isHelpShown) {
      this._isHelpShown = isShown;
      this.update();
    }
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._setModel(null);
      super.dispose();
    }
  }

  protected override onAfterShow(message: Message): void {
    super.onAfterShow(message);
    this._setWanted();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    this._setWanted();
  }

  protected override onAfterHide(message: Message): void {
    super.onAfterHide(message);
    this._setWanted();
  }

  /** Draw at once what has changed, in the same frame as the marks. */
  protected override onUpdateRequest(message: Message): void {
    flushSync(() => super.onUpdateRequest(message));
  }

  protected override render(): React.ReactElement {
    const { trans } = this._options;
    const model = this._model;
    return (
      <RunningRemedy.Provider value={model?.runningRemedy ?? null}>
        <NamespaceView
          namespace={model}
          view={this._view}
          chooseView={this._chooseView}
          isHelpShown={this._isHelpShown}
          trans={trans}
          refresh={this._refresh}
          restoreImports={this._restoreImports}
          runAllAbove={this._options.runAllAbove}
          toggleHelp={this._toggleHelp}
          leave={this._leave}
          goToCell={this._goToCell}
          fix={this._fix}
        />
      </RunningRemedy.Provider>
    );
  }

  /** The focus goes on to the current row, or to the tab where there is no row. */
  private _onFocus(event: FocusEvent): void {
    // A click next to the rows gives the focus to the panel too, but should not scroll.
    if (event.target === this.node && this.node.matches(':focus-visible')) {
      const stops = '[role="row"][tabindex="0"], [role="tab"][tabindex="0"]';
      const [tab, row] = this.node.querySelectorAll<HTMLElement>(stops);
      (row ?? tab)?.focus();
    }
  }

  private _follow(): void {
    const panel = this._options.tracker.currentWidget;
    this._setModel(panel && !panel.isDisposed ? this._options.models.modelOf(panel) : null);
  }

  private _setModel(model: INamespaceModel | null): void {
    if (model !== this._model) {
      this._model?.stateChanged.disconnect(this.update, this);
      this._model?.setWanted('panel', 'nothing');
      this._model = model;
      model?.stateChanged.connect(this.update, this);
      this._setWanted();
      this.update();
    }
  }

  private _setWanted(): void {
    this._model?.setWanted('panel', this.isVisible ? 'everything' : 'nothing');
  }

  private _execute(command: CommandId, args: ICellArgs = {}): void {
    const notebookId: NotebookPanel['id'] | undefined = this._model?.notebookPanel.id;
    this._options.execute(command, { notebookId, ...args });
  }

  private _chooseView = (view: ViewName): void => {
    this.view = view;
    this._options.rememberView(view);
  };

  // Fields, so that the functions stay the same and rows are not rendered again.
  private _toggleHelp = (): void => {
    this.isHelpShown = !this._isHelpShown;
    this._options.rememberHelp(this._isHelpShown);
  };
  private _goToCell = (cellId: string): void => this._execute(CommandIds.goToCell, { cellId });
  private _fix = ({ args, command }: IRemedy): void => this._execute(command, args);
  private _refresh = (): void => this._model?.refresh();
  /** Give the focus back to the notebook. */
  private _leave = (): void => this._model?.notebookPanel.content.activate();
  private _restoreImports = (): void => this._execute(CommandIds.restoreImports);

  private _isHelpShown = false;
  private _model: INamespaceModel | null = null;
  private _view: ViewName = 'cells';
}
