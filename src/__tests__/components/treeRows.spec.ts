import { keyActionOf } from '../../components/elements/treeRows';
import type { ITreeRow, KeyAction } from '../../components/elements/treeRows';

function row(level: number, isUnfolded: boolean): ITreeRow {
  return { key: '', level, isUnfolded, name: '', className: '' };
}

/** A folded row, and an unfolded one with a row inside it. */
const ROWS = [row(1, false), row(1, true), row(2, false)];

describe('the arrow keys to the sides', () => {
  it.each<[number, KeyAction | null, KeyAction | null]>([
    [0, 'unfold', null],
    [1, { to: 2 }, 'fold'],
    [2, 'unfold', { to: 1 }]
  ])('lead inwards and outwards from row %d, as its text is read', (index, inwards, outwards) => {
    const actions = (direction: 'ltr' | 'rtl'): (KeyAction | null)[] => {
      const target = document.createElement('div');
      target.setAttribute('role', 'row');
      target.style.direction = direction;
      const keys = ['ArrowRight', 'ArrowLeft'];
      const rest = { altKey: false, ctrlKey: false, metaKey: false, target };
      return keys.map(key => keyActionOf({ key, ...rest }, ROWS, index));
    };
    expect(actions('ltr')).toEqual([inwards, outwards]);
    expect(actions('rtl')).toEqual([outwards, inwards]);
  });
});
