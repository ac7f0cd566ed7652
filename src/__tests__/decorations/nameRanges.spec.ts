import { python } from '@codemirror/lang-python';
import { EditorState } from '@codemirror/state';
import { nameRangesOf } from '../../decorations/nameRanges';
import type { Need } from '../../protocol';
import { need } from '../reports';

/** The text with `^` below what is underlined, for names that are missing in these lines. */
function underlined(doc: string, ...missing: [string, number, Partial<Need>?][]): string[] {
  const state = EditorState.create({ doc, extensions: [python()] });
  const needs = missing.map(([name, line, rest]) =>
    need(name, { status: 'missing', line, ...rest })
  );
  const marks = [...doc.replace(/[^\n]/g, ' ')];
  for (const { from, to } of nameRangesOf(state, needs)) {
    marks.fill('^', from, to);
  }
  const below = marks.join('').split('\n');
  return doc.split('\n').flatMap((line, index) => {
    const mark = below[index]?.trimEnd();
    return mark ? [line, mark] : [line];
  });
}

describe('a name that is in trouble', () => {
  it('is underlined where the cell reads it first', () => {
    expect(underlined('x = np.pi\nprint(np, y)\nnp', ['np', 1], ['y', 2])).toEqual([
      'x = np.pi',
      '    ^^',
      'print(np, y)',
      '          ^',
      'np'
    ]);
  });

  it('is no part of another name, no attribute, and no word in a text or a comment', () => {
    expect(underlined("a.np(np_1, 'np', np) # np", ['np', 1])).toEqual([
      "a.np(np_1, 'np', np) # np",
      '                 ^^'
    ]);
    expect(underlined("'np'", ['np', 1])).toEqual(["'np'"]);
  });

  it('may stand in an f-string, and behind wide characters', () => {
    expect(underlined("print('🦆', f'{np}')", ['np', 1])).toEqual([
      "print('🦆', f'{np}')",
      '               ^^'
    ]);
  });

  it('is underlined at the call of the function that reads it', () => {
    expect(underlined('y = f(1)', ['np', 1, { via: 'f' }])).toEqual(['y = f(1)', '    ^']);
  });

  it('is underlined as the module of an import that is not installed', () => {
    const rest: Partial<Need> = { status: 'not_installed' };
    expect(underlined('import os, cv2.dnn as d', ['cv2', 1, rest])).toEqual([
      'import os, cv2.dnn as d',
      '           ^^^'
    ]);
    expect(underlined('from a.b import c', ['a.b', 1, rest])).toEqual([
      'from a.b import c',
      '     ^^^'
    ]);
  });

  it('is not underlined where a call would read it later, or it is live or cannot be told', () => {
    const doc = 'np';
    expect(underlined(doc, ['np', 1, { phase: 'deferred' }])).toEqual([doc]);
    expect(underlined(doc, ['np', 1, { status: 'live' }])).toEqual([doc]);
    expect(underlined(doc, ['np', 1, { status: 'unknown' }])).toEqual([doc]);
    expect(underlined(doc, ['np', 1, { reason: 'in_flight' }])).toEqual([doc]);
    expect(underlined(doc, ['np', 1, { line: null }])).toEqual([doc]);
  });

  it('is not underlined where the text does not have it any more', () => {
    expect(underlined('a\nb', ['np', 2], ['a', 2], ['b', 3])).toEqual(['a', 'b']);
  });
});
