/** How is the status of a cell drawn, and in which words? */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { CellReport } from '../protocol';

/** How a cell is drawn: its status, with a few more distinctions. */
export type Appearance =
  | 'at-risk'
  | 'blocked-import'
  | 'blocked'
  | 'empty'
  | 'fresh'
  | 'not-python'
  | 'ready'
  | 'stale'
  | 'syntax-error'
  | 'failed'
  | 'pending'
  | 'queued'
  | 'running'
  | 'unknown'
  | 'waiting';

/**
 * How a cell is drawn; `pending` until the server has reported on it.
 *
 * A waiting cell is quiet, the active one too: running the notebook in order would mend it. So is a cell of
 * which nothing is known because the kernel has not answered, which the panel says once.
 */
export function appearanceOf(report: CellReport | null): Appearance {
  if (!report) {
    return 'pending';
  }
  const { blocked_by_import, status, waiting } = report;
  if (waiting) {
    return 'waiting';
  }
  switch (status) {
    case 'blocked':
      return blocked_by_import ? 'blocked-import' : 'blocked';
    case 'at_risk':
      return isUnknown(report) ? 'unknown' : 'at-risk';
    case 'not_python':
      return 'not-python';
    case 'syntax_error':
      return 'syntax-error';
    case 'empty':
    case 'failed':
    case 'fresh':
    case 'queued':
    case 'ready':
    case 'running':
    case 'stale':
      return status;
    default:
      return unknownStatus(status);
  }
}

function isUnknown({ needs }: CellReport): boolean {
  return needs.length > 0 && needs.every(({ reason }) => reason === 'cannot_ask');
}

/** Whether the cell needs attention, because its next run could surprise the user. */
export function isLoud(appearance: Appearance): boolean {
  return ['at-risk', 'blocked', 'blocked-import', 'failed', 'stale'].includes(appearance);
}

/** The status in words. */
export function wordOf(appearance: Appearance, trans: TranslationBundle): string {
  switch (appearance) {
    case 'at-risk':
      return trans.__('At risk');
    case 'blocked':
      return trans.__('Blocked by a missing name');
    case 'blocked-import':
      return trans.__('Blocked by a missing import');
    case 'empty':
      return trans.__('Empty');
    case 'failed':
      return trans.__('Failed');
    case 'fresh':
      return trans.__('Fresh');
    case 'not-python':
      return trans.__('Not Python');
    case 'queued':
      return trans.__('Queued');
    case 'ready':
      return trans.__('Ready');
    case 'running':
      return trans.__('Running');
    case 'stale':
      return trans.__('Stale');
    case 'syntax-error':
      return trans.__('Syntax error');
    case 'pending':
      return trans.__('Not read yet');
    case 'unknown':
      return trans.__('Unknown');
    case 'waiting':
      return trans.__('Not run yet');
    default:
      return unknownStatus(appearance);
  }
}

/** The status in words, with the error of a cell that failed: `Failed: ZeroDivisionError`. */
export function statusOf(
  report: Pick<CellReport, 'error'> | null,
  appearance: Appearance,
  trans: TranslationBundle
): string {
  const error = appearance === 'failed' ? (report?.error ?? null) : null;
  return error === null ? wordOf(appearance, trans) : trans.__('Failed: %1', error);
}

function unknownStatus(status: never): never {
  throw new Error(`Unknown status ${JSON.stringify(status)}`);
}
