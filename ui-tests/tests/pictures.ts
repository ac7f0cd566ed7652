/** Where do the pictures of the documentation go, and in which themes are they taken? */
import type { Page, TestInfo } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Whether the pictures are kept; else only some of them are taken, to see that they can be. */
export const ARE_KEPT = Boolean(process.env.SCREENSHOTS);

export const THEMES = ARE_KEPT ? (['light', 'dark'] as const) : (['light'] as const);

const ROOT = join(__dirname, '..', '..');

const kept = new Set<string>();

/** The path of the picture `name` that is taken next; paths of this machine leave the page. */
export async function pictureOf(name: string, page: Page, testInfo: TestInfo): Promise<string> {
  await page.evaluate(root => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (node.nodeValue?.includes(root)) {
        node.nodeValue = node.nodeValue.replaceAll(root, '~/project');
      }
    }
  }, ROOT);
  if (!ARE_KEPT) {
    return join(testInfo.outputDir, `${name}.png`);
  }
  const path = join(ROOT, 'docs', 'images', `${name}.png`);
  kept.add(path);
  return path;
}

/** Make the pictures that are kept smaller. */
export function shrinkPictures(): void {
  if (kept.size > 0) {
    execFileSync('python', [join(ROOT, 'scripts', 'shrink_pictures.py'), ...kept]);
  }
}

/** A moving picture that is made of pictures of the page, each shown for some milliseconds. */
export class Film {
  constructor(
    private readonly _name: string,
    private readonly _page: Page,
    private readonly _testInfo: TestInfo
  ) {}

  /** Show the page as it is now. */
  async take(milliseconds: number): Promise<void> {
    const path = this._testInfo.outputPath(`${this._name}-${this._frames.length}.png`);
    await this._page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    this._frames.push(`${milliseconds}:${path}`);
  }

  /** Write the picture, if pictures are kept. */
  make(): void {
    if (ARE_KEPT) {
      const path = join(ROOT, 'docs', 'images', `${this._name}.webp`);
      execFileSync('python', [
        join(ROOT, 'scripts', 'make_moving_picture.py'),
        path,
        ...this._frames
      ]);
    }
  }

  private readonly _frames: string[] = [];
}
