/** What needs attention in a notebook, most urgent first? */

import type { CellReport, Finding, Need } from '../protocol';
import type { ICellEntry, INameTable, IProblem, ProblemKind } from '../tokens';

/** From the most urgent on. */
const URGENCY: readonly ProblemKind[] = [
  'missing-import',
  'not-installed',
  'missing',
  'clobbered',
  'syntax',
  'ghost',
  'unknown',
  'at-risk',
  'stale',
  'restart'
];

/** What of a notebook tells its problems. */
export interface IProblemSource {
  readonly cells: readonly ICellEntry[];
  readonly activeCellId: string | null;
  readonly names: INameTable | null;
  readonly foreseen: readonly Finding[] | null;
}

/**
 * The problems, as the reports have them: one for each name that is in trouble, with all cells that
 * it keeps from running; one for each cell that is in trouble for another reason.
 *
 * Cells that only wait for their turn are no problem, unless it is the one that would run next; nor
 * is text that somebody is just typing.
 */
export function problemsOf(source: IProblemSource): IProblem[] {
  const found = new Map<string, IProblem & { cells: ICellEntry[] }>();
  const add = (kind: ProblemKind, name: string | null, message: string, cell: ICellEntry): void => {
    const key = name === null ? `${kind} in ${cell.id}` : `${kind}: ${name}`;
    const problem = found.get(key);
    if (!problem) {
      found.set(key, { key, kind, name, message, cells: [cell] });
    } else if (!problem.cells.includes(cell)) {
      problem.cells.push(cell);
    }
  };
  for (const cell of source.cells) {
    const { report } = cell;
    if (report && !(report.waiting && cell.id !== source.activeCellId)) {
      addOf(cell, report, source, add);
    }
  }
  const entries = new Map(source.cells.map(cell => [cell.id, cell]));
  const inTrouble = new Set([...found.values()].flatMap(it => it.cells.map(cell => cell.id)));
  for (const { cell_id, message, name } of source.foreseen ?? []) {
    const cell = entries.get(cell_id);
    if (cell && !inTrouble.has(cell_id)) {
      add('restart', name, message, cell);
    }
  }
  return [...found.values()].sort((one, other) => rankOf(one) - rankOf(other));
}

function addOf(
  cell: ICellEntry,
  report: CellReport,
  { activeCellId, names }: IProblemSource,
  add: (kind: ProblemKind, name: string | null, message: string, cell: ICellEntry) => void
): void {
  const bad = report.needs.filter(it => it.phase === 'immediate' && kindOf(it, names) !== null);
  for (const need of bad) {
    add(kindOf(need, names) ?? 'unknown', need.name, need.message ?? '', cell);
  }
  const { message, status } = report;
  if (status === 'stale') {
    add('stale', null, message ?? '', cell);
  } else if (status === 'syntax_error' && cell.id !== activeCellId) {
    add('syntax', null, message ?? '', cell);
  } else if (status === 'at_risk' && bad.length === 0) {
    add('at-risk', null, message ?? '', cell);
  }
}

/** Null where the need is no problem: a stale name makes its cell stale, if it is one. */
function kindOf({ name, status }: Need, names: INameTable | null): ProblemKind | null {
  switch (status) {
    case 'live':
    case 'stale':
      return null;
    case 'missing':
      return names?.byName.get(name)?.kind === 'import' ? 'missing-import' : 'missing';
    case 'not_installed':
      return 'not-installed';
    case 'clobbered':
    case 'ghost':
    case 'unknown':
      return status;
    default:
      return unknownStatus(status);
  }
}

function rankOf({ kind }: IProblem): number {
  return URGENCY.indexOf(kind);
}

function unknownStatus(status: never): never {
  throw new Error(`Unknown status ${JSON.stringify(status)}`);
}
