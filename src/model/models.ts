/** Which model belongs to which notebook? */

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IConnection } from '../tokens/connection';
import type { INamespaceModel, INamespaceModels } from '../tokens/models';
import { NotebookNamespaceModel } from './notebookModel';

/** One model per notebook panel, created on the first request and disposed with the panel. */
export class NamespaceModels implements INamespaceModels {
  /** `language` is JupyterLab's, in which the server writes its sentences: `de-DE`. */
  constructor(
    private readonly _newConnection: () => IConnection,
    private readonly _language = 'en'
  ) {}

  modelOf(notebookPanel: NotebookPanel): INamespaceModel {
    let model = this._models.get(notebookPanel);
    if (!model || model.isDisposed) {
      model = new NotebookNamespaceModel(notebookPanel, this._newConnection(), this._language);
      this._models.set(notebookPanel, model);
    }
    return model;
  }

  private _models = new WeakMap<NotebookPanel, INamespaceModel>();
}
