/** Which remedies does a cell, a name or a problem have? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { cellLabelOf } from './appearance/cellLabel';
import type { NameReport, Need } from './protocol';
import { CommandIds } from './tokens/commands';
import type { CommandId, ICellArgs, IRemedy } from './tokens/commands';
import type { ICellEntry, INameTable, IProblem } from './tokens/models';

/** The remedies for the cell, the quickest first. */
export function remediesOfCell(entry: ICellEntry, trans: TranslationBundle): IRemedy[] {
  return remediesFor(entry, cellLabelOf(entry, trans), trans);
}

/** The remedies for a name that the cell needs. */
export function remediesOfNeed(
  need: Need,
  entry: ICellEntry,
  provider: ICellEntry | null,
  trans: TranslationBundle
): IRemedy[] {
  const remedies = need.status === 'stale' ? [] : remediesFor(entry, need.name, trans, need);
  if (provider) {
    const label = trans.__('Go to “%1”', cellLabelOf(provider, trans));
    remedies.push(remedy(CommandIds.goToCell, { cellId: provider.id }, label));
  }
  return remedies;
}

/** The remedies for the problem, applied to its first cell that can be fixed. */
export function remediesOfProblem(
  problem: IProblem,
  names: INameTable | null,
  trans: TranslationBundle
): IRemedy[] {
  const { cells, kind, names: about } = problem;
  switch (kind) {
    case 'stale':
      return [remedy(CommandIds.runStaleCells, {}, trans.__('Run Stale Cells'))];
    case 'not-installed':
      return installRemedies(needOf(cells[0], about)?.distribution ?? null, trans);
    case 'ghost':
      return restoreCellRemedies(names?.byName.get(about[0] ?? ''), trans);
    case 'missing-import':
      return cells.some(({ report }) => report?.repairs.includes('imports'))
        ? [remedy(CommandIds.restoreImports, {}, trans.__('Restore Imports'), about.join(', '))]
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

/** The quickest remedy for the first cell that can be fixed. */
function firstRemedyOf({ cells, names }: IProblem, trans: TranslationBundle): IRemedy[] {
  const found = cells
    .map(cell => remediesFor(cell, names.join(', '), trans, needOf(cell, names)))
    .find(remedies => remedies.length > 0);
  return found?.slice(0, 1) ?? [];
}

/** The remedy for a module that is not installed, if its distribution is known. */
export function installRemedies(distribution: string | null, trans: TranslationBundle): IRemedy[] {
  if (distribution === null) {
    return [];
  }
  const label = trans.__('Copy Install Command');
  return [remedy(CommandIds.copyInstallCommand, { distribution }, label, distribution)];
}

/** The remedy for a name of a deleted cell: to restore the cell. */
export function restoreCellRemedies(
  row: NameReport | undefined,
  trans: TranslationBundle
): IRemedy[] {
  if (!row?.lost_source) {
    return [];
  }
  const { name } = row;
  return [remedy(CommandIds.restoreDeletedCell, { name }, trans.__('Restore Deleted Cell'), name)];
}

/**
 * The remedies for the cell, or only for `need`.
 *
 * If no cell above has the import, the remedy inserts it: running it only in the kernel would last
 * no longer than the kernel.
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
    remedies.push(remedy(CommandIds.runStaleCells, {}, trans.__('Run Stale Cells'), about));
  }
  if (repairs.includes('imports') && need?.by_import !== false) {
    const label = trans.__('Restore Imports');
    remedies.push(remedy(CommandIds.restoreCellImports, args, label, about));
  }
  if (repairs.includes('cells')) {
    const label = trans.__('Run Dependencies');
    remedies.push(remedy(CommandIds.runNeededCells, args, label, about));
  }
  const needs = need ? [need] : (report?.needs ?? []);
  const absent = new Set(needs.flatMap(it => it.distribution ?? []));
  remedies.push(...installRemedies([...absent].join(' ') || null, trans));
  const lines = importsToInsert(needs);
  const [first] = lines;
  if (first !== undefined) {
    const label =
      lines.length === 1 ? trans.__('Add “%1”', first) : trans.__('Add %1 Imports', lines.length);
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
