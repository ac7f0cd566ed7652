/** Where is a text cut that is too long? */

/**
 * The beginning of the text in at most `max` characters, with an ellipsis where it is cut.
 *
 * It is cut after a whole word, unless that leaves more than half of the space unused. Example:
 * `"alpha, beta, gamma"` in at most 14 characters is `"alpha, beta…"`.
 */
export function shortened(text: string, max: number): string {
  if (text.length <= max) {
    return text;
  }
  const start = text.slice(0, Math.max(1, max - 1));
  const isInWord = /^[\p{L}\p{N}_]/u.test(text.slice(start.length));
  const whole = isInWord ? start.replace(/[\p{L}\p{N}_]+$/u, '') : start;
  const shown = whole.replace(/[\s.,([=]+$/, '');
  return `${shown.length > max / 2 ? shown : start}…`;
}
