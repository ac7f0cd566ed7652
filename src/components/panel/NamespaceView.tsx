/** What does the panel show for the notebook that it follows? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { INamespaceModel } from '../../tokens/models';
import type { ViewName } from '../../tokens/commands';
import { CellList } from '../views/CellList';
import type { ICellCallbacks } from '../cells/CellRow';
import { MentionedCells } from '../elements/CellLink';
import { EmptyState } from '../elements/EmptyState';
import { ConnectionPage } from './ConnectionPage';
import { ImportTable } from '../views/ImportTable';
import { KernelLine } from './KernelLine';
import { NameTable } from '../views/NameTable';
import { ProblemList } from '../views/ProblemList';
import { SummaryLine } from './SummaryLine';
import { Tabs } from './Tabs';

/** The part of a model that is shown. */
export type Shown = Pick<
  INamespaceModel,
  | 'activeCellId'
  | 'cells'
  | 'connectionState'
  | 'edges'
  | 'imports'
  | 'isKernelPending'
  | 'kernel'
  | 'names'
  | 'problems'
  | 'refusal'
  | 'summary'
>;

export interface INamespaceViewProps extends ICellCallbacks {
  /** Null when no notebook is open. */
  namespace: Shown | null;
  view: ViewName;
  chooseView: (view: ViewName) => void;
  refresh: () => void;
  trans: TranslationBundle;
}

const NO_CELLS: Shown['cells'] = [];

/** The content of the panel; its sentences link to the cells of the notebook. */
export function NamespaceView(props: INamespaceViewProps): React.ReactElement {
  const { goToCell, namespace, trans } = props;
  return (
    <MentionedCells cells={namespace?.cells ?? NO_CELLS} trans={trans} goToCell={goToCell}>
      <Page {...props} />
    </MentionedCells>
  );
}

/** A page for each state without cells, and one for the cells. */
function Page(props: INamespaceViewProps): React.ReactElement {
  const { namespace, refresh, trans } = props;
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
  const { cells, connectionState, isKernelPending, kernel, refusal, summary } = namespace;
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
        <KernelLine kernel={kernel} isKernelPending={isKernelPending} trans={trans} />
      </div>
      {cells.length > 0 ? (
        <Views {...props} namespace={namespace} />
      ) : (
        <EmptyState title={trans.__('This notebook has no code cells yet')} />
      )}
    </>
  );
}

/** The tabs and the view that was chosen. */
function Views(props: INamespaceViewProps & { namespace: Shown }): React.ReactElement {
  const { chooseView, goToCell, fix, namespace, trans, view } = props;
  const { activeCellId, cells, edges, imports, names, problems } = namespace;
  return (
    <Tabs view={view} chooseView={chooseView} problemCount={problems.length} trans={trans}>
      {view === 'cells' && (
        <CellList
          cells={cells}
          edges={edges}
          activeCellId={activeCellId}
          names={names}
          trans={trans}
          goToCell={goToCell}
          fix={fix}
        />
      )}
      {view === 'names' && <NameTable names={names} cells={cells} trans={trans} fix={fix} />}
      {view === 'imports' && (
        <ImportTable imports={imports} cells={cells} trans={trans} fix={fix} />
      )}
      {view === 'problems' && <ProblemList problems={problems} trans={trans} fix={fix} />}
    </Tabs>
  );
}
