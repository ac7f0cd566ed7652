import { nullTranslator } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import { mentionsOf } from '../../appearance/cellNames';
import { MentionedCells } from '../../components/elements/CellLink';
import { Sentence } from '../../components/elements/Sentence';
import { SentenceElement } from '../../decorations/htmlElements';
import { cellReport, entryOf } from '../reports';

const trans = nullTranslator.load('test');
const failed = cellReport('b', { status: 'failed', execution_count: 3 });
const cells = [
  entryOf(cellReport('a'), { firstLine: 'import os' }),
  entryOf(failed, { number: 2, firstLine: '1 / 0' })
];
const TEXT = '`x` is missing: cell [[b]] failed, and cell [[z]] is gone.';
const DRAWN = 'x is missing: cell 1 / 0 [3] failed, and cell … is gone.';

let visited: string[];
const goToCell = (cellId: string): void => void visited.push(cellId);

async function drawn(goTo?: typeof goToCell): Promise<HTMLElement> {
  const widget = ReactWidget.create(
    <MentionedCells cells={cells} trans={trans} goToCell={goTo}>
      <Sentence text={TEXT} />
    </MentionedCells>
  );
  Widget.attach(widget, document.body);
  await widget.renderPromise;
  while (widget.node.textContent === '') {
    await new Promise(requestAnimationFrame);
  }
  return widget.node;
}

function inDom(): HTMLElement {
  const sentence = new SentenceElement(
    document.createElement('p'),
    mentionsOf(cells, trans, goToCell)
  );
  sentence.setSentence(TEXT);
  return sentence.node;
}

beforeEach(() => {
  visited = [];
});

describe.each([
  ['drawn by React', () => drawn(goToCell)],
  ['in a mark', () => Promise.resolve(inDom())]
])('a sentence %s', (_, draw) => {
  it('shows a cell as a link with its code and count, red if it failed', async () => {
    const node = await draw();
    expect(node.textContent).toBe(DRAWN);
    const [link] = node.querySelectorAll('button');
    expect(link!.textContent).toBe('1 / 0 [3]');
    expect(link!.title).toBe('1 / 0\ncell 2 of 2, failed');
    expect(link!.classList).toContain('jp-mod-failed');
    link!.click();
    expect(visited).toEqual(['b']);
  });
});

it('A sentence where cells are out of reach shows the same text without a link', async () => {
  const node = await drawn();
  expect(node.textContent).toBe(DRAWN);
  expect(node.querySelector('button')).toBeNull();
});
