/** Which updates does the server need, given what was sent before? */

import type { NotebookPanel } from '@jupyterlab/notebook';
import { JSONExt } from '@lumino/coreutils';
import type { CellText, Limits, Update } from '../protocol';
import { otherCellIds } from './cells';

/** The fields of an update other than the code cells: path, kernel, client, other cells, queued cells, … */
export type NotebookSituation = Required<
  Pick<Update, 'client' | 'ended_at' | 'in_flight' | 'in_full' | 'kernel_id' | 'language' | 'path'>
> & { not_code: string[] };

/** The situation of a notebook now: its path, its kernel and client, and what the model knows. */
export function situationOf(
  { content, context, sessionContext }: NotebookPanel,
  rest: Pick<NotebookSituation, 'ended_at' | 'in_flight' | 'in_full' | 'language'>
): NotebookSituation {
  const kernel = sessionContext.session?.kernel;
  const [kernel_id, client] = [kernel?.id ?? null, kernel?.clientId ?? null];
  const not_code = otherCellIds(content.model);
  return { kernel_id, client, path: context.path, not_code, ...rest };
}

/**
 * Builds the updates for one notebook from what was sent before.
 *
 * Revisions grow during the whole life of the object, also across `reset`.
 */
export class UpdateBuilder {
  /** Forget what was sent: the next updates contain everything. */
  reset(): void {
    this._situation = null;
    this._order = null;
    this._sent = new Map();
    this._counts = new Map();
  }

  /**
   * The updates that bring the server up to date; none if nothing changed.
   *
   * No update is longer than the server accepts. The first one contains the order of the code cells and
   * the ids of the others, if they changed. A cell that is too long is cut just above the limit: the server reports it as too
   * large and does not read it.
   */
  updatesFor(
    situation: NotebookSituation,
    cells: CellText[],
    limits: Limits,
    counts: ReadonlyMap<string, number | null> = new Map()
  ): Update[] {
    const order = cells.map(cell => cell.id);
    const isOrderNew = this._order === null || !areEqual(order, this._order);
    const changed = cells.filter(cell => this._sent.get(cell.id)?.source !== cell.source);
    const isAsBefore = JSONExt.deepEqual(situation, this._situation);
    const newCounts = [...counts].filter(([id, count]) => this._counts.get(id) !== count);
    if (!isOrderNew && changed.length === 0 && isAsBefore && newCounts.length === 0) {
      return [];
    }
    const areOthersNew =
      this._situation === null || !areEqual(situation.not_code, this._situation.not_code);
    this._situation = situation;
    this._order = order;
    this._sent = new Map(cells.map(cell => [cell.id, cell]));
    this._counts = counts;

    const updates: Update[] = [];
    const others = areOthersNew ? situation.not_code : null;
    let update = this._newUpdate(situation, isOrderNew ? order : null, others);
    let size = bytesOf(update);
    for (const cell of changed) {
      const text = fitting(cell, limits);
      const cellSize = bytesOf(text) + 1;
      if (update.changed.length > 0 && size + cellSize > limits.max_message_bytes) {
        updates.push(update);
        update = this._newUpdate(situation, null, null);
        size = bytesOf(update);
      }
      update.changed.push(text);
      size += cellSize;
    }
    if (newCounts.length === 0) {
      return [...updates, update];
    }
    const counted = { counts: Object.fromEntries(newCounts) };
    if (size + bytesOf(counted) <= limits.max_message_bytes) {
      return [...updates, { ...update, ...counted }];
    }
    return [...updates, update, { ...this._newUpdate(situation, null, null), ...counted }];
  }

  private _newUpdate(
    situation: NotebookSituation,
    order: string[] | null,
    not_code: string[] | null
  ): Update {
    this._revision += 1;
    return { kind: 'update', revision: this._revision, order, changed: [], ...situation, not_code };
  }

  private _counts: ReadonlyMap<string, number | null> = new Map();
  private _situation: NotebookSituation | null = null;
  private _order: string[] | null = null;
  private _revision = 0;
  private _sent = new Map<string, CellText>();
}

function areEqual(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}

/** Bytes for the other fields of a message with one cell. */
const ENVELOPE = 512;

/** The cell as it is sent; if it exceeds a limit, with a text just above the limit. */
function fitting(cell: CellText, limits: Limits): CellText {
  const text = { ...cell, source: cutAbove(cell.source, limits.max_cell_chars) };
  return bytesOf(text) + ENVELOPE <= limits.max_message_bytes
    ? text
    : { ...cell, source: '#'.repeat(limits.max_cell_chars + 1) };
}

/** At most `max + 1` characters of `source`, counted as Python counts them (by code point). */
function cutAbove(source: string, max: number): string {
  if (source.length <= max) {
    return source;
  }
  let end = 0;
  for (let count = 0; count <= max && end < source.length; count++) {
    end += (source.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return source.slice(0, end);
}

const encoder = new TextEncoder();

function bytesOf(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}
