/** What does the panel show for the notebook that it follows? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { INamespaceModel } from '../tokens';
import { CellList } from './CellList';
import type { ICellCallbacks } from './CellRow';
import { ConnectionPage, EmptyState } from './EmptyState';
import { KernelLine } from './KernelLine';
import { SummaryLine } from './SummaryLine';

/** The part of a model that is drawn. */
export type Shown = Pick<
  INamespaceModel,
  | 'activeCellId'
  | 'cells'
  | 'connectionState'
  | 'isKernelPending'
  | 'kernel'
  | 'refusal'
  | 'summary'
>;

export interface INamespaceViewProps extends ICellCallbacks {
  /** Null when no notebook is open. */
  namespace: Shown | null;
  refresh: () => void;
  trans: TranslationBundle;
}

/** The content of the panel, in one of the states that are drawn on purpose. */
export function NamespaceView(props: INamespaceViewProps): React.ReactElement {
  const { namespace, refresh, trans, ...callbacks } = props;
  if (!namespace) {
    return (
      <EmptyState
        title={trans.__('No notebook is open')}
        text={trans.__(
          'Open a notebook to see which names its cells define and need, and which of them the kernel holds.'
        )}
      />
    );
  }
  const { activeCellId, cells, connectionState, isKernelPending, kernel, refusal, summary } =
    namespace;
  if (connectionState !== 'open') {
    return <ConnectionPage state={connectionState} retry={refresh} trans={trans} />;
  }
  if (refusal !== null) {
    return (
      <EmptyState
        title={trans.__('The server cannot take this notebook')}
        text={refusal}
        action={{ label: trans.__('Try again'), onClick: refresh }}
      />
    );
  }
  if (!kernel || !summary) {
    return (
      <EmptyState
        title={
          isKernelPending ? trans.__('Waiting for the kernel…') : trans.__('Reading the notebook…')
        }
      />
    );
  }
  if (kernel.state === 'not_python') {
    return (
      <EmptyState
        title={trans.__('The kernel does not speak Python')}
        text={kernel.message ?? trans.__('Names can be compared with IPython kernels only.')}
      />
    );
  }
  return (
    <>
      <div className="jp-NamespaceViz-top">
        {cells.length > 0 && (
          <SummaryLine summary={summary} isOld={kernel.state === 'silent'} trans={trans} />
        )}
        <KernelLine kernel={kernel} isPending={isKernelPending} trans={trans} />
      </div>
      {cells.length > 0 ? (
        <CellList cells={cells} activeCellId={activeCellId} trans={trans} {...callbacks} />
      ) : (
        <EmptyState title={trans.__('This notebook has no code cells yet')} />
      )}
    </>
  );
}
