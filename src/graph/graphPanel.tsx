/** Which widget shows the graph of a notebook? */

import { MainAreaWidget, Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import { namespaceIcon } from '../appearance/icons';
import { readCells } from '../model/cells';
import type { INamespaceModel } from '../tokens/models';
import { graphTextOf, pngOf, save, svgTextOf } from './exportGraph';
import type { ExportFormat } from './exportGraph';
import { GraphView } from './GraphView';
import type { ILayout } from './layout';

export interface IGraphOptions {
  model: INamespaceModel;
  serverSettings: ServerConnection.ISettings;
  trans: TranslationBundle;
  goToCell: (cellId: string) => void;
}

/** The graph of one notebook, for any area; it is disposed with the notebook. */
export function newGraphPanel(options: IGraphOptions): MainAreaWidget {
  const { model, trans } = options;
  const widget = new MainAreaWidget({ content: new GraphPanel(options) });
  widget.id = graphIdOf(model);
  widget.title.icon = namespaceIcon;
  widget.title.label = trans.__('Graph of %1', PathExt.basename(model.notebookPanel.context.path));
  widget.title.closable = true;
  model.notebookPanel.disposed.connect(() => widget.dispose());
  return widget;
}

/** The id of the widget with the graph of a notebook. */
export function graphIdOf(model: INamespaceModel): string {
  return `jp-NamespaceViz-graph-${model.notebookPanel.id}`;
}

class GraphPanel extends ReactWidget {
  constructor(private readonly _options: IGraphOptions) {
    super();
    this.addClass('jp-NamespaceViz');
    this.addClass('jp-NamespaceViz-graphPanel');
    const { model } = _options;
    model.stateChanged.connect(this.update, this);
    model.setWanted('graph', 'verdicts');
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._options.model.stateChanged.disconnect(this.update, this);
      this._options.model.setWanted('graph', 'nothing');
      super.dispose();
    }
  }

  protected override render(): React.ReactElement {
    const { goToCell, model, trans } = this._options;
    return (
      <GraphView
        cells={model.cells}
        edges={model.edges}
        activeCellId={model.activeCellId}
        trans={trans}
        goToCell={goToCell}
        exportAs={(format, svg, layout) => void this._exportAs(format, svg, layout)}
      />
    );
  }

  private async _exportAs(
    format: ExportFormat,
    svg: SVGSVGElement,
    layout: ILayout
  ): Promise<void> {
    const { model, serverSettings } = this._options;
    const name = PathExt.basename(model.notebookPanel.context.path, '.ipynb');
    try {
      switch (format) {
        case 'svg':
          return save(svgTextOf(svg, layout), `${name}.svg`, 'image/svg+xml');
        case 'png':
          return save(await pngOf(svgTextOf(svg, layout), layout), `${name}.png`, 'image/png');
        case 'dot':
        case 'mermaid': {
          const cells = readCells(model.notebookPanel.content.model).map(({ text }) => text);
          const text = await graphTextOf(cells, format, serverSettings);
          return save(text, `${name}.${format === 'dot' ? 'dot' : 'mmd'}`, 'text/plain');
        }
        default:
          return unknownFormat(format);
      }
    } catch (error) {
      Notification.error(error instanceof Error ? error.message : String(error));
    }
  }
}

function unknownFormat(_format: never): void {
  return;
}
