/** What needs attention in a notebook, most urgent first? */

import type { Finding, Need } from '../protocol';
import type { AttentionKind, ICellEntry, IProblem } from '../tokens/models';

/** The kinds in the order of their urgency, most urgent first. */
const URGENCY: readonly AttentionKind[] = [
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

/** The values of the model that the problems follow from. */
export interface IProblemSource {
  readonly cells: readonly ICellEntry[];
  readonly activeCellId: string | null;
  readonly forecast: readonly Finding[] | null;
}

/**
 * The problems that follow from the reports:
 *
 * - one for everything that a single remedy would fix (all imports, all names of one cell, all stale
 *   cells),
 * - one for each other missing or wrong name, with all cells that it blocks,
 * - one for each cell with another kind of problem.
 *
 * Not listed: waiting cells, except the active one, which would run next; syntax errors in the
 * active cell, where the user may be typing; names that are missing only because a cell above, which
 * is listed itself, could not run yet.
 */
export function problemsOf(source: IProblemSource): IProblem[] {
  const found = new Map<string, IProblem & { cells: ICellEntry[]; names: string[] }>();
  const add: Add = (kind, name, message, cell, group) => {
    const key = `${kind}: ${group ?? name ?? cell.id}`;
    const problem = found.get(key) ?? { key, kind, names: [], message, cells: [] };
    found.set(key, problem);
    addOnce(problem.cells, cell);
    if (name !== null) {
      addOnce(problem.names, name);
    }
  };
  const entries = new Map(source.cells.map(cell => [cell.id, cell]));
  const isShown = ({ id, report }: ICellEntry): boolean =>
    report !== null && !(report.waiting && id !== source.activeCellId);
  const isListedAbove = ({ is_consequence, provider }: Need): boolean => {
    const cell = is_consequence ? entries.get(provider ?? '') : undefined;
    return cell !== undefined && isShown(cell);
  };
  for (const cell of source.cells.filter(isShown)) {
    addOf(cell, source, isListedAbove, add);
  }
  const listed = new Set([...found.values()].flatMap(({ cells }) => cells));
  for (const { cell_id, message, name } of source.forecast ?? []) {
    const cell = entries.get(cell_id);
    if (cell && !listed.has(cell) && cell.report?.status !== 'blocked') {
      add('restart', name, message, cell);
    }
  }
  return [...found.values()].sort((one, other) => rankOf(one) - rankOf(other));
}

/** Records a problem of a cell; entries with the same kind and `group` become one problem. */
type Add = (
  kind: AttentionKind,
  name: string | null,
  message: string,
  cell: ICellEntry,
  group?: string
) => void;

function addOnce<T>(list: T[], item: T): void {
  if (!list.includes(item)) {
    list.push(item);
  }
}

function addOf(
  cell: ICellEntry,
  { activeCellId }: IProblemSource,
  isListedAbove: (need: Need) => boolean,
  add: Add
): void {
  const { message = null, needs = [], status } = cell.report ?? {};
  const bad = needs.filter(it => it.phase === 'immediate' && kindOf(it) !== null);
  for (const need of bad.filter(it => !isListedAbove(it))) {
    const { message: why, name } = need;
    add(kindOf(need) ?? 'unknown', name, why ?? '', cell, groupOf(need));
  }
  if (status === 'stale') {
    add('stale', null, message ?? '', cell, 'all');
  } else if (status === 'syntax_error' && cell.id !== activeCellId) {
    add('syntax', null, message ?? '', cell);
  } else if (status === 'at_risk' && bad.length === 0) {
    add('at-risk', null, message ?? '', cell);
  }
}

/** The group of names that one remedy would fix; undefined for a name with its own problem. */
function groupOf(need: Need): string | undefined {
  const { by_import, import_code, provider, reason, status } = need;
  if (status !== 'missing' || provider === null || import_code !== null) {
    return undefined;
  }
  if (by_import && reason !== 'not_installed') {
    return 'all';
  }
  return `${provider} ${reason}`;
}

/**
 * Null if the need is no problem. A stale name is none: its cell is stale, and listed as such. Nor is
 * one that a cell in flight will bind.
 */
function kindOf({ by_import, reason, status }: Need): AttentionKind | null {
  if (status === 'missing' && reason === 'in_flight') {
    return null;
  }
  switch (status) {
    case 'live':
    case 'stale':
      return null;
    case 'missing':
      return by_import ? 'missing-import' : 'missing';
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
