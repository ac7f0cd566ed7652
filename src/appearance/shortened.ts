/** Where is a text cut that is too long? */

/** A word or a number at the end of a text. */
const LAST_WORD = /(\p{N}[\p{N}_.]*|[\p{L}\p{N}_]+)$/u;

/** The first half of a character that takes two places in a string, such as an emoji. */
const HALF_CHARACTER = /[\uD800-\uDBFF]$/;

/** What goes on with a word or, after a digit, with a number. */
const REST_OF_WORD = /^[\p{L}\p{N}_]/u;
const REST_OF_NUMBER = /^\.\p{N}/u;

/**
 * The beginning of the text in at most `max` characters, with an ellipsis where it is cut.
 *
 * It is cut after a whole word or number, unless that leaves more than half of the space unused.
 * Example: `"alpha, beta, gamma"` in at most 14 characters is `"alpha, beta…"`.
 */
export function shortened(text: string, max: number): string {
  if (text.length <= max) {
    return text;
  }
  const start = text.slice(0, Math.max(1, max - 1)).replace(HALF_CHARACTER, '');
  const rest = text.slice(start.length);
  const isInNumber = /\p{N}$/u.test(start) && REST_OF_NUMBER.test(rest);
  const whole = REST_OF_WORD.test(rest) || isInNumber ? start.replace(LAST_WORD, '') : start;
  const shown = whole.replace(/[\s.,([=]+$/, '');
  return `${shown.length > max / 2 ? shown : start}…`;
}
