import { nullTranslator } from '@jupyterlab/translation';
import { menuItemsOf } from '../../decorations/cellMenu';
import type { CellReport } from '../../protocol';
import { cellReport, entryOf, need } from '../reports';

const trans = nullTranslator.load('test');

/** The menu of the cell `c`, an item a line: `command {args}`. */
function menu(report: Partial<CellReport>): string[] {
  return menuItemsOf(entryOf(cellReport('c', report)), trans).map(({ args, command, type }) =>
    type === 'separator'
      ? '---'
      : [command?.replace('jupyter-namespace-viz:', ''), JSON.stringify(args)].join(' ').trimEnd()
  );
}

const ALWAYS = ['run-with-needed {"cellId":"c"}', 'run-dependents {"cellId":"c"}', '---'];
const PANEL = 'show-panel {"view":"cells"}';
const HIDE = ['---', 'hide-marks', 'hide-marks-everywhere', 'open-settings'];

describe('the menu on a mark', () => {
  it.each([
    ['nothing is known', {}, [...ALWAYS, PANEL]],
    [
      'imports and cells would fix it',
      { repairs: ['cells' as const, 'imports' as const] },
      ['restore-cell-imports {"cellId":"c"}', 'run-needed-cells {"cellId":"c"}', ...ALWAYS, PANEL]
    ],
    [
      'it misses names of other cells, one of its own, and one that is there',
      {
        needs: [
          need('x', { status: 'missing' as const, provider: 'a' }),
          need('y', { status: 'stale' as const, provider: 'b' }),
          need('z', { status: 'missing' as const, provider: 'c' }),
          need('w', { provider: 'a' }),
          need('v', { status: 'missing' as const })
        ]
      },
      [
        ...ALWAYS,
        'go-to-cell {"cellId":"a","name":"x"}',
        'go-to-cell {"cellId":"b","name":"y"}',
        PANEL
      ]
    ],
    [
      'it misses very many',
      {
        needs: [1, 2, 3, 4, 5, 6, 7].map(n =>
          need(`x${n}`, { status: 'missing' as const, provider: `p${n}` })
        )
      },
      [
        ...ALWAYS,
        ...[1, 2, 3, 4, 5].map(n => `go-to-cell {"cellId":"p${n}","name":"x${n}"}`),
        PANEL
      ]
    ]
  ])('when %s', (_, report, expected) => {
    expect(menu(report)).toEqual([...expected, ...HIDE]);
  });
});
