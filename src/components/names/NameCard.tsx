/** What does the card on a name in the panel show, and when is it open? */

import type { TranslationBundle } from '@jupyterlab/translation';
import { HoverBox } from '@jupyterlab/ui-components';
import * as React from 'react';
import { createPortal } from 'react-dom';
import type { ICellEntry, INameTable } from '../../tokens/models';
import { MentionedCells } from '../elements/CellLink';
import { NameDetails } from './NameDetails';
import { nameWordOf } from '../../appearance/nameAppearance';

/** Milliseconds until the card opens, and until it closes after the pointer left the name. */
const OPEN_DELAY = 350;
const CLOSE_DELAY = 250;

const CARD_ID = 'jp-NamespaceViz-nameCard';

/** Event handlers for a list that gives a card to each name in it with a `data-name`. */
export interface ICardHandlers {
  onBlur: () => void;
  onFocus: (event: React.FocusEvent) => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
  onPointerLeave: () => void;
  onPointerOver: (event: React.PointerEvent) => void;
}

export interface INameCardOptions {
  /** Null until the server has sent them; there are no cards then. */
  names: INameTable | null;
  cells: readonly ICellEntry[];
  trans: TranslationBundle;
}

/**
 * One card for a whole list, on the name that has the focus or the pointer.
 *
 * It closes when the focus moves, with Escape, and when the pointer leaves both name and card.
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
      if (event.key === 'Escape' && anchor) {
        event.stopPropagation(); // the panel would give the focus back to the notebook
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
      <MentionedCells cells={cells} trans={trans}>
        <NameDetails name={name} entries={entries} trans={trans} />
      </MentionedCells>
    </div>
  );
  return createPortal(card, document.body);
}

/** Move the card to the left if it would hide the tabs of the side bar. */
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
