// What does Mermaid's own parser find in the flowchart on standard input? Needs `node_modules`.

import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('');
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import('mermaid');
mermaid.initialize({ startOnLoad: false });

const { db } = await mermaid.mermaidAPI.getDiagramFromText(readFileSync(0, 'utf8'));
const cells = Array.from(db.getVertices().values(), it => [it.id, shown(it.text), it.classes]);
const edges = db.getEdges().map(it => [it.start, it.end, shown(it.text), it.stroke, it.style ?? []]);
process.stdout.write(JSON.stringify({ direction: db.getDirection(), cells, edges }));

/** Mermaid keeps entities in a form of its own until it draws them. */
function shown(text) {
  const html = text.replaceAll('ﬂ°°', '&#').replaceAll('ﬂ°', '&').replaceAll('¶ß', ';');
  return JSDOM.fragment(html).textContent;
}
