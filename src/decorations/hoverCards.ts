/** When does an editor show the card on one of its names? */

import type { Extension } from '@codemirror/state';
import { StateEffect, StateField } from '@codemirror/state';
import type { EditorView, Tooltip, TooltipView } from '@codemirror/view';
import { closeHoverTooltips, hoverTooltip, showTooltip } from '@codemirror/view';
import type { IDisposable } from '@lumino/disposable';
import type { INameRange } from './nameRanges';

/** Open the card on a range and keep it open; null closes it. */
const setPinnedRange = StateEffect.define<INameRange | null>();

/** The ranges that touch the text between two characters, in the order of the text. */
type RangesIn = (view: EditorView, from: number, to: number) => readonly INameRange[];

/** The element of a card, which is disposed when the card closes. */
export interface ICard extends IDisposable {
  readonly node: HTMLElement;
}

/** Cards on ranges: while the pointer is on one, and from `openCard` until Escape or typing. */
export function hoverCards(rangesIn: RangesIn, cardOf: (range: INameRange) => ICard): Extension {
  const pinnedTooltip = StateField.define<Tooltip | null>({
    create: () => null,
    update: (before, { docChanged, effects }) => {
      const effect = effects.find(effect => effect.is(setPinnedRange));
      if (!effect) {
        return docChanged ? null : before;
      }
      const range = effect.value;
      return range && tooltipOn(range, view => withFocus(view, cardOf(range)));
    },
    provide: field => showTooltip.from(field)
  });
  const hovering = hoverTooltip((view, position) => {
    const [range] = rangesIn(view, position, position);
    return range ? tooltipOn(range, view => whileHovered(view, cardOf(range))) : null;
  });
  return [pinnedTooltip, hovering];
}

/** Open the card on the range at the cursor, else on the nearest; false if there is none. */
export function openCard(view: EditorView, rangesIn: RangesIn): boolean {
  const { doc, selection } = view.state;
  const { head } = selection.main;
  const distance = ({ from, to }: INameRange): number => Math.max(from - head, head - to, 0);
  const ranges = [...rangesIn(view, 0, doc.length)];
  const [nearest] = ranges.sort((one, other) => distance(one) - distance(other));
  if (nearest) {
    view.dispatch({ effects: setPinnedRange.of(nearest) });
  }
  return nearest !== undefined;
}

function tooltipOn({ from, to }: INameRange, create: (view: EditorView) => TooltipView): Tooltip {
  return { pos: from, end: to, above: true, create };
}

/** A card that Escape closes, wherever the focus is. */
function whileHovered(view: EditorView, card: ICard): TooltipView {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      view.dispatch({ effects: closeHoverTooltips });
    }
  };
  return {
    dom: card.node,
    mount: () => document.addEventListener('keydown', onKey, true),
    destroy: () => {
      document.removeEventListener('keydown', onKey, true);
      card.dispose();
    }
  };
}

/**
 * A card that takes the focus and closes when it loses it.
 *
 * Escape and Shift+Tab return the focus to the editor, Tab moves it on to what follows the editor:
 * the card itself stands at the end of the page.
 */
function withFocus(view: EditorView, card: ICard): TooltipView {
  const { node } = card;
  node.tabIndex = -1;
  const buttons = (): NodeListOf<HTMLElement> => node.querySelectorAll('button');
  node.addEventListener('keydown', event => {
    const stops = [...buttons()];
    const isAtEnd = event.target === (stops.at(-1) ?? node);
    const isAtStart = event.target === (stops[0] ?? node);
    if (event.key === 'Escape' || (event.key === 'Tab' && event.shiftKey && isAtStart)) {
      event.preventDefault();
      event.stopPropagation();
      view.focus();
    } else if (event.key === 'Tab' && !event.shiftKey && isAtEnd) {
      view.focus(); // from where the browser goes on
    }
  });
  node.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && node.contains(relatedTarget))) {
      // Not at once: the editor itself may be removing the card in an update.
      queueMicrotask(() => view.dispatch({ effects: setPinnedRange.of(null) }));
    }
  });
  // A sentence above the remedies may link to cells; the remedy is what the user came for.
  const first = node.querySelector<HTMLElement>('.jp-NamespaceViz-button') ?? buttons()[0] ?? node;
  return {
    dom: node,
    mount: () => requestAnimationFrame(() => first.focus()),
    destroy: () => card.dispose()
  };
}
