/** What does the card beside a name of a cell say, and when is it there? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { HoverBox } from '@jupyterlab/ui-components';
import * as React from 'react';
import { createPortal } from 'react-dom';
import type { ICellEntry, INameTable } from '../../tokens/models';
import { NameDetails } from './NameDetails';
import { nameWordOf } from '../../appearance/appearance';

/** Milliseconds for which the pointer has to rest, and may be on its way to the card. */
const OPEN_DELAY = 350;
const CLOSE_DELAY = 250;

const CARD_ID = 'jp-NamespaceViz-nameCard';

/** What a list spreads over itself so that the names in it, by their `data-name`, have cards. */
export interface ICardHandlers {
  onBlur: () => void;
  onFocus: (event: React.FocusEvent) => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
  onPointerLeave: () => void;
  onPointerOver: (event: React.PointerEvent) => void;
}

export interface INameCardOptions {
  /** Null until the server told them; there are no cards then. */
  names: INameTable | null;
  cells: readonly ICellEntry[];
  trans: TranslationBundle;
}

/**
 * One card for a whole list: on the name that has the focus, or on which the pointer rests.
 *
 * It goes with the focus, with Escape, and when the pointer is neither on the name nor on the card.
 */
export function useNameCard(options: INameCardOptions): [ICardHandlers, React.ReactNode] {
  const [anchor, setAnchor] = React.useState<HTMLElement | null>(null);
  const timer = React.useRef<ReturnType<typeof setTimeout>>(undefined);
  const showLater = (next: HTMLElement | null, delay: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(next), delay);
  };
  React.useEffect(() => () => clearTimeout(timer.current), []);
  const handlers: ICardHandlers = {
    onBlur: () => showLater(null, 0),
    onFocus: event => {
      const name = nameAt(event.target);
      if (name?.matches(':focus-visible')) {
        showLater(name, 0);
      }
    },
    onKeyDown: event => {
      if (event.key === 'Escape') {
        showLater(null, 0);
      }
    },
    onPointerLeave: () => showLater(null, CLOSE_DELAY),
    onPointerOver: event => {
      const name = nameAt(event.target);
      showLater(name, name ? OPEN_DELAY : CLOSE_DELAY);
    }
  };
  const keepOpen = (): void => clearTimeout(timer.current);
  const isThere = anchor?.isConnected ?? false;
  const card = isThere && anchor && (
    <Card
      anchor={anchor}
      {...options}
      onEnter={keepOpen}
      onLeave={() => showLater(null, CLOSE_DELAY)}
    />
  );
  return [handlers, card];
}

interface ICardProps extends INameCardOptions {
  anchor: HTMLElement;
  onEnter: () => void;
  onLeave: () => void;
}

function Card(props: ICardProps): React.ReactElement | null {
  const { anchor, cells, names, onEnter, onLeave, trans } = props;
  const node = React.useRef<HTMLDivElement>(null);
  const name = names?.byName.get(anchor.dataset.name ?? '');
  const entries = React.useMemo(() => new Map(cells.map(cell => [cell.id, cell])), [cells]);
  React.useLayoutEffect(() => {
    if (node.current) {
      HoverBox.setGeometry({
        anchor: anchor.getBoundingClientRect(),
        host: document.body,
        maxHeight: 400,
        minHeight: 20,
        node: node.current,
        privilege: 'below'
      });
      avoidTabs(node.current, anchor);
    }
    anchor.setAttribute('aria-describedby', CARD_ID);
    return () => anchor.removeAttribute('aria-describedby');
  });
  if (!name) {
    return null;
  }
  const card = (
    <div
      ref={node}
      id={CARD_ID}
      role="tooltip"
      className="jp-NamespaceViz jp-ThemedContainer jp-NamespaceViz-nameCard"
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
    >
      <div className="jp-NamespaceViz-cardHead">
        <code>{name.name}</code> {nameWordOf(name.status, trans)}
      </div>
      <NameDetails name={name} entries={entries} trans={trans} />
    </div>
  );
  return createPortal(card, document.body);
}

/** Move the card over the notebook where it would hide the tabs of the side bar. */
function avoidTabs(card: HTMLElement, anchor: HTMLElement): void {
  const panel = anchor.closest('.jp-NamespaceViz')?.getBoundingClientRect();
  const { left, right } = card.getBoundingClientRect();
  if (panel && panel.left + panel.right > window.innerWidth && right > panel.right) {
    card.style.left = `${left + panel.right - right}px`;
  }
}

function nameAt(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-name]') : null;
}
