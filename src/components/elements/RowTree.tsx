/** How is a long list of one-line rows drawn, unfolded, and walked through with the keyboard? */

import { measureElement, useVirtualizer } from '@tanstack/react-virtual';
import type { Virtualizer } from '@tanstack/react-virtual';
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { keyActionOf, positionsOf } from './treeRows';
import type { ITreeRow } from './treeRows';

/** The height of a folded row in pixels; style/row.css has the same. */
const ROW = 22;

export interface IRowTreeProps<R extends ITreeRow> {
  label: string;
  rows: readonly R[];
  /** The key of the row that is scrolled into view when it becomes the current one. */
  currentKey?: string | null;
  /** What the line of a row shows; `tabIndex` is for the controls in it. */
  drawLine: (row: R, tabIndex: number) => React.ReactNode;
  /** What an unfolded row shows below its line. */
  drawBody: (row: R, tabIndex: number) => React.ReactNode;
  /** What stands next to a row, over its whole height. */
  drawMargin?: (row: R) => React.ReactNode;
  setUnfolded: (row: R, isUnfolded: boolean) => void;
  /** What a click does, and the Enter key; without it they unfold the row. */
  go?: (row: R) => void;
  style?: React.CSSProperties;
  /** Handlers for events in the rows. */
  handlers?: Pick<
    React.DOMAttributes<HTMLElement>,
    'onBlur' | 'onFocus' | 'onKeyDown' | 'onPointerLeave' | 'onPointerOver'
  >;
}

/**
 * A tree of which only the rows in the view are rendered.
 *
 * For screen readers it is a `treegrid`, whose rows may have controls. It is a single tab stop. The arrow keys, Home and End move between the rows, Right unfolds and
 * Left folds one. Tab, Right and Left go through the controls of the current row, which is always rendered.
 */
export function RowTree<R extends ITreeRow>(props: IRowTreeProps<R>): React.ReactElement {
  const { currentKey = null, drawBody, drawLine, drawMargin, handlers, label, rows, style } = props;
  const { go, setUnfolded } = props;
  const [focusedKey, setFocusedKey] = React.useState<string | null>(null);
  const indexes = React.useMemo(() => new Map(rows.map(({ key }, index) => [key, index])), [rows]);
  const positions = React.useMemo(() => positionsOf(rows), [rows]);
  const box = React.useRef<HTMLDivElement>(null);
  const stop = indexes.get(focusedKey ?? '') ?? indexes.get(currentKey ?? '') ?? 0;
  const virtual = useVirtualizer({
    count: rows.length,
    estimateSize: () => ROW,
    getItemKey: index => rows[index]?.key ?? index,
    getScrollElement: () => box.current,
    measureElement: heightOf,
    overscan: 10,
    useFlushSync: false,
    rangeExtractor: range => withStop(range, stop)
  });
  const isFocusMoving = React.useRef(false);
  React.useLayoutEffect(() => {
    if (isFocusMoving.current) {
      isFocusMoving.current = false;
      rowIn(box.current, stop)?.focus({ preventScroll: true });
    }
  });
  const current = indexes.get(currentKey ?? '');
  const { size = ROW, start = 0 } = virtual.measurementsCache[current ?? -1] ?? {};
  const before = React.useRef({ currentKey, size, start });
  React.useLayoutEffect(() => {
    const { currentKey: key, ...place } = before.current;
    before.current = { currentKey, size, start };
    // It must not grow out of the view; but the user may have scrolled away from it.
    const isGrown = key === currentKey && size > place.size;
    if (current !== undefined && isGrown && isSeenIn(box.current, place)) {
      virtual.scrollToIndex(current, { align: 'auto' });
    }
  }, [currentKey, size, start]);
  const isHidden = virtual.scrollRect?.height === 0;
  React.useEffect(() => {
    if (current !== undefined && !isHidden) {
      virtual.scrollToIndex(current, { align: 'auto' });
    }
    // Only where another row becomes the current one, and where a hidden tree is shown again.
  }, [currentKey, isHidden]);

  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>): void => {
    const index = indexOf(event.target);
    const row = rows[index];
    const action = row && keyActionOf(event, rows, index);
    if (!row || !action) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (action === 'fold' || action === 'unfold') {
      setUnfolded(row, action === 'unfold');
    } else if (action === 'go') {
      (go ?? (it => setUnfolded(it, !it.isUnfolded)))(row);
    } else if (action === 'next' || action === 'previous') {
      stopNextTo(event.target, action)?.focus();
    } else {
      isFocusMoving.current = true;
      setFocusedKey(rows[action.to]?.key ?? null);
      virtual.scrollToIndex(action.to, { align: 'auto' });
    }
  };
  const onClick = (event: React.MouseEvent): void => {
    const row = rows[indexOf(event.target)];
    const target = event.target as Element;
    if (!row || target.closest('button') || isSelecting()) {
      return;
    }
    if (target.closest('.jp-NamespaceViz-chevron')) {
      setUnfolded(row, !row.isUnfolded);
    } else if (go) {
      go(row);
    } else if (target.closest('.jp-NamespaceViz-rowLine')) {
      setUnfolded(row, !row.isUnfolded);
    }
  };
  return (
    <div ref={box} className="jp-NamespaceViz-scroll">
      <div
        className="jp-NamespaceViz-tree"
        role="treegrid"
        aria-label={label}
        style={{ height: virtual.getTotalSize(), ...style }}
        {...handlers}
        onClick={onClick}
        onFocus={event => {
          setFocusedKey(rows[indexOf(event.target)]?.key ?? null);
          handlers?.onFocus?.(event);
        }}
        onKeyDown={event => {
          handlers?.onKeyDown?.(event);
          if (!event.isPropagationStopped()) {
            onKeyDown(event);
          }
        }}
      >
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) {
            return null;
          }
          const tabIndex = index === stop ? 0 : -1;
          const Chevron = row.isUnfolded ? caretDownIcon : caretRightIcon;
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              role="row"
              className={`jp-NamespaceViz-row ${row.className}`}
              aria-label={row.name}
              aria-description={row.description}
              aria-level={row.level}
              aria-setsize={positions[index]?.size}
              aria-posinset={positions[index]?.position}
              aria-expanded={row.isUnfolded}
              aria-current={row.key === currentKey ? 'true' : undefined}
              data-index={index}
              data-key={row.key}
              tabIndex={tabIndex}
              style={
                {
                  transform: `translateY(${start}px)`,
                  '--jp-namespace-viz-level': row.level
                } as React.CSSProperties
              }
            >
              <div role="gridcell">
                {drawMargin?.(row)}
                <div className="jp-NamespaceViz-rowLine" title={row.title}>
                  <Chevron.react tag="span" className="jp-NamespaceViz-chevron" />
                  {drawLine(row, tabIndex)}
                </div>
                {row.isUnfolded && drawBody(row, tabIndex)}
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The height of a row; the last one while the tree is hidden, whose rows have none. */
function heightOf(
  row: HTMLDivElement,
  entry: ResizeObserverEntry | undefined,
  virtual: Virtualizer<HTMLDivElement, HTMLDivElement>
): number {
  const key = virtual.options.getItemKey(virtual.indexFromElement(row));
  return measureElement(row, entry, virtual) || (virtual.itemSizeCache.get(key) ?? ROW);
}

/** The indexes in and near the view, and that of the tab stop, which must be reachable. */
function withStop(
  range: { startIndex: number; endIndex: number; overscan: number; count: number },
  stop: number
): number[] {
  const { count, endIndex, overscan, startIndex } = range;
  const first = Math.max(0, startIndex - overscan);
  const last = Math.min(count - 1, endIndex + overscan);
  const shown = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  if (stop < first) {
    return [stop, ...shown];
  }
  return stop > last && stop < count ? [...shown, stop] : shown;
}

/** Whether a row at this place is in the view as a whole. */
function isSeenIn(
  box: HTMLElement | null,
  { size, start }: { size: number; start: number }
): boolean {
  const { clientHeight = 0, scrollTop = 0 } = box ?? {};
  return start >= scrollTop && start + size <= scrollTop + clientHeight;
}

function rowIn(box: HTMLElement | null, index: number): HTMLElement | null {
  return box?.querySelector<HTMLElement>(`[role="row"][data-index="${index}"]`) ?? null;
}

/** The control after or before the focus in the same row; before the first one is the row itself. */
function stopNextTo(focused: EventTarget, direction: 'next' | 'previous'): HTMLElement | undefined {
  const row = focused instanceof Element ? focused.closest<HTMLElement>('[role="row"]') : null;
  const stops = row ? [row, ...row.querySelectorAll<HTMLElement>('[tabindex]')] : [];
  const at = stops.findIndex(stop => stop === focused);
  return stops[at + (direction === 'next' ? 1 : -1)];
}

/** The index of the row that an event is about; -1 if there is none. */
function indexOf(target: EventTarget): number {
  const row = target instanceof Element ? target.closest<HTMLElement>('[role="row"]') : null;
  return Number(row?.dataset.index ?? -1);
}

/** Whether the click ends the selection of text, which the user may want to copy. */
function isSelecting(): boolean {
  return window.getSelection()?.isCollapsed === false;
}
