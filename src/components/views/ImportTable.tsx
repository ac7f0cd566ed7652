/** How are the imports listed? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { ImportReport } from '../../protocol';
import { installRemedies } from '../../remedies';
import type { IRemedy } from '../../tokens/commands';
import type { ICellEntry } from '../../tokens/models';
import { CellLinks } from '../elements/CellLinks';
import { plainTextOf } from '../../appearance/wording';
import { useMentions } from '../elements/CellLink';
import { RowTree } from '../elements/RowTree';
import type { ITreeRow } from '../elements/treeRows';
import { useUnfolded } from '../elements/unfoldedRows';
import { StatusIcon } from '../elements/StatusIcon';
import { Remedies } from '../elements/RemedyButtons';
import { Sentence } from '../elements/Sentence';
import { nameAppearanceOf, wordOfName } from '../../appearance/nameAppearance';
import type { Appearance } from '../../appearance/cellAppearance';

export interface IImportTableProps {
  /** Null until the server has sent them. */
  imports: readonly ImportReport[] | null;
  cells: readonly ICellEntry[];
  /** The path of the kernel's Python; null where it is not known. */
  python: string | null;
  trans: TranslationBundle;
  fix: (remedy: IRemedy) => void;
}

/** The row of one imported name. */
interface IImportRow extends ITreeRow {
  report: ImportReport;
}

/** The imports in document order, each with its state in this kernel. */
export function ImportTable(props: IImportTableProps): React.ReactElement {
  const mentions = useMentions();
  const { cells, fix, imports, python, trans } = props;
  const entries = React.useMemo(() => new Map(cells.map(cell => [cell.id, cell])), [cells]);
  const [unfolded, setUnfolded] = useUnfolded();
  const rows = React.useMemo(
    () =>
      (imports ?? []).map((report, index): IImportRow => {
        const { cell, message, module, name } = report;
        const key = `${cell} ${module} ${name} ${index}`;
        const word = wordOf(report, trans);
        const description = message === null ? undefined : plainTextOf(message, mentions);
        return {
          key,
          level: 1,
          isUnfolded: unfolded.get(key) ?? false,
          name: `${name}, ${word}`,
          description,
          title: [`${report.code}: ${word}`, description].filter(line => line).join('\n'),
          className: `jp-mod-${appearanceOf(report)}`,
          report
        };
      }),
    [imports, unfolded, mentions, trans]
  );
  if (!imports) {
    return <p className="jp-NamespaceViz-hint">{trans.__('Reading the imports…')}</p>;
  }
  if (imports.length === 0) {
    return <p className="jp-NamespaceViz-hint">{trans.__('This notebook has no imports')}</p>;
  }
  return (
    <>
      {python !== null && (
        <p className="jp-NamespaceViz-environment">
          <Path file={python} label={trans.__('Python of the kernel')} />
        </p>
      )}
      <RowTree
        label={trans.__('Imports')}
        rows={rows}
        setUnfolded={setUnfolded}
        drawLine={({ report }) => <ImportLine report={report} trans={trans} />}
        drawBody={({ report }, tabIndex) => (
          <ImportBody
            report={report}
            entry={entries.get(report.cell)}
            environment={environmentOf(python)}
            tabIndex={tabIndex}
            trans={trans}
            fix={fix}
          />
        )}
      />
    </>
  );
}

function ImportLine({
  report,
  trans
}: {
  report: ImportReport;
  trans: TranslationBundle;
}): React.ReactElement {
  const { module, name, version } = report;
  return (
    <>
      <StatusIcon appearance={appearanceOf(report)} />
      <code className="jp-NamespaceViz-label jp-mod-names">{name}</code>
      {name !== module && <span className="jp-NamespaceViz-nameType">{module}</span>}
      {version !== null && <span className="jp-NamespaceViz-nameType">{version}</span>}
      <span className="jp-NamespaceViz-nameWord">{wordOf(report, trans)}</span>
    </>
  );
}

interface IImportBodyProps extends Pick<IImportTableProps, 'fix' | 'trans'> {
  report: ImportReport;
  entry: ICellEntry | undefined;
  /** The folder that is left out of paths; null if it is not known. */
  environment: string | null;
  tabIndex: number;
}

/** The reason, the cell, the files and the remedy of an import. */
function ImportBody(props: IImportBodyProps): React.ReactElement {
  const { entry, environment, fix, report, tabIndex, trans } = props;
  const { distribution, file, message, other_file, state } = report;
  return (
    <div className="jp-NamespaceViz-rowBody">
      {message !== null && (
        <div className="jp-NamespaceViz-message">
          <Sentence text={message} tabIndex={tabIndex} />
        </div>
      )}
      {entry && <CellLinks cells={[entry]} tabIndex={tabIndex} trans={trans} />}
      {file !== null && <Path file={file} label={trans.__('File')} environment={environment} />}
      {other_file !== null && (
        <Path file={other_file} label={trans.__('Not imported')} environment={environment} />
      )}
      <Remedies
        remedies={installRemedies(state === 'not_installed' ? distribution : null, trans)}
        areLinks
        tabIndex={tabIndex}
        fix={fix}
      />
    </div>
  );
}

/** The folder of the environment, which stands at the top of the list: that of `bin/python`. */
function environmentOf(python: string | null): string | null {
  return python?.match(/^(.+[\\/])(?:bin|Scripts)[\\/][^\\/]+$/)?.[1] ?? null;
}

/** A path; if it does not fit, its beginning is cut off, because the end matters. */
function Path({
  environment = null,
  file,
  label
}: {
  environment?: string | null;
  file: string;
  label: string;
}): React.ReactElement {
  const isInside = environment !== null && file.startsWith(environment);
  return (
    <span className="jp-NamespaceViz-path" title={`${label}: ${file}`}>
      <bdi>{isInside ? file.slice(environment.length) : file}</bdi>
    </span>
  );
}

/** The appearance whose icon an import has. */
function appearanceOf({ state, waiting }: ImportReport): Appearance {
  if (state === 'changed_on_disk') {
    return 'stale';
  }
  if (waiting) {
    return 'waiting';
  }
  return state === 'shadowed' ? 'at-risk' : (nameAppearanceOf(state) ?? 'fresh');
}

function wordOf({ state, waiting }: ImportReport, trans: TranslationBundle): string {
  if (state === 'changed_on_disk') {
    return trans.__('changed on disk');
  }
  return state === 'shadowed'
    ? trans.__('shadowed by a file')
    : wordOfName({ status: state, waiting }, trans);
}
