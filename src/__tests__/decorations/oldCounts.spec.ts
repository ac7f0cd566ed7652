import { OldCounts } from '../../decorations/oldCounts';
import { cellReport, report } from '../reports';
import { openDecorated } from './decorated';
import type { IDecorated } from './decorated';

let decorated: IDecorated;

beforeEach(async () => {
  decorated = await openDecorated(
    [
      { id: 'old', source: 'x = 1', count: 12 },
      { id: 'new', source: 'y = 1', count: 1 },
      { id: 'never', source: 'z = 1' }
    ],
    options => new OldCounts(options)
  );
});

afterEach(() => {
  decorated.decorations.dispose();
  decorated.panel.dispose();
});

/** The titles of the prompts of dimmed cells, by the ids of the cells. */
function dimmed(): [string, string | undefined][] {
  return decorated.panel.content.widgets
    .filter(cell => cell.hasClass('jp-NamespaceViz-oldCount'))
    .map(cell => [cell.model.id, cell.inputArea?.promptNode?.title]);
}

it('are dimmed where the cell has not run in this kernel', () => {
  expect(dimmed()).toEqual([]); // nothing is known yet
  const { connection, decorations } = decorated;
  const cells = [cellReport('old'), cellReport('new', { execution_count: 1 }), cellReport('never')];
  connection.say(report(1, cells));
  expect(dimmed()).toEqual([['old', 'From an earlier kernel']]);

  connection.say(report(2, [cellReport('old', { execution_count: 2 })]));
  expect(dimmed()).toEqual([]);
  const { promptNode } = decorated.panel.content.widgets[0]!.inputArea!;
  expect(promptNode.title).toBe('');

  connection.say(report(3, cells));
  decorations.isOn = false;
  expect(dimmed()).toEqual([]);
});
