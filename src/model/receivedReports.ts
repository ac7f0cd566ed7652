/** What has the server reported so far? */

import { JSONExt } from '@lumino/coreutils';
import type { PartialJSONValue } from '@lumino/coreutils';
import type {
  CellReport,
  Details,
  Edge,
  Finding,
  ImportReport,
  Kernel,
  NotebookProblem,
  Problems,
  Remedy,
  Report,
  Summary
} from '../protocol';
import type { INameTable } from '../tokens/models';
import type { ReportedState } from './modelState';
import { remainingProblems } from './problems';

/**
 * The merged reports of one connection; each report contains only what changed.
 *
 * A value stays the same object while the server reports an equal value.
 */
export class ReceivedReports {
  kernel: Kernel | null = null;
  summary: Summary | null = null;
  edges: readonly Edge[] | null = null;
  imports: readonly ImportReport[] | null = null;
  names: INameTable | null = null;
  forecast: readonly Finding[] | null = null;
  /** Without the cells that are judged otherwise since: what is true of them follows. */
  problems: readonly NotebookProblem[] | null = null;
  restartProblems: readonly NotebookProblem[] | null = null;

  cell(id: string): CellReport | null {
    return this._cells.get(id) ?? null;
  }

  /** The remedies of the problems that the cell has; those that only a restart would bring are left out. */
  remediesOf(id: string): readonly Remedy[] {
    return this._remedies.get(id) ?? NO_REMEDIES;
  }

  /** Whether a known name is longer than `word` and begins with it, and no name is `word` itself. */
  isStartOfName(word: string): boolean {
    const names = [
      ...(this.names?.byName.keys() ?? []),
      ...[...this._cells.values()].flatMap(cell => cell.definitions.map(({ name }) => name))
    ];
    return names.some(name => name.startsWith(word)) && !names.includes(word);
  }

  /** Whether the last report, if there is one, is about an earlier revision. */
  isBefore(revision: number): boolean {
    return this.kernel !== null && this._revision < revision;
  }

  /** What of the model's state follows from the reports, apart from its cells. */
  get state(): ReportedState {
    const { edges, forecast, imports, kernel, names, restartProblems, summary } = this;
    const reportedProblems = this.problems;
    return { edges, forecast, imports, kernel, names, reportedProblems, restartProblems, summary };
  }

  clear(): void {
    this.kernel = this.summary = this.edges = this.imports = null;
    this.names = this.forecast = null;
    this._composedProblems = this.problems = this.restartProblems = null;
    this._cells.clear();
    this._remedies.clear();
  }

  /**
   * Merge a report into a notebook with the code cells `order`, as of revision `orderRevision`.
   *
   * A late report is merged too, because the server does not repeat itself. The report on a removed
   * cell is dropped only when the server knows of the removal: until then the cell may come back
   * (cut and paste), and the server would send nothing new about it.
   */
  merge(report: Report, order: ReadonlySet<string>, orderRevision: number): void {
    this._revision = report.revision;
    if (this.names && this.kernel && isOtherProcess(this.kernel, report.kernel)) {
      this.names = { ...this.names, isOld: true };
    }
    this.kernel = unchangedOr(this.kernel, report.kernel);
    this.summary = unchangedOr(this.summary, report.summary);
    this.edges = report.edges ?? this.edges;
    this.imports = report.imports ?? this.imports;
    const changed = report.cells.filter(cell => isJudgedOtherwise(this.cell(cell.id), cell));
    this._showProblems(remainingProblems(this.problems, changed));
    for (const cell of report.cells) {
      this._cells.set(cell.id, unchangedOr(this._cells.get(cell.id), cell));
    }
    if (report.revision >= orderRevision) {
      for (const id of this._cells.keys()) {
        if (!order.has(id)) {
          this._cells.delete(id);
        }
      }
    }
  }

  /** Merge the details, which follow a report if the update was `in_full`. */
  mergeDetails({ foreseen, names }: Details): void {
    this.forecast = foreseen ?? this.forecast;
    if (names) {
      const byName = new Map(this.names?.byName);
      for (const name of names.removed) {
        byName.delete(name);
      }
      for (const row of names.changed) {
        byName.set(row.name, row);
      }
      this.names = { byName, leftOut: names.left_out, isOld: false };
    }
  }

  /** Merge the problems, which follow a report. */
  mergeProblems({ after_restart, now }: Problems): void {
    this._composedProblems = now ?? this._composedProblems;
    this._showProblems(this._composedProblems);
    this.restartProblems = after_restart ?? this.restartProblems;
  }

  private _showProblems(problems: readonly NotebookProblem[] | null): void {
    if (problems !== this.problems) {
      this.problems = problems;
      this._remedies = remediesByCell(problems ?? [], this._remedies);
    }
  }

  private _cells = new Map<string, CellReport>();
  /** The problems as the server reported them. */
  private _composedProblems: readonly NotebookProblem[] | null = null;
  private _remedies: Map<string, readonly Remedy[]> = new Map();
  private _revision = 0;
}

const NO_REMEDIES: readonly Remedy[] = [];

/** The remedies for each cell that has a problem; equal ones stay the same objects as `before`. */
function remediesByCell(
  problems: readonly NotebookProblem[],
  before: ReadonlyMap<string, readonly Remedy[]>
): Map<string, readonly Remedy[]> {
  const found = new Map<string, Remedy[]>();
  for (const { cells, remedies } of problems) {
    for (const id of remedies.length > 0 ? cells : []) {
      found.set(id, [...(found.get(id) ?? []), ...remedies]);
    }
  }
  return new Map([...found].map(([id, now]) => [id, unchangedOr(before.get(id), now)]));
}

/** Whether the cell has another status, or waits for cells above as it did not before. */
function isJudgedOtherwise(before: CellReport | null, now: CellReport): boolean {
  return before?.status !== now.status || before.waiting !== now.waiting;
}

/** Whether two reports are about different processes. */
function isOtherProcess(before: Kernel, now: Kernel): boolean {
  return before.kernel_id !== now.kernel_id || before.generation !== now.generation;
}

/** `before` itself if `now` is equal to it. */
function unchangedOr<T>(before: T | null | undefined, now: T): T {
  return before && JSONExt.deepEqual(before, now as PartialJSONValue) ? before : now;
}
