/** How are the problems listed, and what can be done about each? */

import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { IProblem, ProblemKind } from '../tokens';
import { CellLinks } from './CellLinks';
import type { ICellCallbacks } from './CellRow';
import { EmptyState } from './EmptyState';
import { StatusIcon } from './NameChip';
import { Sentence } from './Sentence';
import type { Look } from './status';

export interface IProblemListProps extends ICellCallbacks {
  runStaleCells: () => void;
  problems: readonly IProblem[];
  trans: TranslationBundle;
}

/** The problems, most urgent first, each with its remedy. */
export function ProblemList(props: IProblemListProps): React.ReactElement {
  const { problems, trans, ...callbacks } = props;
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
        <Problem key={problem.key} problem={problem} trans={trans} {...callbacks} />
      ))}
    </ul>
  );
}

interface IProblemProps extends ICellCallbacks {
  runStaleCells: () => void;
  problem: IProblem;
  trans: TranslationBundle;
}

function Problem({ goToCell, problem, trans, ...callbacks }: IProblemProps): React.ReactElement {
  const { cells, kind, message, name } = problem;
  const look = LOOKS[kind];
  return (
    <li className={`jp-NamespaceViz-item jp-mod-${look}`}>
      <div className="jp-NamespaceViz-itemHead">
        <StatusIcon look={look} />
        {name !== null && <code>{name}</code>}
        <span className="jp-NamespaceViz-nameWord">{wordOf(kind, trans)}</span>
      </div>
      <div className="jp-NamespaceViz-message">
        <Sentence text={message} />
      </div>
      <div className="jp-NamespaceViz-origin">
        <CellLinks cells={cells} trans={trans} goToCell={goToCell} />
      </div>
      <Remedies problem={problem} trans={trans} {...callbacks} />
    </li>
  );
}

/** What would mend the problem for the first of its cells that can be mended. */
function Remedies({
  problem,
  restoreCellImports,
  runNeededCells,
  runStaleCells,
  trans
}: Omit<IProblemProps, 'goToCell'>): React.ReactElement | null {
  if (problem.kind === 'stale') {
    return (
      <div className="jp-NamespaceViz-actions">
        <button type="button" className="jp-NamespaceViz-button" onClick={runStaleCells}>
          {trans.__('Run stale cells')}
        </button>
      </div>
    );
  }
  if (!['clobbered', 'missing', 'missing-import'].includes(problem.kind)) {
    return null;
  }
  const mendable = (mode: 'cells' | 'imports'): string | undefined =>
    problem.cells.find(cell => cell.report?.repairs.includes(mode))?.id;
  const byImports = problem.kind === 'missing' ? undefined : mendable('imports');
  const byCells = mendable('cells');
  const name = problem.name ?? '';
  return (
    <div className="jp-NamespaceViz-actions">
      {byImports !== undefined && (
        <button
          type="button"
          className="jp-NamespaceViz-button"
          aria-label={trans.__('Restore imports: %1', name)}
          onClick={() => restoreCellImports(byImports)}
        >
          {trans.__('Restore imports')}
        </button>
      )}
      {byImports === undefined && byCells !== undefined && (
        <button
          type="button"
          className="jp-NamespaceViz-button"
          aria-label={trans.__('Run what is needed: %1', name)}
          onClick={() => runNeededCells(byCells)}
        >
          {trans.__('Run what is needed')}
        </button>
      )}
    </div>
  );
}

/** The looks whose icons the problems borrow. */
const LOOKS: Record<ProblemKind, Look> = {
  'at-risk': 'at-risk',
  clobbered: 'at-risk',
  ghost: 'at-risk',
  missing: 'blocked',
  'missing-import': 'blocked-import',
  'not-installed': 'blocked-import',
  restart: 'waiting',
  stale: 'stale',
  syntax: 'syntax-error',
  unknown: 'at-risk'
};

function wordOf(kind: ProblemKind, trans: TranslationBundle): string {
  switch (kind) {
    case 'at-risk':
      return trans.__('may go wrong');
    case 'clobbered':
      return trans.__('overwritten');
    case 'ghost':
      return trans.__('no cell defines it any more');
    case 'missing':
      return trans.__('missing');
    case 'missing-import':
      return trans.__('missing import');
    case 'not-installed':
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
