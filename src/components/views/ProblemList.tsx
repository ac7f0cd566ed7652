/** How are the problems listed? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import { remediesOfProblem } from '../../remedies';
import type { AttentionKind, IProblem } from '../../tokens/models';
import { CellLinks } from '../elements/CellLinks';
import type { ICellCallbacks } from '../cells/CellRow';
import { EmptyState } from '../elements/EmptyState';
import { StatusIcon } from '../elements/StatusIcon';
import { Remedies } from '../elements/RemedyButtons';
import { Sentence } from '../elements/Sentence';
import type { Appearance } from '../../appearance/cellAppearance';

/** The most names that are listed; the rest is only counted. */
const MAX_SHOWN = 5;

export interface IProblemListProps extends Pick<ICellCallbacks, 'fix'> {
  problems: readonly IProblem[];
  trans: TranslationBundle;
}

/** The problems, most urgent first, each with its remedies. */
export function ProblemList(props: IProblemListProps): React.ReactElement {
  const { problems, ...rest } = props;
  const { trans } = rest;
  if (problems.length === 0) {
    return (
      <EmptyState
        title={trans.__('Nothing needs attention')}
        text={trans.__('No cell that could surprise you, now or after a restart.')}
      />
    );
  }
  return (
    <ul
      className="jp-NamespaceViz-scroll jp-NamespaceViz-items"
      role="list"
      aria-label={trans.__('Problems')}
    >
      {problems.map(problem => (
        <Problem key={problem.key} problem={problem} {...rest} />
      ))}
    </ul>
  );
}

interface IProblemProps extends Omit<IProblemListProps, 'problems'> {
  problem: IProblem;
}

function Problem({ fix, problem, trans }: IProblemProps): React.ReactElement {
  const { cells, dependents, kind, message, names: about } = problem;
  const remaining = [...new Set(problem.remedies.flatMap(remedy => remedy.remaining))];
  const appearance = APPEARANCES[kind];
  return (
    <li className={`jp-NamespaceViz-item jp-mod-${appearance}`}>
      <div className="jp-NamespaceViz-itemHead">
        <StatusIcon appearance={appearance} />
        <span className="jp-NamespaceViz-itemNames" title={about.join(', ')}>
          {about.slice(0, MAX_SHOWN).map(name => (
            <code key={name}>{name}</code>
          ))}
          {about.length > MAX_SHOWN && (
            <span>{trans.__('and %1 more', about.length - MAX_SHOWN)}</span>
          )}
        </span>
        <span className="jp-NamespaceViz-nameWord">{wordOf(kind, trans)}</span>
      </div>
      <div className="jp-NamespaceViz-message">
        <Sentence text={message} />
      </div>
      <div className="jp-NamespaceViz-origin">
        <CellLinks cells={cells} trans={trans} />
        {dependents > 0 && (
          <span>
            {trans._n('%1 more cell depends on it', '%1 more cells depend on it', dependents)}
          </span>
        )}
      </div>
      <Remedies remedies={remediesOfProblem(problem, trans)} fix={fix} />
      {remaining.map(sentence => (
        <div key={sentence} className="jp-NamespaceViz-message">
          {trans.__('Will remain:')} <Sentence text={sentence} />
        </div>
      ))}
    </li>
  );
}

/** The appearances whose icons the problems use. */
const APPEARANCES: Record<AttentionKind, Appearance> = {
  at_risk: 'at-risk',
  clobbered: 'at-risk',
  failed: 'failed',
  ghost: 'at-risk',
  missing: 'blocked',
  missing_import: 'blocked-import',
  not_installed: 'blocked-import',
  restart: 'waiting',
  stale: 'stale',
  syntax: 'syntax-error',
  unknown: 'at-risk'
};

function wordOf(kind: AttentionKind, trans: TranslationBundle): string {
  switch (kind) {
    case 'at_risk':
      return trans.__('may go wrong');
    case 'clobbered':
      return trans.__('overwritten');
    case 'failed':
      return trans.__('failed');
    case 'ghost':
      return trans.__('no cell defines it any more');
    case 'missing':
      return trans.__('missing');
    case 'missing_import':
      return trans.__('missing import');
    case 'not_installed':
      return trans.__('not installed');
    case 'restart':
      return trans.__('would fail after a restart');
    case 'stale':
      return trans.__('stale');
    case 'syntax':
      return trans.__('syntax error');
    case 'unknown':
      return trans.__('cannot be told');
    default:
      return unknownKind(kind);
  }
}

function unknownKind(kind: never): never {
  throw new Error(`Unknown kind ${JSON.stringify(kind)}`);
}
