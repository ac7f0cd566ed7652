// Made by scripts/make_protocol.py from jupyter_namespace_viz/protocol. Do not edit.

export const PROTOCOL_VERSION = 1;

export type PanelMessage = Update | PlanRequest | Ping;
export type ServerMessage = Hello | Report | Details | Planned | Refused | Pong;

export interface Protocol {
  panel: PanelMessage;
  server: ServerMessage;
}
/**
 * What the notebook says now: its kernel, the order of its code cells, the cells that changed.
 *
 * `order` is null when no cell came, went or moved. `revision` grows with each update; reports
 * echo it. `in_flight` are the ids of the cells that run or are queued, in that order, all of them
 * each time. `client` is the session id under which this client asks the kernel for runs.
 * `in_full` asks for the names and for what is foreseen, which only an open panel shows.
 */
export interface Update {
  kind: 'update';
  revision: number;
  kernel_id: string | null;
  order: string[] | null;
  changed: CellText[];
  in_flight?: string[];
  client?: string | null;
  in_full?: boolean;
}
/**
 * One code cell as the notebook shows it.
 *
 * `has_result` says whether it shows an execution count or an output, of whatever kernel.
 */
export interface CellText {
  id: string;
  source: string;
  has_result?: boolean;
}
/**
 * Asks what to run for the cell `target`, or for every cell of the notebook when it is null.
 *
 * `cells` and `imports` mend what is missing, `with_cell` does and then runs the cell too, `stale`
 * runs cells that are out of date, `dependents` those that use what the cell gives.
 */
export interface PlanRequest {
  kind: 'plan';
  request_id: string;
  target: string | null;
  mode: ('cells' | 'imports') | ('dependents' | 'stale' | 'with_cell');
}
/**
 * Asks whether the server is there; browsers cannot send the pings of the socket itself.
 */
export interface Ping {
  kind: 'ping';
}
/**
 * The server's first message; one that does not say that it answers pings refuses them.
 */
export interface Hello {
  kind: 'hello';
  protocol_version: number;
  limits: Limits;
  answers_pings?: boolean;
}
/**
 * What the server takes; larger cells are named in the report and not read.
 */
export interface Limits {
  max_cells: number;
  max_cell_chars: number;
  max_message_bytes: number;
}
/**
 * What changed since the last report: `cells` has only cells whose verdict changed.
 *
 * `edges` is null when the dependency edges are as before, `imports` when all imports are.
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
 * What is known of the kernel; `as_of` is the ISO 8601 time of the last fact from it.
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
 * A blocked cell lies `ahead` of what has run when all that it lacks is for cells above it to
 * give, and neither it nor a cell below has run. It is `waiting` when running those would unblock
 * it and nothing on the screen suggests that it might run already.
 * `execution_count` is that of its last run in this generation, `seconds` how long the last one
 * took that succeeded, be it in a generation before; null where that is not known. `repairs` are
 * the modes of plan that would mend something. `message` is the one sentence to show on the cell,
 * null when there is nothing to say. Sentences count code cells from 1.
 */
export interface CellReport {
  id: string;
  status: 'at_risk' | 'blocked' | 'empty' | 'fresh' | 'not_python' | 'ready' | 'stale' | 'syntax_error';
  blocked_by_import: boolean;
  waiting: boolean;
  ahead: boolean;
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
 * `line` is where the cell's text reads it first, or calls what reads it, counted from 1.
 * `by_import` when its provider imports it, or it is a module that the cell imports itself.
 * `import_code` is the statement to insert where no cell above binds the name: the one of a cell
 * below, or the common one. `distribution` is what to install for a module that is not installed,
 * where it is known. `is_consequence` when the name is missing only because its provider is
 * blocked itself.
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
        | 'provider_edited'
        | 'provider_failed'
        | 'star_import'
      )
    | null;
  provider: string | null;
  message: string | null;
  line: number | null;
  by_import: boolean;
  import_code: string | null;
  distribution: string | null;
  is_consequence: boolean;
}
/**
 * An odd fact about a cell's text; `line` counts from 1 in the cell.
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
 * One name that an import of a cell binds, and what became of it.
 *
 * `name` is `*` for all those of a star import, `module` has leading dots when relative, `code` is
 * the import as a statement of its own. `file` is where the module comes from, or would, on the
 * kernel's machine; `other_file` one of its name that is not imported, the user's own where that
 * is installed or the other way round. `changed` are the modules whose files changed since they
 * were imported, which autoreload brings in before the next run if `reloads`. `distribution` is
 * what to install or upgrade, where that is known. `server_has_it` when the kernel's environment
 * does not have the module and the server's has.
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
}
/**
 * The one line at the top of the panel, and how many cells it is about.
 */
export interface Summary {
  message: string;
  blocked: number;
  waiting: number;
  at_risk: number;
  stale: number;
}
/**
 * Follows a report, where `in_full` was asked for: what changed of what takes longer to tell.
 *
 * `names` is null when all names are as before, `foreseen` when that is.
 */
export interface Details {
  kind: 'details';
  names: NameChanges | null;
  foreseen: Finding[] | null;
}
/**
 * The names that are not as they were last told; `left_out` counts those that are too many.
 */
export interface NameChanges {
  changed: NameReport[];
  removed: string[];
  left_out: number;
}
/**
 * How one name of the notebook or the kernel stands.
 *
 * `status` and `message` are those of the cell whom it concerns most. `waiting` when it is missing
 * only because its provider has not run, and nobody could be surprised by that. `kind` is how the
 * last of the `providers` defines it; these and the `consumers` are cell ids. `held` is what the
 * kernel holds under the name, `binder` who bound that, in words. `lost_source` is the text of the
 * cell that bound it, as it ran, where that cell was deleted and no other gives the name.
 * `lost_by_restart` when the kernel holds the name and no cell defines it.
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
 * The run that bound a name; `cell_id` is null for code that is no cell of a notebook.
 */
export interface BoundBy {
  cell_id: string | null;
  execution_count: number | null;
}
/**
 * What a cell would raise if the kernel were restarted and all cells ran in order, or might
 * where not `certain`. `name` is null for text that is no Python; `line` counts from 1.
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
        | 'provider_edited'
        | 'provider_failed'
        | 'star_import'
      )
    | null;
  certain: boolean;
  provider: string | null;
  message: string;
  line: number | null;
}
/**
 * The answer to a `PlanRequest`; `generation` is that of the kernel the plan was made for.
 */
export interface Planned {
  kind: 'planned';
  request_id: string;
  generation: number;
  steps: Step[];
  unresolved: Unresolved[];
}
/**
 * One thing to run: the whole cell, or only `code` (its import statements) when given.
 *
 * `effects` is what it seems to do outside the kernel, in words.
 */
export interface Step {
  cell_id: string;
  code: string | null;
  names: string[];
  why: string;
  effects: string[];
}
/**
 * A name that no plan can bring back, and why.
 */
export interface Unresolved {
  name: string;
  reason: string;
}
/**
 * A message that could not be taken; the connection lives on.
 *
 * `field` is where the trouble is, as a JSON path; `request_id` that of the refused
 * `PlanRequest`, where there was one.
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
