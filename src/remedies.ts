/** What can be done about what is wrong? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { NameReport, Need } from './protocol';
import { CommandIds } from './tokens/commands';
import type { CommandId, ICellArgs, IRemedy } from './tokens/commands';
import type { ICellEntry, INameTable, IProblem } from './tokens/models';

/** What would fix the cell, the quickest first. */
export function remediesOfCell(entry: ICellEntry, trans: TranslationBundle): IRemedy[] {
  return remediesFor(entry, trans.__('cell %1', entry.number), trans);
}

/** What can be done about a name that the cell needs. */
export function remediesOfNeed(
  need: Need,
  entry: ICellEntry,
  provider: ICellEntry | null,
  trans: TranslationBundle
): IRemedy[] {
  const remedies = need.status === 'stale' ? [] : remediesFor(entry, need.name, trans, need);
  if (provider) {
    const label = trans.__('Go to cell %1', provider.number);
    remedies.push(remedy(CommandIds.goToCell, { cellId: provider.id }, label));
  }
  return remedies;
}

/** What would fix the problem, for the first of its cells that can be fixed. */
export function remediesOfProblem(
  problem: IProblem,
  names: INameTable | null,
  trans: TranslationBundle
): IRemedy[] {
  const { cells, kind, names: about } = problem;
  switch (kind) {
    case 'stale':
      return [remedy(CommandIds.runStaleCells, {}, trans.__('Run stale cells'))];
    case 'not-installed':
      return installRemedies(needOf(cells[0], about)?.distribution ?? null, trans);
    case 'ghost':
      return restoreCellRemedies(names?.byName.get(about[0] ?? ''), trans);
    case 'missing-import':
      return cells.some(({ report }) => report?.repairs.includes('imports'))
        ? [remedy(CommandIds.restoreImports, {}, trans.__('Restore imports'), about.join(', '))]
        : firstRemedyOf(problem, trans);
    case 'clobbered':
    case 'missing':
      return firstRemedyOf(problem, trans);
    case 'at-risk':
    case 'restart':
    case 'syntax':
    case 'unknown':
      return [];
    default:
      return unknownKind(kind);
  }
}

/** The quickest way to fix the first of the cells that can be fixed. */
function firstRemedyOf({ cells, names }: IProblem, trans: TranslationBundle): IRemedy[] {
  const found = cells
    .map(cell => remediesFor(cell, names.join(', '), trans, needOf(cell, names)))
    .find(remedies => remedies.length > 0);
  return found?.slice(0, 1) ?? [];
}

/** How to have a module that is not installed, where it is known which distributions have it. */
export function installRemedies(distribution: string | null, trans: TranslationBundle): IRemedy[] {
  if (distribution === null) {
    return [];
  }
  const label = trans.__('Copy the install command');
  return [remedy(CommandIds.copyInstallCommand, { distribution }, label, distribution)];
}

/** How to have the name of a deleted cell for good. */
export function restoreCellRemedies(
  row: NameReport | undefined,
  trans: TranslationBundle
): IRemedy[] {
  if (!row?.lost_source) {
    return [];
  }
  const { name } = row;
  return [remedy(CommandIds.restoreDeletedCell, { name }, trans.__('Restore the cell'), name)];
}

/**
 * What would fix the cell, or only what `need` says of it.
 *
 * Where no cell above has an import it is inserted: what only the kernel holds is lost with it.
 */
function remediesFor(
  { id, report }: ICellEntry,
  about: string,
  trans: TranslationBundle,
  need?: Need
): IRemedy[] {
  const args = { cellId: id };
  const repairs = report?.repairs ?? [];
  const remedies: IRemedy[] = [];
  if (report?.status === 'stale' && !need) {
    remedies.push(remedy(CommandIds.runStaleCells, {}, trans.__('Run stale cells'), about));
  }
  if (repairs.includes('imports') && need?.by_import !== false) {
    const label = trans.__('Restore imports');
    remedies.push(remedy(CommandIds.restoreCellImports, args, label, about));
  }
  if (repairs.includes('cells')) {
    const label = trans.__('Run what it needs');
    remedies.push(remedy(CommandIds.runNeededCells, args, label, about));
  }
  const needs = need ? [need] : (report?.needs ?? []);
  const absent = new Set(needs.flatMap(it => it.distribution ?? []));
  remedies.push(...installRemedies([...absent].join(' ') || null, trans));
  const lines = importsToInsert(needs);
  const [first] = lines;
  if (first !== undefined) {
    const label =
      lines.length === 1
        ? trans.__('Insert “%1”', first)
        : trans.__('Insert %1 imports', lines.length);
    const name = need ? { name: need.name } : {};
    remedies.push(remedy(CommandIds.insertImports, { ...args, ...name }, label, about));
  }
  return remedies;
}

/** The import statements that no cell above has, each once. */
export function importsToInsert(needs: readonly Need[]): string[] {
  const codes = needs
    .filter(need => need.phase === 'immediate')
    .flatMap(need => need.import_code?.split('\n') ?? []);
  return [...new Set(codes)];
}

function needOf(cell: ICellEntry | undefined, names: readonly string[]): Need | undefined {
  return cell?.report?.needs.find(need => names.includes(need.name));
}

function remedy(command: CommandId, args: ICellArgs, label: string, about?: string): IRemedy {
  return { command, args, label, ariaLabel: about === undefined ? label : `${label}: ${about}` };
}

function unknownKind(kind: never): never {
  throw new Error(`Unknown kind ${JSON.stringify(kind)}`);
}
