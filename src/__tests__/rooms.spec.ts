import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SRC = join(__dirname, '..');

/** The most files in one folder; more are hard to find one's way in. */
const MAX_FILES = 16;

/** All folders of `src`, as paths. */
function folders(path = SRC): string[] {
  const inside = readdirSync(path, { withFileTypes: true }).filter(it => it.isDirectory());
  return [path, ...inside.flatMap(({ name }) => folders(join(path, name)))];
}

describe('the folders of src', () => {
  it(`have at most ${MAX_FILES} files`, () => {
    const isFull = (path: string): boolean =>
      readdirSync(path, { withFileTypes: true }).filter(it => it.isFile()).length > MAX_FILES;
    expect(folders().filter(isFull)).toEqual([]);
  });

  it('say which question they answer', () => {
    const isAsking = (path: string): boolean => {
      const readme = join(path, 'README.md');
      return existsSync(readme) && readFileSync(readme, 'utf8').includes('?');
    };
    const rooms = folders().filter(path => !path.includes('__tests__'));
    expect(rooms.filter(path => !isAsking(path))).toEqual([]);
  });
});
