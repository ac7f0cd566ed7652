import { svgTextOf } from '../../graph/exportGraph';

const SVG = 'http://www.w3.org/2000/svg';

function drawingOf(label: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  const text = document.createElementNS(SVG, 'text');
  text.textContent = label;
  svg.append(text);
  return svg;
}

describe('the SVG file of a drawing', () => {
  it.each([
    ['plain', 'x = 1', 'x = 1'],
    ['markup', 'a < b & c', 'a < b & c'],
    ['an emoji', 'x = "🐍"', 'x = "🐍"'],
    ['a form feed', 'x\f= 1', 'x\uFFFD= 1'],
    ['an escape sequence', '\u001B[0m', '\uFFFD[0m'],
    ['no character', 'x\uFFFF', 'x\uFFFD'],
    ['half an emoji', 'x\uD83D', 'x\uFFFD']
  ])('is well-formed with %s', (_, label, expected) => {
    const text = svgTextOf(drawingOf(label), { height: 10, width: 10 } as never);
    const read = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(read.querySelector('parsererror')).toBeNull();
    expect(read.querySelector('text')?.textContent).toBe(expected);
  });
});
