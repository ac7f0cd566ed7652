/** Where does the text of a cell read a name that is missing or wrong? */

import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { Need } from '../protocol';

/** One name in the text: its characters from `from` up to `to`, and the verdict on it. */
export interface INameRange {
  readonly from: number;
  readonly to: number;
  readonly need: Need;
}

/** Syntax in which a word is not a name. */
const OTHER_SYNTAX: ReadonlySet<string> = new Set(['Comment', 'PropertyName', 'String']);

/**
 * The ranges to underline, in the order of the text.
 *
 * Each need has the line in which the cell first reads the name, or calls the function that reads
 * it. If that line does not contain the name (any more), there is no range.
 */
export function nameRangesOf(state: EditorState, needs: readonly Need[]): INameRange[] {
  return needs
    .filter(need => isInTrouble(need))
    .flatMap(need => nameRangeOf(state, need) ?? [])
    .sort((one, other) => one.from - other.from || one.to - other.to);
}

function isInTrouble({ phase, reason, status }: Need): boolean {
  const isFine = status === 'live' || status === 'unknown' || reason === 'in_flight';
  return phase === 'immediate' && !isFine;
}

function nameRangeOf(state: EditorState, need: Need): INameRange | null {
  if (need.line === null || need.line > state.doc.lines) {
    return null;
  }
  const line = state.doc.line(need.line);
  const name = need.via ?? need.name;
  for (
    let index = line.text.indexOf(name);
    index >= 0;
    index = line.text.indexOf(name, index + 1)
  ) {
    const [from, to] = [line.from + index, line.from + index + name.length];
    if (isWord(line.text, index, name.length) && !isOtherSyntax(state, from)) {
      return { from, to, need };
    }
  }
  return null;
}

function isWord(text: string, index: number, length: number): boolean {
  const isPart = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{N}_]/u.test(character);
  return !isPart(text[index - 1]) && !isPart(text[index + length]);
}

function isOtherSyntax(state: EditorState, position: number): boolean {
  return OTHER_SYNTAX.has(syntaxTree(state).resolveInner(position, 1).name);
}
