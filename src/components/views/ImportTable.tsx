/** How are the imports listed? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ImportReport } from '../../protocol';
import { installRemedies } from '../../remedies';
import type { IRemedy } from '../../tokens/commands';
import type { ICellEntry } from '../../tokens/models';
import { CellLinks } from '../elements/CellLinks';
import { StatusIcon } from '../elements/StatusIcon';
import { Remedies } from '../elements/RemedyButtons';
import { Sentence } from '../elements/Sentence';
import { nameAppearanceOf, nameWordOf } from '../../appearance/nameAppearance';
import type { Appearance } from '../../appearance/cellAppearance';

export interface IImportTableProps {
  /** Null until the server has sent them. */
  imports: readonly ImportReport[] | null;
  cells: readonly ICellEntry[];
  trans: TranslationBundle;
  fix: (remedy: IRemedy) => void;
}

/** The imports in document order, each with its state in this kernel. */
export function ImportTable(props: IImportTableProps): React.ReactElement {
  const { cells, imports, fix, trans } = props;
  const entries = React.useMemo(() => new Map(cells.map(cell => [cell.id, cell])), [cells]);
  if (!imports) {
    return <p className="jp-NamespaceViz-hint">{trans.__('Reading the imports…')}</p>;
  }
  if (imports.length === 0) {
    return <p className="jp-NamespaceViz-hint">{trans.__('This notebook imports nothing.')}</p>;
  }
  return (
    <ul
      className="jp-NamespaceViz-scroll jp-NamespaceViz-items"
      role="list"
      aria-label={trans.__('Imports')}
    >
      {imports.map((row, index) => (
        <ImportRow key={index} row={row} entry={entries.get(row.cell)} trans={trans} fix={fix} />
      ))}
    </ul>
  );
}

interface IImportRowProps {
  row: ImportReport;
  entry: ICellEntry | undefined;
  trans: TranslationBundle;
  fix: (remedy: IRemedy) => void;
}

const ImportRow = React.memo(({ entry, fix, row, trans }: IImportRowProps): React.ReactElement => {
  const { file, message, module, name, other_file, state, version } = row;
  const appearance = appearanceOf(state);
  return (
    <li className={`jp-NamespaceViz-item jp-mod-${appearance}`}>
      <div className="jp-NamespaceViz-itemHead">
        <StatusIcon appearance={appearance} />
        <code>{name}</code>
        {name !== module && <span className="jp-NamespaceViz-nameType">{module}</span>}
        {version !== null && <span className="jp-NamespaceViz-nameType">{version}</span>}
        <span className="jp-NamespaceViz-nameWord">{wordOf(state, trans)}</span>
      </div>
      {message !== null && (
        <div className="jp-NamespaceViz-message">
          <Sentence text={message} />
        </div>
      )}
      <div className="jp-NamespaceViz-origin">
        {entry && <CellLinks cells={[entry]} trans={trans} />}
        {file !== null && <Path file={file} label={trans.__('File')} />}
        {other_file !== null && <Path file={other_file} label={trans.__('Not imported')} />}
      </div>
      <Remedies
        remedies={installRemedies(row.state === 'not_installed' ? row.distribution : null, trans)}
        fix={fix}
      />
    </li>
  );
});
ImportRow.displayName = 'ImportRow';

/** A path; if it does not fit, its beginning is cut off, because the end matters. */
function Path({ file, label }: { file: string; label: string }): React.ReactElement {
  return (
    <span className="jp-NamespaceViz-path" title={`${label}: ${file}`}>
      <bdi>{file}</bdi>
    </span>
  );
}

/** The appearance whose icon the state of an import uses; an import that has not run is waiting. */
function appearanceOf(state: ImportReport['state']): Appearance {
  if (state === 'missing') {
    return 'waiting';
  }
  if (state === 'changed_on_disk') {
    return 'stale';
  }
  return state === 'shadowed' ? 'at-risk' : (nameAppearanceOf(state) ?? 'fresh');
}

function wordOf(state: ImportReport['state'], trans: TranslationBundle): string {
  if (state === 'changed_on_disk') {
    return trans.__('changed on disk');
  }
  return state === 'shadowed' ? trans.__('shadowed by a file') : nameWordOf(state, trans);
}
