// Made by scripts/make_protocol.py from jupyter_namespace_viz/protocol. Do not edit.

export const PROTOCOL_VERSION = 1;

export type PanelMessage = Update | PlanRequest | Ping;
export type ServerMessage = Hello | Report | Details | Problems | Planned | Refused | Pong;

export interface Protocol {
  panel: PanelMessage;
  server: ServerMessage;
}
/**
 * The notebook's current state: its kernel, the order of its code cells, the changed cells.
 *
 * `order` has the ids of all code cells; null when no cell was added, removed or moved. `revision`
 * increases with each update, and reports repeat it. `in_flight` are the ids of all cells that run
 * or are queued, in that order; `ended_at` is the date of the kernel's message that this client's
 * last run is over, null where there was none. `client` is the session id with which this client
 * sends execute requests. `path` is that of the notebook, by which the server knows it again after
 * a reload, null where it has none. `not_code` has the ids of all cells that are not code; null
 * when they are the same as before. `in_full` requests `Details`, which only an open panel shows.
 * Sentences are written in `language`, as JupyterLab calls it (`de-DE`), and mention cells as
 * `[[id]]`; if it is null, they are plain English and count code cells from 1. `counts` are the
 * execution counts of the code cells, by their ids, that the panel shows now and that changed.
 */
export interface Update {
  kind: 'update';
  revision: number;
  kernel_id: string | null;
  order: string[] | null;
  changed: CellText[];
  in_flight?: string[];
  ended_at?: string | null;
  client?: string | null;
  path?: string | null;
  not_code?: string[] | null;
  in_full?: boolean;
  language?: string | null;
  counts?: {
    [k: string]: number | null;
  };
}
/**
 * One code cell as the notebook shows it.
 */
export interface CellText {
  id: string;
  source: string;
}
/**
 * Requests a plan for the cells `targets`, or for every cell of the notebook when it is null.
 *
 * The modes `cells` and `imports` fix missing names; `with_cell` does so and then runs the cell;
 * `stale` runs stale cells; `dependents` runs the cells that depend on the cell.
 */
export interface PlanRequest {
  kind: 'plan';
  request_id: string;
  targets: string[] | null;
  mode: ('cells' | 'imports') | ('dependents' | 'stale' | 'with_cell');
}
/**
 * Asks whether the connection works; browsers cannot send the pings of WebSockets.
 */
export interface Ping {
  kind: 'ping';
}
/**
 * The server's first message. Without `answers_pings` the server refuses a `Ping`.
 */
export interface Hello {
  kind: 'hello';
  protocol_version: number;
  limits: Limits;
  answers_pings?: boolean;
}
/**
 * The limits of the server. Longer cells are not read, and have a problem in the report.
 */
export interface Limits {
  max_cells: number;
  max_cell_chars: number;
  max_message_bytes: number;
}
/**
 * What changed since the last report: `cells` has only the cells whose report changed.
 *
 * `edges` is null when no dependency edge changed, `imports` when no import changed.
 */
export interface Report {
  kind: 'report';
  revision: number;
  kernel: Kernel;
  cells: CellReport[];
  edges: Edge[] | null;
  imports: ImportReport[] | null;
  summary: Summary;
}
/**
 * The state of the kernel; `as_of` is the ISO 8601 time of the latest information from it.
 */
export interface Kernel {
  kernel_id: string | null;
  state: 'busy' | 'connecting' | 'dead' | 'idle' | 'none' | 'not_python' | 'silent' | 'starting' | 'unreachable';
  generation: number;
  as_of: string | null;
  language: string | null;
  python: string | null;
  message: string | null;
}
/**
 * The verdict on one cell.
 *
 * A cell that is blocked or at risk is `waiting` when the cells above that have yet to run would
 * bind all that it lacks, and neither it nor a cell below has run in this generation: it needs no
 * attention, whatever an earlier generation left on the screen. If a cell above cannot run, that
 * one has a verdict of its own, which is the cause. `error` is the name of the exception
 * that a failed cell raised, null for another cell.
 *
 * `execution_count` is that of its last run in this generation. `seconds` is the duration of its
 * last successful run, in this generation or an earlier one; null where it is not known. `repairs`
 * are the plan modes that would fix at least one need. `message` is the one sentence to show on
 * the cell, null if there is none. Plain English sentences count code cells from 1.
 */
export interface CellReport {
  id: string;
  status:
    | 'at_risk'
    | 'blocked'
    | 'empty'
    | 'failed'
    | 'fresh'
    | 'not_python'
    | 'queued'
    | 'ready'
    | 'running'
    | 'stale'
    | 'syntax_error';
  blocked_by_import: boolean;
  waiting: boolean;
  error: string | null;
  execution_count: number | null;
  seconds: number | null;
  definitions: Definition[];
  uses: Use[];
  needs: Need[];
  problems: Problem[];
  repairs: ('cells' | 'imports')[];
  message: string | null;
}
/**
 * A name that other cells see after the cell has run.
 */
export interface Definition {
  name: string;
  kind:
    | 'assignment'
    | 'class'
    | 'function'
    | 'global'
    | 'import'
    | 'loop'
    | 'magic'
    | 'match'
    | 'observed'
    | 'star_import'
    | 'type_alias'
    | 'walrus'
    | 'with';
  certain: boolean;
}
/**
 * A free name of the cell; `via` is the function whose body reads it, if one does.
 */
export interface Use {
  name: string;
  phase: 'deferred' | 'immediate';
  certain: boolean;
  via: string | null;
}
/**
 * The verdict on one name that the cell needs; `provider` is a cell id.
 *
 * `line` is the line, from 1, where the cell first reads the name or calls the function that reads
 * it. `by_import` is whether the provider imports the name, or the name is a module that the cell
 * imports itself. `import_code` is the statement to insert where no cell above binds the name:
 * that of a cell below, or the common one. `distribution` is the package to install for a module
 * that is not installed, where it is known. `is_consequence` is whether the name is missing only
 * because its provider is blocked, or has failed. `waiting` is whether running the cells above
 * that have yet to run would bind it, and neither the cell nor one below has run.
 */
export interface Need {
  name: string;
  status: 'clobbered' | 'ghost' | 'live' | 'missing' | 'not_installed' | 'stale' | 'unknown';
  phase: 'deferred' | 'immediate';
  certain: boolean;
  via: string | null;
  reason:
    | (
        | 'bound_elsewhere'
        | 'cannot_ask'
        | 'cell_deleted'
        | 'clobbered'
        | 'deleted'
        | 'import_fails'
        | 'in_flight'
        | 'input_changed'
        | 'later_cell'
        | 'lost_at_restart'
        | 'never_run'
        | 'no_provider'
        | 'not_bound'
        | 'not_built_in'
        | 'not_installed'
        | 'not_parsed'
        | 'one_of_cells'
        | 'other_import'
        | 'provider_edited'
        | 'provider_failed'
        | 'star_import'
        | 'unbound'
      )
    | null;
  provider: string | null;
  message: string | null;
  line: number | null;
  by_import: boolean;
  import_code: string | null;
  distribution: string | null;
  is_consequence: boolean;
  waiting: boolean;
}
/**
 * Something unusual in a cell's text; `line` counts from 1 in the cell.
 */
export interface Problem {
  kind: 'newer_python' | 'python2' | 'syntax' | 'too_deep' | 'too_large';
  message: string;
  line: number | null;
}
/**
 * A dependency edge between two cell ids.
 */
export interface Edge {
  provider: string;
  consumer: string;
  names: string[];
}
/**
 * One name that an import of a cell binds, and its state.
 *
 * `name` is `*` for all names of a star import. `module` has leading dots when relative. `code` is
 * the import as a statement of its own. `waiting` is whether the name is missing only because its
 * provider has not run, or runs now. `file` is the file of the module that is or would be
 * imported, on the kernel's machine. `other_file` is another file with the module's name that is
 * not imported; one of the two is the user's own and the other is not. `changed` are the modules
 * whose files changed since they were imported; `reloads` is whether autoreload loads all of them
 * again before the next run. `distribution` is the package to install or upgrade, where it is
 * known. `server_has_it` is whether the server's environment has the module, which the kernel's
 * does not have.
 */
export interface ImportReport {
  cell: string;
  name: string;
  module: string;
  code: string;
  state: 'changed_on_disk' | 'clobbered' | 'live' | 'missing' | 'not_installed' | 'shadowed' | 'unknown';
  message: string | null;
  version: string | null;
  file: string | null;
  other_file: string | null;
  changed: string[];
  reloads: boolean;
  distribution: string | null;
  server_has_it: boolean;
  waiting: boolean;
}
/**
 * The line at the top of the panel, and the numbers of cells that it is about. A waiting cell
 * counts as waiting only.
 *
 * `fresh_kernel` is how the generation began, while nothing has run in it and at least one cell of
 * the notebook is waiting; null otherwise.
 */
export interface Summary {
  message: string;
  fresh_kernel: ('died' | 'restarted' | 'started' | 'unknown') | null;
  running: number;
  queued: number;
  failed: number;
  blocked: number;
  waiting: number;
  at_risk: number;
  stale: number;
}
/**
 * Follows a report if `in_full` was requested: what changed and takes longer to determine.
 *
 * `names` is null when no name changed. `foreseen` is the forecast of Restart & Run All, null when
 * it did not change.
 */
export interface Details {
  kind: 'details';
  names: NameChanges | null;
  foreseen: Finding[] | null;
}
/**
 * The names that changed since the last details; `left_out` is how many are over the limit.
 */
export interface NameChanges {
  changed: NameReport[];
  removed: string[];
  left_out: number;
}
/**
 * The status of one name of the notebook or the kernel.
 *
 * `status` and `message` are those of the most urgent need. `waiting` is whether the name is
 * missing only because its provider has not run, and all cells that would raise for it wait for
 * it. `providers` and `consumers` are cell ids; `kind` is how the last provider defines the
 * name. `held` is what the kernel holds under the name, `binder` who bound that, in words.
 * `lost_source` is the text of the cell that bound the name, as it ran, where the cell was deleted
 * and no cell above one that used the name defines it; `lost_id` is the id of that cell,
 * `lost_after` and `lost_before` are those of the nearest cells above and below it that are still
 * there; null where they are not known.
 * `lost_by_restart` is whether the kernel holds the name and no run of the notebook would bind it
 * again.
 */
export interface NameReport {
  name: string;
  status: 'clobbered' | 'ghost' | 'live' | 'missing' | 'not_installed' | 'stale' | 'unknown';
  waiting: boolean;
  message: string | null;
  kind:
    | (
        | 'assignment'
        | 'class'
        | 'function'
        | 'global'
        | 'import'
        | 'loop'
        | 'magic'
        | 'match'
        | 'observed'
        | 'star_import'
        | 'type_alias'
        | 'walrus'
        | 'with'
      )
    | null;
  providers: string[];
  consumers: string[];
  held: LiveName | null;
  binder: string | null;
  lost_source: string | null;
  lost_id: string | null;
  lost_after: string | null;
  lost_before: string | null;
  lost_by_restart: boolean;
}
/**
 * A name that the kernel holds.
 */
export interface LiveName {
  name: string;
  kind: 'class' | 'function' | 'instance' | 'module';
  type: string;
  module: string | null;
  version: string | null;
  summary: string | null;
  bound_by: BoundBy | null;
}
/**
 * The run that bound a name; `cell_id` is null for code that is not a cell of a notebook.
 */
export interface BoundBy {
  cell_id: string | null;
  execution_count: number | null;
}
/**
 * An error that a cell would raise, or might raise where not `certain`, if the kernel were
 * restarted and all cells ran in order. `name` is null for text that does not parse; `line` counts
 * from 1.
 */
export interface Finding {
  cell_id: string;
  name: string | null;
  status: ('clobbered' | 'ghost' | 'live' | 'missing' | 'not_installed' | 'stale' | 'unknown') | 'syntax_error';
  reason:
    | (
        | 'bound_elsewhere'
        | 'cannot_ask'
        | 'cell_deleted'
        | 'clobbered'
        | 'deleted'
        | 'import_fails'
        | 'in_flight'
        | 'input_changed'
        | 'later_cell'
        | 'lost_at_restart'
        | 'never_run'
        | 'no_provider'
        | 'not_bound'
        | 'not_built_in'
        | 'not_installed'
        | 'not_parsed'
        | 'one_of_cells'
        | 'other_import'
        | 'provider_edited'
        | 'provider_failed'
        | 'star_import'
        | 'unbound'
      )
    | null;
  certain: boolean;
  provider: string | null;
  message: string;
  line: number | null;
}
/**
 * Follows a report: what needs attention at that `revision`, the most urgent first. Problems
 * take longer to determine; those of a report that another one replaces are left out.
 *
 * `now` is null when it did not change. `after_restart` are the problems that only a restart would
 * bring out, null when they did not change or `in_full` was not requested.
 */
export interface Problems {
  kind: 'problems';
  revision: number;
  now: NotebookProblem[] | null;
  after_restart: NotebookProblem[] | null;
}
/**
 * One thing that needs attention, with everything that the same remedy would mend.
 *
 * `key` is unique in the notebook. `names` are empty where the problem is the cell itself.
 * `cells` are the ids of the cells with the problem, in document order. `dependents` is the number
 * of further cells that have a problem only because of this one.
 */
export interface NotebookProblem {
  key: string;
  kind:
    | 'at_risk'
    | 'clobbered'
    | 'failed'
    | 'ghost'
    | 'missing'
    | 'missing_import'
    | 'not_installed'
    | 'restart'
    | 'stale'
    | 'syntax'
    | 'unknown';
  names: string[];
  cells: string[];
  message: string;
  dependents: number;
  remedies: Remedy[];
}
/**
 * What the user can do about a problem. Run to its end, it removes the problem, except for what
 * `remaining` says, in sentences.
 *
 * `cells` are the cells that the remedy is for; empty where it is for the whole notebook. `names`
 * are the names that it brings back, `distribution` the packages to install, separated by spaces.
 */
export interface Remedy {
  kind:
    'change_kernel' | 'insert_imports' | 'install' | 'restore_cell' | 'restore_imports' | 'run_needed' | 'run_stale';
  cells: string[];
  names: string[];
  distribution: string | null;
  remaining: string[];
}
/**
 * The answer to a `PlanRequest`; `generation` is the kernel's for which the plan was made.
 */
export interface Planned {
  kind: 'planned';
  request_id: string;
  generation: number;
  steps: Step[];
  unresolved: Unresolved[];
}
/**
 * One thing to run: a whole cell, or only `code`, import statements of the cell.
 *
 * `names` are the names that it binds for others. `effects` are the things that it seems to do
 * outside the kernel, in words.
 */
export interface Step {
  cell_id: string;
  code: string | null;
  names: string[];
  why: string;
  effects: string[];
}
/**
 * A name that the plan does not bind, and why.
 */
export interface Unresolved {
  name: string;
  reason: string;
}
/**
 * The answer to a message that the server did not accept; the connection stays open.
 *
 * `field` is the JSON path of the field that is wrong. `request_id` is that of the refused
 * `PlanRequest`, null for another message.
 */
export interface Refused {
  kind: 'refused';
  field: string;
  message: string;
  request_id: string | null;
}
/**
 * The answer to a `Ping`.
 */
export interface Pong {
  kind: 'pong';
}
