/** How is the graph saved to a file? */

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { CellText } from '../protocol';
import type { ILayout } from './layout';

export type ExportFormat = 'dot' | 'mermaid' | 'png' | 'svg';

/** The properties that come from the style sheets of the page, and must be in the file. */
const STYLES = [
  'color',
  'direction',
  'fill',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
  'stroke',
  'stroke-dasharray',
  'stroke-width',
  'paint-order'
];

/** The characters that XML cannot hold, which the text of a cell may: control characters, lone surrogates. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** The drawing, with what has to be scrolled to, as a self-contained SVG file. */
export function svgTextOf(svg: SVGSVGElement, { height, width }: ILayout): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const copies = [...copy.querySelectorAll<SVGElement>('*')];
  for (const [index, original] of [...svg.querySelectorAll('*')].entries()) {
    const given = getComputedStyle(original);
    const own = copies[index];
    for (const name of STYLES) {
      own?.style.setProperty(name, given.getPropertyValue(name));
    }
    own?.removeAttribute('tabindex');
  }
  copy.setAttribute('width', String(Math.ceil(width)));
  copy.setAttribute('height', String(Math.ceil(height)));
  copy.style.background = getComputedStyle(svg).backgroundColor;
  return new XMLSerializer().serializeToString(copy).replace(NOT_XML, '\uFFFD');
}

/** An SVG text as a PNG of twice the size, within the limits of a canvas. */
export async function pngOf(svgText: string, { height, width }: ILayout): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText)}`;
  await image.decode();
  const scale = Math.min(2, 16_000 / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))));
  });
}

/** The graph of these cells as DOT or Mermaid, which the server writes. */
export async function graphTextOf(
  cells: readonly CellText[],
  format: 'dot' | 'mermaid',
  settings: ServerConnection.ISettings
): Promise<string> {
  const url = URLExt.join(settings.baseUrl, 'jupyter-namespace-viz', 'api', 'graph');
  const body = JSON.stringify({ cells, format });
  const response = await ServerConnection.makeRequest(url, { method: 'POST', body }, settings);
  if (!response.ok) {
    throw await ServerConnection.ResponseError.create(response);
  }
  const { text } = (await response.json()) as { text: string };
  return text;
}

/** Save the content as a download of the browser. */
export function save(content: Blob | string, name: string, type: string): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
