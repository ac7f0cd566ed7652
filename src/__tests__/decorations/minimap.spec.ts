import type { Appearance } from '../../appearance/cellAppearance';
import { segmentsOf } from '../../decorations/minimap';

describe('the stretches of the minimap', () => {
  it.each<[string, Appearance[], string[]]>([
    ['nothing loud', ['fresh', 'waiting', 'ready', 'pending', 'empty'], []],
    ['one cell', ['fresh', 'blocked', 'fresh'], ['blocked 1-2']],
    ['cells that follow each other', ['stale', 'stale', 'stale'], ['stale 0-3']],
    [
      'another look, and a gap',
      ['blocked', 'blocked', 'blocked-import', 'fresh', 'blocked-import'],
      ['blocked 0-2', 'blocked-import 2-3', 'blocked-import 4-5']
    ]
  ])('%s', (_, appearances, expected) => {
    const cells = appearances.map((appearance, index) => ({ cellId: String(index), appearance }));
    const told = segmentsOf(cells).map(it => `${it.appearance} ${it.first}-${it.end}`);
    expect(told).toEqual(expected);
  });
});
