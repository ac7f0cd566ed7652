/** Where do JupyterLab's toasts stand while the panel is shown? */

import { MessageLoop } from '@lumino/messaging';
import type { Widget } from '@lumino/widgets';

/** How far from the window's right edge toasts stand; used by the style sheet. */
const INSET = '--jp-namespace-viz-toast-inset';

/** The messages after which the panel may stand elsewhere. */
const MOVES = new Set(['after-attach', 'after-hide', 'after-show', 'before-detach', 'resize']);

/**
 * Keep toasts, which stand at the window's bottom right, from covering the panel and its buttons.
 *
 * JupyterLab has no other place for them.
 */
export function keepToastsOffPanel(panel: Widget): void {
  MessageLoop.installMessageHook(panel, (_, { type }) => {
    if (MOVES.has(type)) {
      const inset = type === 'before-detach' ? 0 : insetOf(panel);
      document.body.style.setProperty(INSET, `${inset}px`);
    }
    return true;
  });
}

/** The width at the window's right edge that the panel needs; 0 if it is hidden or elsewhere. */
function insetOf(panel: Widget): number {
  if (!panel.isVisible) {
    return 0;
  }
  const { left, width } = panel.node.getBoundingClientRect();
  const isAtRight = left + width / 2 > window.innerWidth / 2;
  return isAtRight ? Math.max(0, window.innerWidth - left) : 0;
}
