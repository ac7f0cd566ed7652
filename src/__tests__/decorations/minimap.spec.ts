import type { Look } from '../../appearance/appearance';
import { stretchesOf } from '../../decorations/minimap';

describe('the stretches of the minimap', () => {
  it.each<[string, Look[], string[]]>([
    ['nothing loud', ['fresh', 'waiting', 'ready', 'unread', 'empty'], []],
    ['one cell', ['fresh', 'blocked', 'fresh'], ['blocked 1-2']],
    ['cells that follow each other', ['stale', 'stale', 'stale'], ['stale 0-3']],
    [
      'another look, and a gap',
      ['blocked', 'blocked', 'blocked-import', 'fresh', 'blocked-import'],
      ['blocked 0-2', 'blocked-import 2-3', 'blocked-import 4-5']
    ]
  ])('%s', (_, looks, expected) => {
    const cells = looks.map((look, place) => ({ cellId: String(place), look }));
    const told = stretchesOf(cells).map(it => `${it.look} ${it.first}-${it.end}`);
    expect(told).toEqual(expected);
  });
});
