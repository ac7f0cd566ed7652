/** Messages of the server for the tests, with defaults for all fields. */

import type {
  CellReport,
  ImportReport,
  Kernel,
  Limits,
  NameReport,
  Need,
  NotebookProblem,
  Problems,
  Remedy,
  Report,
  Summary
} from '../protocol';
import type { ICellEntry } from '../tokens/models';

export const LIMITS: Limits = {
  max_cells: 1000,
  max_cell_chars: 100_000,
  max_message_bytes: 1_000_000
};

/** Resolves as soon as `check` is true; the time limit of the test ends the waiting. */
export async function until(check: () => boolean): Promise<void> {
  while (!check()) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

export function need(name: string, rest: Partial<Need> = {}): Need {
  return {
    name,
    status: 'live',
    phase: 'immediate',
    certain: true,
    via: null,
    reason: null,
    provider: null,
    message: null,
    line: null,
    by_import: false,
    import_code: null,
    distribution: null,
    is_consequence: false,
    waiting: false,
    ...rest
  };
}

export function cellReport(id: string, rest: Partial<CellReport> = {}): CellReport {
  return {
    id,
    status: 'ready',
    blocked_by_import: false,
    waiting: false,
    error: null,
    execution_count: null,
    seconds: null,
    definitions: [],
    uses: [],
    needs: [],
    problems: [],
    repairs: [],
    message: null,
    ...rest
  };
}

/** A cell that waits for `tf` of the cell `provider`. */
export function blockedReport(id: string, provider: string, waiting = false): CellReport {
  const message = '`tf` is missing: cell 1 has not run since the kernel started.';
  return cellReport(id, {
    status: 'blocked',
    blocked_by_import: true,
    waiting,
    error: null,
    needs: [
      need('tf', {
        status: 'missing',
        reason: 'never_run',
        provider,
        message,
        by_import: true,
        waiting
      })
    ],
    repairs: ['cells', 'imports'],
    message
  });
}

export function entryOf(report: CellReport, rest: Partial<ICellEntry> = {}): ICellEntry {
  return {
    id: report.id,
    number: 1,
    firstLine: '',
    definingLine: rest.firstLine ?? '',
    headings: [],
    shownCount: (rest.report ?? report).execution_count,
    remedies: [],
    report,
    ...rest
  };
}

export function nameReport(name: string, rest: Partial<NameReport> = {}): NameReport {
  return {
    name,
    status: 'live',
    waiting: false,
    message: null,
    kind: null,
    providers: [],
    consumers: [],
    held: null,
    binder: null,
    lost_source: null,
    lost_id: null,
    lost_after: null,
    lost_before: null,
    lost_by_restart: false,
    ...rest
  };
}

export function remedy(kind: Remedy['kind'], rest: Partial<Remedy> = {}): Remedy {
  return { kind, cells: [], names: [], distribution: null, remaining: [], ...rest };
}

export function problem(
  kind: NotebookProblem['kind'],
  rest: Partial<NotebookProblem> = {}
): NotebookProblem {
  return {
    key: `${kind} ${rest.names?.join(' ') ?? ''}`,
    kind,
    names: [],
    cells: [],
    message: '',
    dependents: 0,
    remedies: [],
    ...rest
  };
}

export function importReport(name: string, rest: Partial<ImportReport> = {}): ImportReport {
  return {
    cell: 'a',
    name,
    module: name,
    code: `import ${name}`,
    state: 'live',
    message: null,
    version: null,
    file: null,
    other_file: null,
    changed: [],
    reloads: false,
    distribution: null,
    server_has_it: false,
    waiting: false,
    ...rest
  };
}

export function kernel(rest: Partial<Kernel> = {}): Kernel {
  return {
    kernel_id: 'k',
    state: 'idle',
    generation: 1,
    as_of: null,
    language: 'python',
    python: '/usr/bin/python3',
    message: null,
    ...rest
  };
}

export function summary(rest: Partial<Summary> = {}): Summary {
  return {
    message: 'Everything this notebook needs is available.',
    fresh_kernel: null,
    running: 0,
    queued: 0,
    failed: 0,
    blocked: 0,
    waiting: 0,
    at_risk: 0,
    stale: 0,
    ...rest
  };
}

export function report(revision: number, cells: CellReport[], rest: Partial<Report> = {}): Report {
  return {
    kind: 'report',
    revision,
    kernel: kernel(),
    cells,
    edges: null,
    imports: null,
    summary: summary(),
    ...rest
  };
}

export function problemsMessage(rest: Partial<Problems> = {}): Problems {
  return { kind: 'problems', revision: 1, now: null, after_restart: null, ...rest };
}
