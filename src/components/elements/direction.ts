/** Is the text of an element read from right to left, and which keys follow that? */

/** Whether lines begin on the right. */
export function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}

/**
 * The key of an event, as from left to right: ArrowRight goes on, and inwards in a tree.
 *
 * Where the text is read from right to left, ArrowLeft does that.
 */
export function keyAlong({ key, target }: { key: string; target: EventTarget }): string {
  if (/^Arrow(Left|Right)$/.test(key) && target instanceof Element && isRightToLeft(target)) {
    return key === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
  }
  return key;
}
