/** How are the problems listed? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { remediesOfProblem } from '../../remedies';
import { cellLabelOf } from '../../appearance/cellNames';
import { appearanceOfProblem, wordOfProblem } from '../../appearance/problemAppearance';
import { plainTextOf } from '../../appearance/wording';
import type { Summary } from '../../protocol';
import type { IRemedy } from '../../tokens/commands';
import type { IProblem } from '../../tokens/models';
import { useMentions } from '../elements/CellLink';
import { CellLinks } from '../elements/CellLinks';
import type { ICellCallbacks } from '../cells/CellRow';
import { EmptyState } from '../elements/EmptyState';
import { RowTree } from '../elements/RowTree';
import type { ITreeRow } from '../elements/treeRows';
import { useUnfolded } from '../elements/unfoldedRows';
import { StatusIcon } from '../elements/StatusIcon';
import { Remedies } from '../elements/RemedyButtons';
import { Sentence } from '../elements/Sentence';

export interface IProblemListProps extends Pick<ICellCallbacks, 'fix'> {
  problems: readonly IProblem[];
  summary: Summary;
  trans: TranslationBundle;
}

/** The row of one problem; its first remedy stands on the line. */
interface IProblemRow extends ITreeRow {
  problem: IProblem;
  label: string;
  remedies: readonly IRemedy[];
}

/** The problems, most urgent first, each with its remedies. */
export function ProblemList(props: IProblemListProps): React.ReactElement {
  const { fix, problems, summary, trans } = props;
  const mentions = useMentions();
  const [unfolded, setUnfolded] = useUnfolded();
  const rows = React.useMemo(
    () =>
      problems.map((problem): IProblemRow => {
        const { key, kind, message } = problem;
        const label = labelOf(problem, trans);
        const word = wordOfProblem(kind, trans);
        const description = plainTextOf(message, mentions);
        return {
          key,
          level: 1,
          isUnfolded: unfolded.get(key) ?? false,
          name: `${label}, ${word}`,
          description,
          title: `${label}: ${word}\n${description}`,
          className: `jp-mod-${appearanceOfProblem(kind)}`,
          problem,
          label,
          remedies: remediesOfProblem(problem, trans)
        };
      }),
    [problems, unfolded, mentions, trans]
  );
  if (problems.length === 0) {
    return (
      <EmptyState title={trans.__('No problems')} text={textWithoutProblems(summary, trans)} />
    );
  }
  return (
    <RowTree
      label={trans.__('Problems')}
      rows={rows}
      setUnfolded={setUnfolded}
      drawLine={({ label, problem: { cells, kind, names }, remedies }, tabIndex) => (
        <>
          <StatusIcon appearance={appearanceOfProblem(kind)} />
          {names.length > 0 || cells.length === 1 ? (
            <code className="jp-NamespaceViz-label jp-mod-names">{label}</code>
          ) : (
            <span className="jp-NamespaceViz-label jp-mod-names">{label}</span>
          )}
          <span
            className={`jp-NamespaceViz-nameWord ${remedies.length > 0 ? 'jp-mod-optional' : ''}`}
          >
            {wordOfProblem(kind, trans)}
          </span>
          <Remedies remedies={remedies.slice(0, 1)} areLinks tabIndex={tabIndex} fix={fix} />
        </>
      )}
      drawBody={({ problem, remedies }, tabIndex) => (
        <div className="jp-NamespaceViz-rowBody">
          <ProblemBody problem={problem} tabIndex={tabIndex} trans={trans} />
          <Remedies remedies={remedies.slice(1)} areLinks tabIndex={tabIndex} fix={fix} />
        </div>
      )}
    />
  );
}

interface IProblemBodyProps {
  problem: IProblem;
  tabIndex: number;
  trans: TranslationBundle;
}

/** The kind, the reason, the cells, and what the remedies do not mend. */
function ProblemBody({ problem, tabIndex, trans }: IProblemBodyProps): React.ReactElement {
  const { cells, dependents, kind, message, remedies } = problem;
  const remaining = [...new Set(remedies.flatMap(remedy => remedy.remaining))];
  return (
    <>
      <div className="jp-NamespaceViz-message">
        <span className="jp-NamespaceViz-word">{wordOfProblem(kind, trans)}</span>
        <Sentence text={message} tabIndex={tabIndex} />
      </div>
      <CellLinks cells={cells} tabIndex={tabIndex} trans={trans} />
      {dependents > 0 && (
        <div>
          {trans._n('%1 more cell depends on it', '%1 more cells depend on it', dependents)}
        </div>
      )}
      {remaining.map(sentence => (
        <div key={sentence} className="jp-NamespaceViz-message">
          {trans.__('Will remain:')} <Sentence text={sentence} tabIndex={tabIndex} />
        </div>
      ))}
    </>
  );
}

/** The names that the problem is about, else its cell; several cells are counted. */
function labelOf({ cells, names }: IProblem, trans: TranslationBundle): string {
  if (names.length > 0) {
    return names.join(', ');
  }
  const [only, ...others] = cells;
  return only && others.length === 0
    ? cellLabelOf(only)
    : trans._n('%1 cell', '%1 cells', cells.length);
}

/** What is true of a notebook without problems; cells that have yet to run may bring some. */
function textWithoutProblems(
  { queued, running, waiting }: Summary,
  trans: TranslationBundle
): string {
  if (running + queued > 0) {
    return trans.__('Cells are still running.');
  }
  return waiting > 0
    ? trans._n(
        '%1 cell has not run yet. The cells above define what it needs.',
        '%1 cells have not run yet. The cells above define what they need.',
        waiting
      )
    : trans.__('Everything the cells need is available, now and after a restart.');
}
