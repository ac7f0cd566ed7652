/** Where in a tree is each row, and what does a key do in it? */

import type * as React from 'react';
import { keyAlong } from './direction';

/** One row of a tree; rows stand in the order of the screen, without those that are folded away. */
export interface ITreeRow {
  /** Unique in the tree. */
  readonly key: string;
  /** 1 for the outermost rows. */
  readonly level: number;
  readonly isUnfolded: boolean;
  /** The accessible name, which includes the status. */
  readonly name: string;
  /** The accessible description. */
  readonly description?: string;
  /** The tooltip of the line. */
  readonly title?: string;
  readonly className: string;
}

/** The place of a row among those that stand below the same row, counted from 1. */
export interface IPosition {
  position: number;
  size: number;
}

/** The position of each row. */
export function positionsOf(rows: readonly Pick<ITreeRow, 'level'>[]): IPosition[] {
  const groups: { size: number }[] = [];
  const found: { group: { size: number }; position: number }[] = [];
  for (const { level } of rows) {
    groups.length = Math.min(groups.length, level);
    const group = (groups[level - 1] ??= { size: 0 });
    group.size += 1;
    found.push({ group, position: group.size });
  }
  return found.map(({ group, position }) => ({ position, size: group.size }));
}

/**
 * What a key does: unfold or fold the row, go where the row leads, move to the next or the previous of
 * its controls (before the first one is the row itself), or move to another row.
 */
export type KeyAction = 'fold' | 'go' | 'next' | 'previous' | 'unfold' | { to: number };

/** What a key does in the row `index`; null for a key that the tree does not use. */
export function keyActionOf(
  event: Pick<React.KeyboardEvent, 'altKey' | 'ctrlKey' | 'key' | 'metaKey' | 'target'>,
  rows: readonly ITreeRow[],
  index: number
): KeyAction | null {
  if (event.altKey || event.ctrlKey || event.metaKey) {
    return null;
  }
  const isInControl =
    event.target instanceof Element && event.target.getAttribute('role') !== 'row';
  const { isUnfolded = false, level = 1 } = rows[index] ?? {};
  switch (keyAlong(event)) {
    case 'ArrowDown':
      return { to: Math.min(index + 1, rows.length - 1) };
    case 'ArrowUp':
      return { to: Math.max(index - 1, 0) };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: rows.length - 1 };
    case 'ArrowRight':
      return isInControl ? 'next' : !isUnfolded ? 'unfold' : (inside(rows, index) ?? 'next');
    case 'ArrowLeft':
      return isInControl ? 'previous' : isUnfolded ? 'fold' : parentOf(rows, index, level);
    case 'Enter':
      return isInControl ? null : 'go';
    case ' ':
      return isInControl ? null : isUnfolded ? 'fold' : 'unfold';
    default:
      return null;
  }
}

function inside(rows: readonly ITreeRow[], index: number): KeyAction | null {
  return (rows[index + 1]?.level ?? 0) > (rows[index]?.level ?? 0) ? { to: index + 1 } : null;
}

function parentOf(rows: readonly ITreeRow[], index: number, level: number): KeyAction | null {
  for (let above = index - 1; above >= 0; above--) {
    if ((rows[above]?.level ?? 0) < level) {
      return { to: above };
    }
  }
  return null;
}
