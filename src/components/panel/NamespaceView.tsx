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
import { Header } from './Header';
import type { IHeaderCallbacks } from './Header';
import { HelpCard } from './HelpCard';
import { NameTable } from '../views/NameTable';
import { ProblemList } from '../views/ProblemList';
import { Tabs } from './Tabs';

/** The part of a model that is shown. */
export type Shown = Pick<
  INamespaceModel,
  | 'activeCellId'
  | 'cells'
  | 'connectionState'
  | 'edges'
  | 'hasCodeAbove'
  | 'imports'
  | 'isKernelPending'
  | 'kernel'
  | 'names'
  | 'problems'
  | 'refusal'
  | 'summary'
>;

export interface INamespaceViewProps extends ICellCallbacks, IHeaderCallbacks {
  /** Null when no notebook is open. */
  namespace: Shown | null;
  view: ViewName;
  chooseView: (view: ViewName) => void;
  isHelpShown: boolean;
  /** Give the focus back to the notebook. */
  leave: () => void;
  trans: TranslationBundle;
}

const NO_CELLS: Shown['cells'] = [];

/**
 * The content of the panel: the header, and the views or a page for each state without cells.
 *
 * Its sentences link to the cells of the notebook.
 */
export function NamespaceView(props: INamespaceViewProps): React.ReactElement {
  const { goToCell, isHelpShown, leave, namespace, toggleHelp, trans } = props;
  const [hasAllLines, setAllLines] = React.useState(false);
  const page = pageOf(props);
  const { cells = NO_CELLS, summary = null } = namespace ?? {};
  const onKeyDown = (event: React.KeyboardEvent): void => {
    // In a filter with text, Escape clears that first.
    const isInText = event.target instanceof HTMLInputElement && event.target.value !== '';
    if (event.key === 'Escape' && !isInText) {
      event.preventDefault();
      leave();
    }
  };
  return (
    <MentionedCells cells={cells} trans={trans} goToCell={goToCell}>
      <div className="jp-NamespaceViz-content" onKeyDown={onKeyDown}>
        <Header
          {...props}
          kernel={page ? null : (namespace?.kernel ?? null)}
          isKernelPending={namespace?.isKernelPending ?? false}
          summary={cells.length > 0 ? summary : null}
          isConnected={namespace?.connectionState === 'open'}
          isPython={namespace?.kernel?.state !== 'not_python'}
          hasCodeAbove={namespace?.hasCodeAbove ?? false}
          hasAllLines={hasAllLines}
          toggleLines={() => setAllLines(!hasAllLines)}
        />
        {page ??
          (namespace && cells.length > 0 ? (
            <Views {...props} namespace={namespace} hasAllLines={hasAllLines} />
          ) : (
            <EmptyState title={trans.__('This notebook has no code cells yet')} />
          ))}
        {isHelpShown && namespace && <HelpCard trans={trans} close={toggleHelp} />}
      </div>
    </MentionedCells>
  );
}

/** The page that is shown instead of the views; null where nothing is in their way. */
function pageOf({ namespace, refresh, trans }: INamespaceViewProps): React.ReactElement | null {
  if (!namespace) {
    return (
      <EmptyState
        title={trans.__('No notebook is open')}
        text={trans.__(
          'Open a notebook to see which names its cells define and need, and which of them the kernel has.'
        )}
      />
    );
  }
  const { connectionState, isKernelPending, kernel, refusal, summary } = namespace;
  if (connectionState !== 'open') {
    return <ConnectionPage state={connectionState} retry={refresh} trans={trans} />;
  }
  if (refusal !== null) {
    return (
      <EmptyState
        title={trans.__('The server cannot read this notebook')}
        text={refusal}
        action={{ label: trans.__('Try Again'), onClick: refresh }}
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
        title={trans.__('The kernel is not a Python kernel')}
        text={kernel.message ?? trans.__('Names can be shown for IPython kernels only.')}
      />
    );
  }
  return null;
}

/** The tabs and the view that was chosen. */
function Views(
  props: INamespaceViewProps & { namespace: Shown; hasAllLines: boolean }
): React.ReactElement {
  const { chooseView, goToCell, fix, hasAllLines, namespace, trans, view } = props;
  const { activeCellId, cells, edges, imports, kernel, names, problems, summary } = namespace;
  // As in the status bar, what only a restart would bring out does not count.
  const problemCount = problems.filter(({ kind }) => kind !== 'restart').length;
  return (
    <Tabs view={view} chooseView={chooseView} problemCount={problemCount} trans={trans}>
      {view === 'cells' && (
        <CellList
          cells={cells}
          edges={edges}
          activeCellId={activeCellId}
          hasAllLines={hasAllLines}
          names={names?.isOld ? null : names}
          trans={trans}
          goToCell={goToCell}
          fix={fix}
        />
      )}
      {view === 'names' && <NameTable names={names} cells={cells} trans={trans} fix={fix} />}
      {view === 'imports' && (
        <ImportTable
          imports={imports}
          cells={cells}
          python={kernel?.python ?? null}
          trans={trans}
          fix={fix}
        />
      )}
      {view === 'problems' && summary && (
        <ProblemList problems={problems} summary={summary} trans={trans} fix={fix} />
      )}
    </Tabs>
  );
}
