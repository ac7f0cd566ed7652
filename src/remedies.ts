/** Which remedies does a cell, a name or a problem have? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { quotedNameOf } from './appearance/cellNames';
import type { NameReport, Need, Remedy } from './protocol';
import { CommandIds } from './tokens/commands';
import type { CommandId, ICellArgs, IRemedy } from './tokens/commands';
import type { ICellEntry, IProblem } from './tokens/models';

/** The remedies for the cell, the quickest first. */
export function remediesOfCell(entry: ICellEntry, trans: TranslationBundle): IRemedy[] {
  return remediesFor(entry, quotedNameOf(entry), trans);
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
    const label = trans.__('Go to “%1”', quotedNameOf(provider));
    remedies.push(remedy(CommandIds.goToCell, { cellId: provider.id }, label));
  }
  return remedies;
}

/** The remedies that the server has found for the problem. */
export function remediesOfProblem(problem: IProblem, trans: TranslationBundle): IRemedy[] {
  return problem.remedies.flatMap(remedy => offered(remedy, problem.cells, trans));
}

/** The remedy as the entries of the cells that it may be about make it. */
function offered(
  { cells, distribution, kind, names }: Remedy,
  entries: readonly ICellEntry[],
  trans: TranslationBundle
): IRemedy | IRemedy[] {
  const about = names.join(', ');
  const first = { cellId: cells[0], name: names[0] };
  switch (kind) {
    case 'restore_imports':
      return remedy(
        CommandIds.restoreCellImports,
        { cellIds: cells },
        trans.__('Restore Imports'),
        about
      );
    case 'run_needed':
      return remedy(
        CommandIds.runNeededCells,
        { cellIds: cells },
        trans.__('Run Dependencies'),
        about
      );
    case 'run_stale':
      return remedy(CommandIds.runStaleCells, {}, trans.__('Run Stale Cells'));
    case 'insert_imports': {
      const report = entries.find(({ id }) => id === cells[0])?.report;
      const needs = report?.needs.filter(({ name }) => names.includes(name)) ?? [];
      return remedy(CommandIds.insertImports, first, insertLabel(needs, trans), about);
    }
    case 'restore_cell':
      return remedy(
        CommandIds.restoreDeletedCell,
        { name: names[0] },
        trans.__('Restore Deleted Cell'),
        about
      );
    case 'install':
      return installRemedies(distribution, trans);
    case 'change_kernel':
      return remedy(CommandIds.changeKernel, {}, trans.__('Change Kernel…'));
    default:
      return unknownKind(kind);
  }
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
 * The remedies for the cell, or only for `need`: those for it alone, then those of its problems.
 *
 * If no cell above has the import, the remedy inserts it: running it only in the kernel would last
 * no longer than the kernel.
 */
function remediesFor(
  entry: ICellEntry,
  about: string,
  trans: TranslationBundle,
  need?: Need
): IRemedy[] {
  const remedies = ownRemedies(entry, about, trans, need);
  const ofCell = need ? ownRemedies(entry, about, trans) : remedies;
  const known = new Set(ofCell.map(({ command }) => command));
  const isForOther = ({ cells, kind, names }: Remedy): boolean =>
    (kind === 'insert_imports' && cells[0] !== entry.id) ||
    (need !== undefined && !names.includes(need.name));
  const more = entry.remedies
    .filter(remedy => !isForOther(remedy))
    .flatMap(remedy => offered(remedy, [entry], trans))
    .filter(({ command }) => !known.has(command));
  // Several problems may have the same remedy, such as another kernel.
  const unique = new Map(more.map(it => [JSON.stringify([it.command, it.args]), it]));
  return [...remedies, ...unique.values()];
}

function ownRemedies(
  { id, report }: ICellEntry,
  about: string,
  trans: TranslationBundle,
  need?: Need
): IRemedy[] {
  const args = { cellId: id };
  const repairs = report?.repairs ?? [];
  const remedies: IRemedy[] = [];
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
  if (importsToInsert(needs).length > 0) {
    const name = need ? { name: need.name } : {};
    const label = insertLabel(needs, trans);
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

function insertLabel(needs: readonly Need[], trans: TranslationBundle): string {
  const [first = '', ...more] = importsToInsert(needs);
  return more.length === 0
    ? trans.__('Add “%1”', first)
    : trans.__('Add %1 Imports', more.length + 1);
}

function remedy(command: CommandId, args: ICellArgs, label: string, about?: string): IRemedy {
  return { command, args, label, ariaLabel: about === undefined ? label : `${label}: ${about}` };
}

function unknownKind(kind: never): never {
  throw new Error(`Unknown kind ${JSON.stringify(kind)}`);
}
