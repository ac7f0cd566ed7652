/**
 * Which texts of the panel are translated?
 *
 * Prints a JSON list of `{context, single, plural, file}`, found by TypeScript's own parser: each
 * call of `__`, `_n`, `_p` and `_np`, the methods of a TranslationBundle.
 *
 *     node scripts/panel_texts.mjs
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What the first arguments of each method are. */
const METHODS = new Map([
  ['__', ['single']],
  ['_n', ['single', 'plural']],
  ['_p', ['context', 'single']],
  ['_np', ['context', 'single', 'plural']]
]);

const found = [];
const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(name => /\.tsx?$/.test(name) && !name.includes('__tests__'))
  .sort();
for (const name of files) {
  const file = join('src', name);
  const kind = name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    kind
  );
  visit(source, source);
}
process.stdout.write(JSON.stringify(found));

function visit(node, source) {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const roles = METHODS.get(node.expression.name.text);
    if (roles) {
      const text = { context: null, plural: null, file: source.fileName };
      roles.forEach((role, index) => (text[role] = literal(node.arguments[index], source)));
      found.push(text);
    }
  }
  ts.forEachChild(node, child => visit(child, source));
}

/** The text of a literal, or of literals with `+` between them. */
function literal(node, source) {
  if (node && ts.isStringLiteralLike(node)) {
    return node.text;
  }
  if (node && ts.isBinaryExpression(node)) {
    return literal(node.left, source) + literal(node.right, source);
  }
  const { line } = source.getLineAndCharacterOfPosition((node ?? source).getStart(source));
  throw new Error(`${source.fileName}:${line + 1}: a translated text must be a literal`);
}
